"""Where a run reports to, and how: `--output FORMAT[=FILE]` and `--format FORMAT`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.reporters.formats import Format
from linter_ext.spelling import closest

_OPTION = "--output"
_STANDARD_OUTPUT = "-"


@dataclass(frozen=True, slots=True)
class Output:
    """One report.

    Attributes:
        format: how it is written.
        file:   where to, as it was named; None for standard output.
    """

    format: Format
    file: str | None = None


def read_outputs(values: Sequence[str]) -> tuple[Output, ...]:
    """Return the reports that are asked for; text on standard output unless another is.

    Args:
        values: each `FORMAT` or `FORMAT=FILE`.

    Raises:
        ConfigurationError: if some report cannot be written.
    """
    problems = [problem for value in values for problem in _problems_of(value)]
    outputs = tuple(_output(value) for value in values) if not problems else ()
    problems += _problems_together(outputs)
    if problems:
        raise ConfigurationError(problems)
    if any(output.file is None for output in outputs):
        return outputs
    return (*outputs, Output(Format.TEXT))


def _output(value: str) -> Output:
    name, _, file = value.partition("=")
    return Output(Format(name), file if file not in ("", _STANDARD_OUTPUT) else None)


def _problems_of(value: str) -> Iterator[Problem]:
    name, mark, file = value.partition("=")
    if name not in tuple(Format):
        close = closest(name, Format)
        remedy = f"did you mean '{close}'?" if close else f"choose one of: {', '.join(Format)}"
        yield Problem(fact=f"there is no format '{name}'", remedy=remedy, key=_OPTION)
    if mark and not file:
        remedy = f"write '{name}=FILE', or '{name}' for standard output"
        yield Problem(fact=f"'{value}' names no file", remedy=remedy, key=_OPTION)
    if file not in ("", _STANDARD_OUTPUT):
        yield from _problems_of_file(file)


def _problems_of_file(file: str) -> Iterator[Problem]:
    """Yield why a report could not be written to a file, before any work is done for it."""
    folder = os.path.dirname(file) or "."
    if os.path.isdir(file):
        fact, remedy = f"'{file}' is a folder", "name a file in it"
    elif not os.path.isdir(folder):
        fact, remedy = f"there is no folder '{folder}'", "create it, or correct the path"
    elif not os.access(file if os.path.exists(file) else folder, os.W_OK):
        fact, remedy = f"'{file}' may not be written", "allow writing it, or name another file"
    else:
        return
    yield Problem(fact=fact, remedy=remedy, key=_OPTION)


def _problems_together(outputs: Sequence[Output]) -> Iterator[Problem]:
    shown = [output.format for output in outputs if output.file is None]
    if len(shown) > 1:
        formats = ", ".join(f"'{item}'" for item in shown)
        fact = f"{formats}: only one of them can go to standard output"
        remedy = f"give the others a file, as in '{shown[0]}=FILE'"
        yield Problem(fact=fact, remedy=remedy, key=_OPTION)
    files = [output.file for output in outputs if output.file is not None]
    for file in sorted(set(files)):
        same = [other for other in files if _is_replaced_by(other, file)]
        if len(same) > 1:
            fact = f"several reports are to be written to '{file}'"
            yield Problem(fact=fact, remedy="give each a file of its own", key=_OPTION)
            return


def _is_replaced_by(other: str, file: str) -> bool:
    """Return whether two paths lead to one ordinary file; a device takes all there is."""
    is_device = os.path.exists(file) and not os.path.isfile(file)
    return not is_device and os.path.realpath(other) == os.path.realpath(file)
