"""The report for people: one line a violation, then each contract's fate, then the sum."""

from __future__ import annotations

from collections.abc import Iterator

from linter_ext.acceptance import told
from linter_ext.reporters.grouping import Grouping
from linter_ext.reporters.palette import PLAIN, Palette
from linter_ext.reporters.result import ContractResult, Result
from linter_ext.reporters.wording import (
    INDENT,
    count,
    found_in,
    join_parts,
    statistics_lines,
    violation_line,
)
from linter_ext.source.tree import SUFFIXES


def render(
    result: Result,
    *,
    quiet: bool,
    statistics: bool,
    grouping: Grouping | None = None,
    palette: Palette = PLAIN,
) -> str:
    """Return the report as text, every line ended.

    Args:
        result:     the run.
        quiet:      violations only.
        statistics: a count for each code as well.
        grouping:   what the violations are grouped by; None for a plain list.
        palette:    the colours.
    """
    violations = result.report.violations
    if grouping is None:
        parts = [[violation_line(violation, palette) for violation in violations]]
    else:
        from linter_ext.reporters.groups import groups  # noqa: PLC0415 - mostly nobody asks

        parts = [list(group) for group in groups(result, grouping, palette)]
    if statistics:
        parts.append(statistics_lines(violation.finding.code for violation in violations))
    if not quiet:
        parts += [list(_contracts(result, palette)), list(_sum(result))]
    return join_parts(parts)


def _contracts(result: Result, palette: Palette) -> Iterator[str]:
    width = max((len(contract.name) for contract in result.contracts), default=0)
    for contract in result.contracts:
        yield f"{contract.name:<{width}}  {_fate(contract, palette)}"
        if contract.guidance and not contract.result.is_kept:
            yield from (f"{INDENT}{line}" for line in contract.guidance.split("\n"))


def _fate(contract: ContractResult, palette: Palette) -> str:
    found = contract.result
    notes = []
    if found.violations:
        notes.append(count(len(found.violations), "violation"))
    if found.known:
        notes.append(f"{len(found.known):,} known")
    if found.ignored:
        notes.append(f"{count(found.ignored, 'violation')} ignored by ignore_imports")
    colour, fate = (palette.kept, "KEPT") if found.is_kept else (palette.broken, "BROKEN")
    fate = f"{colour}{fate}{palette.end}"
    return f"{fate} ({', '.join(notes)})" if notes else fate


def _sum(result: Result) -> Iterator[str]:
    report = result.report
    yield f"{found_in(result)}; {count(report.files, 'file')} checked."
    fixable = sum(item.finding.instead is not None for item in report.violations)
    if fixable:
        yield f"'linter-ext fix' has a remedy for {fixable:,} of them."
    yield from told(report, result.baseline)
    if report.unchecked:
        yield f"{count(len(report.unchecked), 'file')} could not be checked (IMC001)."
        if any(contract.on_graph for contract in result.contracts):
            yield "The module graph lacks what they import; its contracts are judged on the rest."
    if report.left_out:
        files = sum(item.path.endswith(SUFFIXES) for item in report.left_out)
        numbers = {"folder": len(report.left_out) - files, "file": files}
        told_of = " and ".join(count(number, noun) for noun, number in numbers.items() if number)
        yield f"{told_of} left out; 'linter-ext files --left-out' lists them."
    if not report.is_clean:
        yield "'linter-ext explain CODE' says why a code is reported, and how to mend it."
