"""Writes the reports of a run to where each belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linter_ext.cli import standard_output
from linter_ext.cli.outputs import Output
from linter_ext.cli.standard_output import OutputError
from linter_ext.reporters import text
from linter_ext.reporters.formats import Format, reporter
from linter_ext.reporters.grouping import Grouping
from linter_ext.reporters.palette import COLOURED, PLAIN, Palette
from linter_ext.reporters.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How text is laid out.

    Attributes:
        grouping:   what violations are grouped by; None for a plain list.
        quiet:      violations only.
        statistics: a count for each code as well.
    """

    grouping: Grouping | None
    quiet: bool
    statistics: bool


def write_reports(result: Result, outputs: Iterable[Output], layout: Layout) -> None:
    """Write the reports, those to files first: what reads standard output may stop.

    Raises:
        OutputError: if one cannot be written; all others are.
    """
    failed: list[str] = []
    for output in sorted(outputs, key=lambda output: output.file is None):
        try:
            _write(result, output, layout)
        except OSError as error:
            failed.append(f"'{output.file}' cannot be written: {error.strerror or error}")
    if failed:
        raise OutputError("; ".join(failed))


def _write(result: Result, output: Output, layout: Layout) -> None:
    if output.file is not None:
        from linter_ext.cli.report_file import write_whole  # noqa: PLC0415 - mostly there is none

        report = _report(result, output.format, layout, PLAIN)
        write_whole(output.file, standard_output.in_utf_8(report))
        return
    palette = COLOURED if standard_output.takes_colour() else PLAIN
    report = _report(result, output.format, layout, palette)
    if output.format.is_for_people:
        standard_output.write("".join(report))
    else:
        standard_output.write_utf_8(report)


def _report(result: Result, name: Format, layout: Layout, palette: Palette) -> Iterator[str]:
    return reporter(name)(result) if name is not Format.TEXT else _text(result, layout, palette)


def _text(result: Result, layout: Layout, palette: Palette) -> Iterator[str]:
    if result.collection is not None:
        from linter_ext.reporters import collection  # noqa: PLC0415 - few runs collect

        yield collection.render(
            result.collection, result.causes, quiet=layout.quiet, statistics=layout.statistics
        )
        return
    yield text.render(
        result,
        grouping=layout.grouping,
        quiet=layout.quiet,
        statistics=layout.statistics,
        palette=palette,
    )
