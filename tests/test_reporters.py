"""Reports are pure functions of the result."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from linter_ext.causes import find_causes
from linter_ext.codes import Code
from linter_ext.collecting import Collection, Uncollectable
from linter_ext.discovery import LeftOut
from linter_ext.fingerprints import Fingerprint, Key
from linter_ext.halt import Halt
from linter_ext.pytest_session import ChainLink
from linter_ext.reporters import collection as collection_reporter
from linter_ext.reporters import json as json_reporter
from linter_ext.reporters import text as text_reporter
from linter_ext.reporters.grouping import Grouping
from linter_ext.reporters.palette import COLOURED
from linter_ext.reporters.result import Result
from linter_ext.source.facts import Span
from linter_ext.violations import Link
from tests.results import result, violation
from tests.schemas import validate_json

HINT = "'linter-ext explain CODE' says why a code is reported, and how to mend it."

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
    "some allowed": (
        result(violation("app/a.py", 1), allowed=1_000),
        [
            "app/a.py:1:8: IMC201 fact; remedy",
            "",
            "A name  BROKEN (1 violation)",
            "",
            "1 violation in 1 file, 1,000 allowed; 3 files checked.",
            HINT,
        ],
    ),
    "none of those allowed": (
        result(allowed=0),
        ["A name  KEPT", "", "No violations, 0 allowed; 3 files checked."],
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


RED, BOLD, GREEN, END = "\x1b[31m", "\x1b[1m", "\x1b[32m", "\x1b[0m"
CODE = f"\x1b[1;31mIMC201{END}"


def test_colours() -> None:
    given = result(violation("app/: IMC201 a.py", 1))

    for grouping, lines in (
        (None, [f"{BOLD}app/: IMC201 a.py{END}:1:8: {CODE} fact; remedy"]),
        (
            Grouping.FILE,
            [f"{BOLD}app/: IMC201 a.py: 1 violation{END}", f"    1:8: {CODE} fact; remedy"],
        ),
        (
            Grouping.CONTRACT,
            [
                f"{BOLD}A name: 1 violation{END}",
                f"    {BOLD}app/: IMC201 a.py{END}:1:8: {CODE} fact; remedy",
            ],
        ),
    ):
        text = text_reporter.render(
            given, quiet=False, statistics=False, grouping=grouping, palette=COLOURED
        )
        fate = f"A name  {RED}BROKEN{END} (1 violation)"
        assert text.splitlines()[: len(lines) + 2] == [*lines, "", fate]
    kept = text_reporter.render(result(), quiet=False, statistics=False, palette=COLOURED)
    assert kept.splitlines()[0] == f"A name  {GREEN}KEPT{END}"


def test_json() -> None:
    unchecked = violation("app/\udcff.py", 2, Code.UNREADABLE, None)

    link = Link("app/b.py", Span(3, 1, 3, 9), "app.b", "app.a")

    given = result(violation("app/a.py", 1, chain=(link,)), unchecked=(unchecked,))
    text = "".join(json_reporter.render(given))

    shared = {"column": 8, "end_column": 15, "importer": "app.a", "module": "app.old", "name": None}
    shared |= {"target": "app.old", "message": "fact; remedy", "instead": None, "chain": []}
    first = {"contract": "rule", "code": "IMC201", "path": "app/a.py", "line": 1, "end_line": 1}
    second = {"contract": None, "code": "IMC001", "path": "app/\udcff.py", "line": 2, "end_line": 2}
    chain = {"path": "app/b.py", "line": 3, "column": 1, "end_line": 3, "end_column": 9}
    chain |= {"importer": "app.b", "imported": "app.a"}
    key = Key("rule", "IMC201", "app.a", "app.old")
    unreadable = key._replace(contract=None, code="IMC001")
    assert json.loads(text) == {
        "version": 1,
        "contracts": [
            {
                "id": "rule",
                "name": "A name",
                "type": "a_type",
                "kept": False,
                "violations": 1,
                "known": 0,
            }
        ],
        "violations": [
            first | shared | {"chain": [chain], "fingerprint": str(Fingerprint(key, 1))},
            second | shared | {"fingerprint": str(Fingerprint(unreadable, 1))},
        ],
        "unchecked": [{"path": "app/\udcff.py", "reason": "fact; remedy"}],
        "stale": [],
        "uncollectable": None,
        "causes": None,
    }
    assert text.endswith("}\n")
    validate_json(text)


# Under headings.


def grouped(given: Result, grouping: Grouping) -> list[str]:
    """Return the lines of a quiet report, causes found."""
    waiting = given.collection.uncollectable if given.collection is not None else ()
    given = replace(given, causes=find_causes(given.report.violations, waiting))
    text = text_reporter.render(given, grouping=grouping, quiet=True, statistics=False)
    return text.splitlines()


def test_by_file() -> None:
    given = result(
        violation("app/a.py", 1),
        violation("app/a.py", 2, Code.RELATIVE_IMPORT),
        violation("app/b.py", 1),
        unchecked=(violation("app/\udcff.py", 2, Code.UNREADABLE, None),),
    )

    assert grouped(given, Grouping.FILE) == [
        "app/a.py: 2 violations",
        "    1:8: IMC201 fact; remedy",
        "    2:8: IMC101 fact; remedy",
        "",
        "app/b.py: 1 violation",
        "    1:8: IMC201 fact; remedy",
        "",
        "app/\udcff.py: 1 violation",
        "    2:8: IMC001 fact; remedy",
    ]


def test_by_contract() -> None:
    given = result(
        violation("app/a.py", 1),
        violation("app/b.py", 1),
        unchecked=(violation("app/c.py", 2, Code.UNREADABLE, None),),
    )

    assert grouped(given, Grouping.CONTRACT) == [
        "A name: 2 violations",
        "    app/a.py:1:8: IMC201 fact; remedy",
        "    app/b.py:1:8: IMC201 fact; remedy",
        "",
        "All contracts: 1 file could not be checked",
        "    app/c.py:2:8: IMC001 fact; remedy",
    ]


def test_groups_leave_the_rest_of_the_report_as_it_is() -> None:
    given = result(violation("app/a.py", 1))

    text = text_reporter.render(given, grouping=Grouping.FILE, quiet=False, statistics=True)

    assert text.splitlines() == [
        "app/a.py: 1 violation",
        "    1:8: IMC201 fact; remedy",
        "",
        "1  IMC201  import of a deprecated module",
        "",
        "A name  BROKEN (1 violation)",
        "",
        "1 violation in 1 file; 3 files checked.",
        HINT,
    ]


def test_nothing_under_headings() -> None:
    for grouping in Grouping:
        assert grouped(result(), grouping) == []


def stopped(path: str, target: str, stop: Code | Halt) -> Uncollectable:
    above = ChainLink(path, 1, "app.a.x", None)
    return Uncollectable(path, (above, ChainLink("app/a.py", 2, target, stop)))


def test_by_cause() -> None:
    given = result(
        violation("app/a.py", 1, Code.NO_MODULE, cause="app.gone"),
        violation("app/a.py", 2, Code.NO_MODULE, cause="app.gone"),
        violation("app/a.py", 3, Code.NO_NAME, cause="app.b.x"),
        violation("app/a.py", 4, Code.NO_PACKAGE, cause="app.file.x"),
        violation("app/a.py", 5, Code.NOT_INSTALLED, cause="redis"),
        violation("app/a.py", 6),
        violation("tests/test_a.py", 1, Code.NO_MODULE, cause="app.gone"),
        violation("tests/test_a.py", 2, Code.DEAD_REFERENCE, cause="app.gone"),
        violation("tests/test_a.py", 3, Code.DEAD_REFERENCE, cause="app.gone"),
        violation("tests/test_b.py", 1, Code.FALLBACK, cause="app.x"),
        violation("tests/test_b.py", 2, Code.FALLBACK, cause="app.y"),
        violation("tests/test_c.py", 2, Code.FALLBACK, cause="app.y"),
    )
    given = replace(
        given,
        collection=Collection(
            ("tests/test_a.py", "tests/test_b.py", "tests/test_c.py"),
            (
                stopped("tests/test_a.py", "app.gone", Code.NO_MODULE),
                stopped("tests/test_b.py", "app.gone", Code.NO_MODULE),
                stopped("tests/test_c.py", "app.b.x", Code.NO_NAME),
                stopped("tests/test_d.py", "app.c.y", Code.CYCLE),
            ),
        ),
    )

    assert grouped(given, Grouping.CAUSE) == [
        (
            "3 imports in 2 files fail because there is no module 'app.gone' (IMC401); "
            "2 test files wait for it"
        ),
        "    app/a.py:1:8: IMC401 fact; remedy",
        "    app/a.py:2:8: IMC401 fact; remedy",
        "    tests/test_a.py:1:8: IMC401 fact; remedy",
        "",
        "1 import in 1 file fails because there is no 'app.b.x' (IMC402); 1 test file waits for it",
        "    app/a.py:3:8: IMC402 fact; remedy",
        "",
        (
            "1 test file cannot be collected because 'app.c.y' is not there yet when it is "
            "asked for (IMC501)"
        ),
        "",
        "2 references in 1 file fail because there is no 'app.gone' (IMC404)",
        "    tests/test_a.py:2:8: IMC404 fact; remedy",
        "    tests/test_a.py:3:8: IMC404 fact; remedy",
        "",
        "2 imports in 2 files fall back because there is no 'app.y' (IMC405)",
        "    tests/test_b.py:2:8: IMC405 fact; remedy",
        "    tests/test_c.py:2:8: IMC405 fact; remedy",
        "",
        (
            "1 import in 1 file fails because 'app.file' is a module, not a package, so there is "
            "no 'app.file.x' (IMC403)"
        ),
        "    app/a.py:4:8: IMC403 fact; remedy",
        "",
        "1 import in 1 file falls back because there is no 'app.x' (IMC405)",
        "    tests/test_b.py:1:8: IMC405 fact; remedy",
        "",
        "1 import in 1 file fails because 'redis' is not installed (IMC406)",
        "    app/a.py:5:8: IMC406 fact; remedy",
        "",
        "1 violation of other rules",
        "    app/a.py:6:8: IMC201 fact; remedy",
    ]


# Test files that cannot be collected.


STOPPED = (
    stopped("tests/test_a.py", "app.gone", Code.NO_MODULE),
    Uncollectable("tests/test_b.py", (ChainLink("tests/test_b.py", 3, "test_b", Code.UNREADABLE),)),
    stopped("tests/test_c.py", "app.gone", Code.NO_MODULE),
)
LIST = [
    "tests/test_a.py",
    "    tests/test_a.py:1: imports 'app.a.x'",
    "    app/a.py:2: there is no module 'app.gone' (IMC401)",
    "",
    "tests/test_b.py",
    "    tests/test_b.py:3: 'test_b' cannot be read or parsed (IMC001)",
    "",
    "tests/test_c.py",
    "    tests/test_c.py:1: imports 'app.a.x'",
    "    app/a.py:2: there is no module 'app.gone' (IMC401)",
]
COUNTS = [
    "2  IMC401  import of a module that does not exist",
    "1  IMC001  file cannot be read or parsed",
]
SUM = "3 of 1,000 test files cannot be collected; 2 causes."


def collection(*found: Uncollectable, files: int = 1_000) -> Collection:
    return Collection(tuple(f"tests/test_{number}.py" for number in range(files)), found)


def test_uncollectable() -> None:
    for quiet, statistics, expected in (
        (False, False, [*LIST, "", SUM]),
        (True, False, LIST),
        (True, True, [*LIST, "", *COUNTS]),
        (False, True, [*LIST, "", *COUNTS, "", SUM]),
    ):
        text = collection_reporter.render(
            collection(*STOPPED), None, quiet=quiet, statistics=statistics
        )
        assert text.splitlines() == expected


def test_what_one_chain_stops_stands_together() -> None:
    chain = (ChainLink("tests/conftest.py", 1, "app.gone", Code.NO_MODULE),)
    found = (
        Uncollectable("tests/test_a.py", chain),
        stopped("tests/test_b.py", "app.gone", Code.NO_MODULE),
        Uncollectable("tests/test_c.py", chain),
    )
    shared = [
        "tests/test_a.py",
        "tests/test_c.py",
        "    tests/conftest.py:1: there is no module 'app.gone' (IMC401)",
    ]
    alone = [
        "tests/test_b.py",
        "    tests/test_b.py:1: imports 'app.a.x'",
        "    app/a.py:2: there is no module 'app.gone' (IMC401)",
    ]

    for causes, expected in (
        (None, [*shared, "", *alone]),
        (
            find_causes((), found),
            [
                "3 test files cannot be collected because there is no module 'app.gone' (IMC401)",
                *(f"    {line}" for line in [*shared, *alone]),
            ],
        ),
    ):
        text = collection_reporter.render(collection(*found), causes, quiet=True, statistics=False)
        assert text.splitlines() == expected


def test_uncollectable_by_cause() -> None:
    found = [violation("app/a.py", 2, Code.NO_MODULE, cause="app.gone")]
    causes = find_causes([*found, violation("app/b.py", 1, Code.NO_NAME, cause="app.x")], STOPPED)

    text = collection_reporter.render(collection(*STOPPED), causes, quiet=False, statistics=False)

    assert text.splitlines() == [
        (
            "1 import in 1 file fails because there is no module 'app.gone' (IMC401); "
            "2 test files wait for it"
        ),
        *(f"    {line}" for line in [*LIST[:3], *LIST[7:]]),
        "",
        "1 test file cannot be collected because 'test_b' cannot be read or parsed (IMC001)",
        *(f"    {line}" for line in LIST[4:6]),
        "",
        SUM,
    ]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (collection(STOPPED[0], files=1), "1 of 1 test file cannot be collected; 1 cause."),
        (collection(files=1), "1 test file can be collected."),
        (collection(), "1,000 test files can be collected."),
        (
            collection(files=0),
            "No test file found; 'linter-ext files' lists the files that are looked at.",
        ),
    ],
)
def test_the_sum_of_test_files(given: Collection, line: str) -> None:
    text = collection_reporter.render(given, None, quiet=False, statistics=True)

    assert text.splitlines()[-1] == line


def test_json_of_test_files_and_causes() -> None:
    given = result(violation("app/a.py", 2, Code.NO_MODULE, cause="app.gone"))
    causes = find_causes(given.report.violations, STOPPED)

    given = replace(given, collection=collection(*STOPPED), causes=causes)
    text = "".join(json_reporter.render(given))

    above = {"line": 1, "target": "app.a.x", "code": None}
    last = {"path": "app/a.py", "line": 2, "target": "app.gone", "code": "IMC401"}
    unreadable = {"path": "tests/test_b.py", "line": 3, "target": "test_b", "code": "IMC001"}
    document = json.loads(text)
    assert document["uncollectable"] == [
        {"path": "tests/test_a.py", "chain": [{"path": "tests/test_a.py", **above}, last]},
        {"path": "tests/test_b.py", "chain": [unreadable]},
        {"path": "tests/test_c.py", "chain": [{"path": "tests/test_c.py", **above}, last]},
    ]
    assert document["causes"] == [
        {"target": "app.gone", "code": "IMC401", "imports": 1, "files": 1, "test_files": 2},
        {"target": "test_b", "code": "IMC001", "imports": 0, "files": 0, "test_files": 1},
    ]


def test_json_of_none() -> None:
    given = replace(result(), collection=collection(), causes=())
    document = json.loads("".join(json_reporter.render(given)))

    assert (document["uncollectable"], document["causes"]) == ([], [])
