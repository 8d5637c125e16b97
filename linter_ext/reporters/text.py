"""The report for people: one line a violation, then each contract's fate, then the sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from linter_ext.codes import Code
from linter_ext.reporters.result import ContractResult, Result

_INDENT = "    "


def render(result: Result, *, quiet: bool, statistics: bool) -> str:
    """Return the report as text, every line ended.

    Args:
        result:     the run.
        quiet:      violations only.
        statistics: a count for each code as well.
    """
    parts = [[str(violation) for violation in result.report.violations]]
    if statistics:
        parts.append(list(_statistics(result)))
    if not quiet:
        parts += [list(_contracts(result)), list(_sum(result))]
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts if part)


def _statistics(result: Result) -> Iterator[str]:
    counts = Counter(violation.finding.code for violation in result.report.violations)
    width = max((len(str(count)) for count in counts.values()), default=1)
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{width}}  {code}  {Code(code).summary}"


def _contracts(result: Result) -> Iterator[str]:
    width = max((len(contract.name) for contract in result.contracts), default=0)
    for contract in result.contracts:
        yield f"{contract.name:<{width}}  {_fate(contract)}"
        if contract.guidance and not contract.result.is_kept:
            yield from (f"{_INDENT}{line}" for line in contract.guidance.split("\n"))


def _fate(contract: ContractResult) -> str:
    found = contract.result
    notes = []
    if found.violations:
        notes.append(_count(len(found.violations), "violation"))
    if found.ignored:
        notes.append(f"{_count(found.ignored, 'violation')} ignored by ignore_imports")
    fate = "KEPT" if found.is_kept else "BROKEN"
    return f"{fate} ({', '.join(notes)})" if notes else fate


def _sum(result: Result) -> Iterator[str]:
    report = result.report
    checked = _count(report.files, "file")
    found = [violation for item in report.results for violation in item.violations]
    if found:
        files = len({violation.path for violation in found})
        yield f"{_count(len(found), 'violation')} in {_count(files, 'file')}; {checked} checked."
    else:
        yield f"No violations; {checked} checked."
    if report.unchecked:
        yield f"{_count(len(report.unchecked), 'file')} could not be checked (IMC001)."
    if report.left_out:
        folders = _count(len(report.left_out), "folder")
        yield f"{folders} left out; 'linter-ext files --left-out' lists them."
    if not report.is_clean:
        yield "'linter-ext explain CODE' says why a code is reported, and how to mend it."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
