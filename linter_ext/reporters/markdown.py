"""The report as Markdown, for the summary of a job or for a comment on a pull request.

It holds the figures, the contracts, the root causes where they were asked for, and the first
violations of each contract: never more than a comment may be long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from linter_ext.causes import Cause, key_of_last
from linter_ext.collecting import Collection, Uncollectable
from linter_ext.reporters.groups import cause_heading
from linter_ext.reporters.result import ContractResult, Result
from linter_ext.reporters.wording import count, encodable, fact, found_in
from linter_ext.violations import Violation

_LONGEST = 65_536
"""What a comment on GitHub may be long; counted in bytes here, which are at least as many."""
_CUT = "\n*There is more than fits here; `linter-ext check` lists it all.*\n"
_LONGEST_LINE = 1_000
_FIRST = 10
"""How many violations of a contract, and how many causes, are shown."""

_MARKED = re.compile(
    r"(?<!\w)'([^'\s](?:[^']*[^'\s])?)'(?!\w)|([\w.+-]*[@#][\w./-]*\w)"
    r"|[\\`*_\[\]<~$]|&(?=#?\w+;)"
)
"""A name in quotes; a word that would call somebody or an issue; what marks something up."""


def render(result: Result) -> Iterator[str]:
    """Yield the report as Markdown, every line ended."""
    return _cut(line for part in _parts(result) for line in [*part, ""])


def _parts(result: Result) -> Iterator[Sequence[str]]:
    yield [f"## linter-ext: {_heading(result)}"]
    yield list(_figures(result))
    if result.contracts:
        yield list(_contracts(result.contracts))
    if result.causes:
        yield list(_causes(result.causes))
    if result.collection is not None and result.collection.uncollectable:
        yield list(_uncollectable(result.collection.uncollectable))
    if result.report.unchecked:
        yield ["### Files that could not be checked", "", *_violations(result.report.unchecked)]
    for contract in result.contracts:
        if not contract.result.is_kept:
            yield list(_broken(contract))
    if not result.report.is_clean:
        yield ["`linter-ext explain CODE` says why a code is reported, and how to mend it."]


def _heading(result: Result) -> str:
    found, unchecked = found_in(result), len(result.report.unchecked)
    heading = found[0].lower() + found[1:]
    return f"{heading}; {count(unchecked, 'file')} could not be checked" if unchecked else heading


def _figures(result: Result) -> Iterator[str]:
    report = result.report
    yield _row("", "")
    yield _row("---", "---:")
    yield _row("files checked", f"{report.files:,}")
    yield _row("files with violations", f"{len({item.path for item in report.violations}):,}")
    yield _row("contracts kept", _kept(result.contracts))
    if result.collection is not None:
        yield from _collected(result.collection)


def _kept(contracts: Sequence[ContractResult]) -> str:
    kept = sum(contract.result.is_kept for contract in contracts)
    return f"{kept:,} of {len(contracts):,}"


def _collected(collection: Collection) -> Iterator[str]:
    files, failing = len(collection.test_files), len(collection.uncollectable)
    yield _row("test files that can be collected", f"{files - failing:,} of {files:,}")


def _contracts(contracts: Iterable[ContractResult]) -> Iterator[str]:
    yield _row("contract", "result", "violations", "known", "ignored")
    yield _row("---", "---", "---:", "---:", "---:")
    for contract in contracts:
        found = contract.result
        fate = "kept" if found.is_kept else "**broken**"
        numbers = (len(found.violations), len(found.known), found.ignored)
        yield _row(_cell(contract.name), fate, *(f"{number:,}" for number in numbers))


def _causes(causes: Sequence[Cause]) -> Iterator[str]:
    yield from ("### Root causes", "")
    yield from (f"- {_prose(cause_heading(cause))}" for cause in causes[:_FIRST])
    yield from _more(len(causes))


def _broken(contract: ContractResult) -> Iterator[str]:
    found = contract.result.violations
    yield from (f"### {_prose(contract.name)}: {count(len(found), 'violation')}", "")
    if contract.guidance:
        yield from (f"> {_prose(line)}" for line in contract.guidance.split("\n"))
        yield ""
    yield from _violations(found)


def _violations(violations: Sequence[Violation]) -> Iterator[str]:
    yield from map(_violation, violations[:_FIRST])
    yield from _more(len(violations))


def _violation(violation: Violation) -> str:
    finding = violation.finding
    place = f"{encodable(violation.path)}:{finding.span.line}:{finding.span.column}"
    return f"- {_code(place)} {finding.code} {_prose(encodable(finding.message))}"


def _uncollectable(items: Sequence[Uncollectable]) -> Iterator[str]:
    yield from ("### Test files that cannot be collected", "")
    for item in items[:_FIRST]:
        yield f"- {_code(item.path)} {_prose(fact(key_of_last(item)))}"
    yield from _more(len(items))


def _more(number: int) -> Iterator[str]:
    if number > _FIRST:
        yield f"- … and {number - _FIRST:,} more"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Return text for a table, where a bar would end the cell, in code too."""
    return _prose(text).replace("|", "\\|")


def _prose(text: str) -> str:
    """Return text that reads as it is written, the names in it as code, in one line."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_LINE:
        line = f"{line[:_LONGEST_LINE]}…"
    return _MARKED.sub(_marked, line)


def _marked(match: re.Match[str]) -> str:
    name = match[1] or match[2]
    return f"\\{match[0]}" if name is None else _code(name)


def _code(text: str) -> str:
    """Return text as code."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{text}{space}{fence}"


def _cut(lines: Iterable[str]) -> Iterator[str]:
    """Yield as many of the lines as a comment holds, every line ended."""
    room = _LONGEST - len(_CUT)
    for line in lines:
        room -= len(line.encode("utf-8", "backslashreplace")) + 1
        if room < 0:
            yield _CUT
            return
        yield f"{line}\n"
