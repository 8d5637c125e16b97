"""Many violations, few causes."""

from __future__ import annotations

from linter_ext.causes import Cause, CauseKey, find_causes
from linter_ext.codes import Code
from linter_ext.collecting import Uncollectable
from linter_ext.halt import Halt
from linter_ext.pytest_session import ChainLink
from linter_ext.source.facts import Span
from linter_ext.violations import Finding, Violation


def violation(path: str, line: int, code: Code, cause: str | None, target: str = "") -> Violation:
    finding = Finding(
        code=code,
        span=Span(line, 1, line, 9),
        line=line,
        module="app",
        name=None,
        target=target or cause or "app.old",
        message="fact; remedy",
        cause=cause,
    )
    return Violation(path=path, importer="app.a", contract="rule", finding=finding)


def stopped(path: str, target: str, stop: Code | Halt) -> Uncollectable:
    above = ChainLink(path, 1, "app.a", None)
    return Uncollectable(path, (above, ChainLink("app/a.py", 2, target, stop)))


def told(causes: tuple[Cause, ...]) -> list[tuple[str, str | None, int, int, int]]:
    """Return the causes as JSON has them."""
    return [
        (
            cause.key.target,
            cause.key.code,
            len(cause.violations),
            cause.files,
            len(cause.waiting),
        )
        for cause in causes
    ]


def test_nothing_has_no_cause() -> None:
    assert find_causes((), ()) == ()


def test_violations_are_grouped_by_what_is_missing_and_by_code() -> None:
    found = [
        violation("app/b.py", 2, Code.NO_MODULE, "app.gone", "app.gone.sub"),
        violation("app/a.py", 3, Code.NO_MODULE, "app.gone"),
        violation("app/a.py", 1, Code.NO_MODULE, "app.gone"),
        violation("tests/test_a.py", 9, Code.DEAD_REFERENCE, "app.gone", "app.gone.x"),
        violation("app/a.py", 2, Code.NO_NAME, "app.b.x"),
    ]

    assert told(find_causes(found, ())) == [
        ("app.gone", Code.NO_MODULE, 3, 2, 0),
        ("app.b.x", Code.NO_NAME, 1, 1, 0),
        ("app.gone", Code.DEAD_REFERENCE, 1, 1, 0),
    ]


def test_what_lies_under_a_cause_is_another_one() -> None:
    found = [
        violation("app/a.py", 1, Code.NO_MODULE, "app.gone"),
        violation("app/a.py", 2, Code.NO_MODULE, "app.gone.sub"),
    ]

    assert len(find_causes(found, ())) == 2


def test_violations_of_other_rules_have_no_cause() -> None:
    found = [
        violation("app/a.py", 1, Code.RELATIVE_IMPORT, None),
        violation("app/a.py", 1, Code.FALLBACK, None),
        violation("app/b.py", 1, Code.FALLBACK, "app.gone"),
    ]

    assert told(find_causes(found, ())) == [("app.gone", Code.FALLBACK, 1, 1, 0)]


def test_test_files_wait_for_the_end_of_their_chain() -> None:
    found = [violation("app/a.py", 2, Code.NO_NAME, "app.b.x")]
    waiting = [
        stopped("tests/test_b.py", "app.b.x", Code.NO_NAME),
        stopped("tests/test_a.py", "app.b.x", Code.NO_NAME),
        stopped("tests/test_c.py", "app.bad", Code.UNREADABLE),
        stopped("tests/test_d.py", "tests/a/test_d.py", Halt.NAME_TAKEN),
    ]

    causes = find_causes(found, waiting)

    assert told(causes) == [
        ("app.b.x", Code.NO_NAME, 1, 1, 2),
        ("app.bad", Code.UNREADABLE, 0, 0, 1),
        ("tests/a/test_d.py", None, 0, 0, 1),
    ]
    assert [item.path for item in causes[0].waiting] == ["tests/test_a.py", "tests/test_b.py"]
    assert causes[0].violations == tuple(found)


def test_the_order_is_by_test_files_then_imports_then_name() -> None:
    found = [
        *(violation("app/a.py", line, Code.NO_MODULE, "app.many") for line in range(1, 9)),
        *(violation("app/a.py", line, Code.NO_MODULE, "app.y") for line in (11, 12)),
        *(violation("app/a.py", line, Code.NO_MODULE, "app.x") for line in (21, 22)),
        violation("app/a.py", 31, Code.NO_MODULE, "app.few"),
    ]
    waiting = [
        stopped("tests/test_a.py", "app.few", Code.NO_MODULE),
        stopped("tests/test_b.py", "app.few", Code.NO_MODULE),
        stopped("tests/test_c.py", "app.y", Code.NO_MODULE),
        stopped("tests/test_d.py", "app.x", Code.NO_MODULE),
    ]

    for violations, files in ((found, waiting), (found[::-1], waiting[::-1])):
        assert [cause.key for cause in find_causes(violations, files)] == [
            CauseKey("app.few", Code.NO_MODULE),
            CauseKey("app.x", Code.NO_MODULE),
            CauseKey("app.y", Code.NO_MODULE),
            CauseKey("app.many", Code.NO_MODULE),
        ]
