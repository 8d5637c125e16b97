"""The report as JUnit XML, which every continuous integration can show.

A contract is a test suite. If it is kept, it is one test that passes; if it is broken, each file
that breaks it is a test that fails. No times are told, so that the bytes are the same every time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from linter_ext.reporters.result import ContractResult, Result
from linter_ext.reporters.wording import count
from linter_ext.violations import Violation

_NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold (XML 1.0, 2.2)."""
_MARKUP = re.compile('["\t\n\r]')
"""What would end an attribute, or be lost in it (XML 1.0, 3.3.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A test: it passes unless there are violations."""

    group: str
    name: str
    outcome: str = "failure"
    message: str = ""
    violations: Sequence[Violation] = ()

    def __iter__(self) -> Iterator[str]:
        opening = f"    <testcase name={_quoted(self.name)} classname={_quoted(self.group)}"
        if not self.violations:
            yield f"{opening}/>"
            return
        codes = " ".join(sorted({violation.finding.code for violation in self.violations}))
        told = f"message={_quoted(self.message)} type={_quoted(codes)}"
        lines = "\n".join(_escaped(str(violation)) for violation in self.violations)
        yield f"{opening}>"
        yield f"      <{self.outcome} {told}>{lines}</{self.outcome}>"
        yield "    </testcase>"


@dataclass(frozen=True, slots=True)
class _Suite:
    """Tests that belong together."""

    name: str
    cases: Sequence[_Case]

    def number(self, outcome: str) -> int:
        """Return how many of the tests end like this."""
        return sum(case.outcome == outcome for case in self.cases if case.violations)

    def __iter__(self) -> Iterator[str]:
        yield f"  <testsuite name={_quoted(self.name)} {_counts([self])}>"
        for case in self.cases:
            yield from case
        yield "  </testsuite>"


def render(result: Result) -> Iterator[str]:
    """Yield the report as XML text, sorted, ending in a newline."""
    suites = [_contract(contract) for contract in result.contracts]
    if result.report.unchecked:
        suites.append(_unchecked(result.report.unchecked))
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<testsuites name="linter-ext" {_counts(suites)}>\n'
    yield from (f"{line}\n" for suite in suites for line in suite)
    yield "</testsuites>\n"


def _counts(suites: Iterable[_Suite]) -> str:
    found = list(suites)
    counts = {
        "tests": sum(len(suite.cases) for suite in found),
        "failures": sum(suite.number("failure") for suite in found),
        "errors": sum(suite.number("error") for suite in found),
    }
    return " ".join(f'{name}="{number}"' for name, number in counts.items())


def _contract(contract: ContractResult) -> _Suite:
    identifier, found = contract.result.rule.identifier, contract.result.violations
    cases = [
        _Case(
            group=identifier,
            name=path,
            message=f"{count(len(violations), 'violation')} of '{contract.name}'",
            violations=violations,
        )
        for path, violations in _by_path(found)
    ]
    return _Suite(contract.name, cases or [_Case(group=identifier, name=contract.name)])


def _unchecked(found: Sequence[Violation]) -> _Suite:
    cases = [
        _Case(
            group="unchecked",
            name=path,
            outcome="error",
            message=violations[0].finding.message,
            violations=violations,
        )
        for path, violations in _by_path(found)
    ]
    return _Suite("Files that could not be checked", cases)


def _by_path(violations: Sequence[Violation]) -> Iterator[tuple[str, Sequence[Violation]]]:
    for path, items in groupby(violations, key=lambda violation: violation.path):
        yield path, tuple(items)


def _escaped(text: str) -> str:
    return html.escape(_NO_TEXT.sub(_told, text), quote=False)


def _quoted(text: str) -> str:
    return f'"{_MARKUP.sub(_numbered, _escaped(text))}"'


def _numbered(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _told(match: re.Match[str]) -> str:
    """Return what is no text in XML as Python would show it."""
    return ascii(match[0])[1:-1]
