"""Reports are pure functions of the result."""

from __future__ import annotations

import json

import pytest

from linter_ext.codes import Code
from linter_ext.discovery import LeftOut
from linter_ext.engine import Ignore, Report, RuleResult
from linter_ext.reporters import json as json_reporter
from linter_ext.reporters import text as text_reporter
from linter_ext.reporters.result import ContractResult, Result
from linter_ext.source.facts import Span
from linter_ext.violations import Finding, Violation

HINT = "'linter-ext explain CODE' says why a code is reported, and how to mend it."


class Rule:
    """A contract of which reports know the id."""

    modules = ()
    ignores: tuple[Ignore, ...] = ()
    respects_noqa = True

    def __init__(self, identifier: str) -> None:
        self.identifier = identifier

    def judge(self, *_: object) -> tuple[Finding, ...]:
        raise AssertionError("a report judges nothing")


def violation(
    path: str, line: int, code: Code = Code.DEPRECATED_MODULE, contract: str | None = "rule"
) -> Violation:
    finding = Finding(
        code=code,
        span=Span(line, 8, line, 15),
        line=line,
        module="app.old",
        name=None,
        target="app.old",
        message="fact; remedy",
    )
    return Violation(path=path, importer="app.a", contract=contract, finding=finding)


def result(
    *violations: Violation,
    unchecked: tuple[Violation, ...] = (),
    left_out: tuple[LeftOut, ...] = (),
    ignored: int = 0,
    guidance: str = "",
    files: int = 3,
) -> Result:
    found = RuleResult(Rule("rule"), violations, ignored, ())
    report = Report((found,), unchecked, files, left_out)
    contract = ContractResult(name="A name", type="a_type", guidance=guidance, result=found)
    return Result(report, (contract,))


CASES = {
    "nothing": (
        result(),
        ["A name  KEPT", "", "No violations; 3 files checked."],
    ),
    "one of each": (
        result(
            violation("app/a.py", 1),
            unchecked=(violation("app/b.py", 2, Code.UNREADABLE, None),),
            left_out=(LeftOut("app/x", "hidden"),),
            ignored=1,
            files=1,
        ),
        [
            "app/a.py:1:8: IMC201 fact; remedy",
            "app/b.py:2:8: IMC001 fact; remedy",
            "",
            "A name  BROKEN (1 violation, 1 violation ignored by ignore_imports)",
            "",
            "1 violation in 1 file; 1 file checked.",
            "1 file could not be checked (IMC001).",
            "1 folder left out; 'linter-ext files --left-out' lists them.",
            HINT,
        ],
    ),
    "many": (
        result(
            *(violation("app/a.py", line) for line in range(1, 1_002)),
            violation("app/b.py", 1),
            left_out=(LeftOut("app/x", "hidden"), LeftOut("app/y", "hidden")),
            ignored=2,
            files=12_000,
            guidance="Do this.\nOr that.",
        ),
        [
            *(f"app/a.py:{line}:8: IMC201 fact; remedy" for line in range(1, 1_002)),
            "app/b.py:1:8: IMC201 fact; remedy",
            "",
            "A name  BROKEN (1,002 violations, 2 violations ignored by ignore_imports)",
            "    Do this.",
            "    Or that.",
            "",
            "1,002 violations in 2 files; 12,000 files checked.",
            "2 folders left out; 'linter-ext files --left-out' lists them.",
            HINT,
        ],
    ),
    "only files that could not be checked": (
        result(
            unchecked=(
                violation("app/a.py", 1, Code.UNREADABLE, None),
                violation("app/b.py", 1, Code.UNREADABLE, None),
            ),
            guidance="Not told.",
        ),
        [
            "app/a.py:1:8: IMC001 fact; remedy",
            "app/b.py:1:8: IMC001 fact; remedy",
            "",
            "A name  KEPT",
            "",
            "No violations; 3 files checked.",
            "2 files could not be checked (IMC001).",
            HINT,
        ],
    ),
}


@pytest.mark.parametrize(("given", "lines"), CASES.values(), ids=CASES)
def test_text(given: Result, lines: list[str]) -> None:
    text = text_reporter.render(given, quiet=False, statistics=False)

    assert text == "".join(f"{line}\n" for line in lines)


def test_text_on_demand() -> None:
    found = [violation("a.py", line) for line in range(1, 11)]
    given = result(*found, violation("b.py", 1, Code.RELATIVE_IMPORT))
    lines = [str(item) for item in given.report.violations]
    counts = ["10  IMC201  import of a deprecated module", " 1  IMC101  relative import"]
    rest = [
        "A name  BROKEN (11 violations)",
        "",
        "11 violations in 2 files; 3 files checked.",
        HINT,
    ]

    for quiet, statistics, expected in (
        (True, False, lines),
        (True, True, [*lines, "", *counts]),
        (False, True, [*lines, "", *counts, "", *rest]),
    ):
        text = text_reporter.render(given, quiet=quiet, statistics=statistics)
        assert text.splitlines() == expected
    assert text_reporter.render(result(), quiet=True, statistics=True) == ""


def test_json() -> None:
    unchecked = violation("app/\udcff.py", 2, Code.UNREADABLE, None)

    text = json_reporter.render(result(violation("app/a.py", 1), unchecked=(unchecked,)))

    shared = {"column": 8, "end_column": 15, "importer": "app.a", "module": "app.old", "name": None}
    shared |= {"target": "app.old", "message": "fact; remedy"}
    first = {"contract": "rule", "code": "IMC201", "path": "app/a.py", "line": 1, "end_line": 1}
    second = {"contract": None, "code": "IMC001", "path": "app/\udcff.py", "line": 2, "end_line": 2}
    assert json.loads(text) == {
        "version": 1,
        "contracts": [
            {"id": "rule", "name": "A name", "type": "a_type", "kept": False, "violations": 1}
        ],
        "violations": [first | shared, second | shared],
        "unchecked": [{"path": "app/\udcff.py", "reason": "fact; remedy"}],
    }
    assert text.endswith("}\n")
