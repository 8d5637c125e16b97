"""Violations under headings: by cause, by file, by contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from linter_ext.causes import Cause, cause_of
from linter_ext.codes import Code
from linter_ext.reporters.grouping import Grouping
from linter_ext.reporters.palette import PLAIN, Palette
from linter_ext.reporters.result import Result
from linter_ext.reporters.wording import INDENT, count, fact, violation_line
from linter_ext.violations import Violation


@dataclass(frozen=True, slots=True)
class Group:
    """A heading, and the lines under it."""

    heading: str
    lines: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        """Yield the heading, and the lines indented."""
        yield self.heading
        for line in self.lines:
            yield f"{INDENT}{line}"


def groups(result: Result, grouping: Grouping, palette: Palette = PLAIN) -> Iterator[Group]:
    """Yield the violations of a run in groups; none is empty of both heading and lines."""
    for heading, lines in _GROUPINGS[grouping](result, palette):
        yield Group(f"{palette.heading}{heading}{palette.end}", tuple(lines))


def cause_heading(cause: Cause) -> str:
    """Return what fails, why, and what waits for it, in one line."""
    waiting, reason = len(cause.waiting), fact(cause.key)
    if not cause.violations:
        return f"{count(waiting, 'test file')} cannot be collected because {reason}"
    number = len(cause.violations)
    noun, verb = _FAILURES.get(cause.key.code, _FAILURE)
    heading = (
        f"{count(number, noun)} in {count(cause.files, 'file')} "
        f"{verb if number > 1 else _singular(verb)} because {reason}"
    )
    if not waiting:
        return heading
    return f"{heading}; {count(waiting, 'test file')} {'wait' if waiting > 1 else 'waits'} for it"


_FAILURE = ("import", "fail")
_FAILURES: Mapping[Code | None, tuple[str, str]] = {
    Code.DEAD_REFERENCE: ("reference", "fail"),
    Code.FALLBACK: ("import", "fall back"),
}


def _singular(verb: str) -> str:
    first, blank, rest = verb.partition(" ")
    return f"{first}s{blank}{rest}"


def _by_cause(result: Result, palette: Palette) -> Iterator[_Part]:
    for cause in result.causes or ():
        yield cause_heading(cause), _lines(cause.violations, palette)
    others = [item for item in result.report.violations if cause_of(item) is None]
    if others:
        yield f"{count(len(others), 'violation')} of other rules", _lines(others, palette)


def _by_file(result: Result, palette: Palette) -> Iterator[_Part]:
    for path, items in groupby(result.report.violations, key=lambda item: item.path):
        violations = tuple(items)
        lines = [_without_path(violation, palette) for violation in violations]
        yield f"{path}: {count(len(violations), 'violation')}", lines


def _without_path(violation: Violation, palette: Palette) -> str:
    finding = violation.finding
    place = f"{finding.span.line}:{finding.span.column}"
    return f"{place}: {palette.code}{finding.code}{palette.end} {finding.message}"


def _by_contract(result: Result, palette: Palette) -> Iterator[_Part]:
    for contract in result.contracts:
        found = contract.result.violations
        if found:
            yield f"{contract.name}: {count(len(found), 'violation')}", _lines(found, palette)
    unchecked = result.report.unchecked
    if unchecked:
        heading = f"All contracts: {count(len(unchecked), 'file')} could not be checked"
        yield heading, _lines(unchecked, palette)


def _lines(violations: Iterable[Violation], palette: Palette) -> list[str]:
    return [violation_line(violation, palette) for violation in violations]


_Part = tuple[str, list[str]]
"""A heading, and the lines under it."""

_GROUPINGS: Mapping[Grouping, Callable[[Result, Palette], Iterator[_Part]]] = {
    Grouping.CAUSE: _by_cause,
    Grouping.FILE: _by_file,
    Grouping.CONTRACT: _by_contract,
}
