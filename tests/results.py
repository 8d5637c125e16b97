"""Results of runs that never were, for reporters to report."""

from __future__ import annotations

from linter_ext.codes import Code
from linter_ext.discovery import LeftOut
from linter_ext.engine import Ignore, Report, RuleResult
from linter_ext.reporters.result import ContractResult, Result
from linter_ext.source.facts import Span
from linter_ext.violations import Finding, Link, Violation


class Rule:
    """A contract of which reports know the id."""

    ignores: tuple[Ignore, ...] = ()
    respects_noqa = True
    max_known: int | None = None

    def __init__(self, identifier: str) -> None:
        self.identifier = identifier

    def covers(self, _: str) -> bool:
        raise AssertionError("a report judges nothing")

    def reads(self, _: str) -> bool:
        raise AssertionError("a report judges nothing")

    def judge(self, *_: object) -> tuple[Finding, ...]:
        raise AssertionError("a report judges nothing")


def violation(
    path: str,
    line: int,
    code: Code = Code.DEPRECATED_MODULE,
    contract: str | None = "rule",
    cause: str | None = None,
    *,
    target: str = "app.old",
    message: str = "fact; remedy",
    end_line: int | None = None,
    chain: tuple[Link, ...] = (),
) -> Violation:
    finding = Finding(
        code=code,
        span=Span(line, 8, line if end_line is None else end_line, 15),
        line=line,
        module="app.old",
        name=None,
        target=target,
        message=message,
        cause=cause,
        chain=chain,
    )
    return Violation(path=path, importer="app.a", contract=contract, finding=finding)


def result(
    *violations: Violation,
    unchecked: tuple[Violation, ...] = (),
    left_out: tuple[LeftOut, ...] = (),
    ignored: int = 0,
    guidance: str = "",
    files: int = 3,
    name: str = "A name",
    allowed: int | None = None,
) -> Result:
    found = RuleResult(Rule("rule"), violations, ignored, ())
    report = Report((found,), unchecked, files, left_out)
    contract = ContractResult(name=name, type="a_type", guidance=guidance, result=found)
    return Result(report, (contract,), allowed=allowed)
