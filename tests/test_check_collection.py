"""`linter-ext check --uncollectable` and `--group-by`: what they look at, print, and return."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linter_ext.cli.exit_status import ExitStatus
from tests.configurations import ABSOLUTE, DEPRECATED, MOVED, contract, session
from tests.front_ends import Outcome, run_check, write

RESOLVABLE = "resolvable_imports"
FILES = {
    "app/__init__.py": "",
    "app/a.py": "from . import b\nfrom app.gone import x\n",
    "app/b.py": "",
    "tests/test_a.py": "import app.a\n",
    "tests/test_b.py": "import app.b\n",
    "tests/unit/test_c.py": "from app.b import missing\nimport app.gone\n",
}
CONFIGURATION = (
    session()
    + contract(ABSOLUTE, "broken_contract_guidance = Ask A.", name="absolute")
    + contract(RESOLVABLE, name="resolvable")
)
GONE = "IMC401 there is no module 'app.gone'; restore it, or remove the import"
MISSING = "IMC402 'app.b' has no name 'missing'; restore it, or remove the import"
RELATIVE = "IMC101 relative import '.'; use 'app'"
FIRST = [
    "tests/test_a.py",
    "    tests/test_a.py:1: imports 'app.a'",
    "    app/a.py:2: there is no module 'app.gone' (IMC401)",
]
SECOND = [
    "tests/unit/test_c.py",
    "    tests/unit/test_c.py:1: there is no 'app.b.missing' (IMC402)",
]
COLLECTION = [*FIRST, "", *SECOND]
SUM = "2 of 3 test files cannot be collected; 2 causes."
REPORT = [
    "Absolute    BROKEN (1 violation)",
    "    Ask A.",
    "Resolvable  BROKEN (3 violations)",
    "",
    "4 violations in 2 files; 6 files checked.",
    "'linter-ext fix' has a remedy for 1 of them.",
    "'linter-ext explain CODE' says why a code is reported, and how to mend it.",
]
BY_CAUSE = [
    (
        "2 imports in 2 files fail because there is no module 'app.gone' (IMC401); "
        "1 test file waits for it"
    ),
    f"    app/a.py:2:6: {GONE}",
    f"    tests/unit/test_c.py:2:8: {GONE}",
    "",
    (
        "1 import in 1 file fails because there is no 'app.b.missing' (IMC402); "
        "1 test file waits for it"
    ),
    f"    tests/unit/test_c.py:1:19: {MISSING}",
    "",
    "1 violation of other rules",
    f"    app/a.py:1:6: {RELATIVE}",
]
BY_FILE = [
    "app/a.py: 2 violations",
    f"    1:6: {RELATIVE}",
    f"    2:6: {GONE}",
    "",
    "tests/unit/test_c.py: 2 violations",
    f"    1:19: {MISSING}",
    f"    2:8: {GONE}",
]
BY_CONTRACT = [
    "Absolute: 1 violation",
    f"    app/a.py:1:6: {RELATIVE}",
    "",
    "Resolvable: 3 violations",
    f"    app/a.py:2:6: {GONE}",
    f"    tests/unit/test_c.py:1:19: {MISSING}",
    f"    tests/unit/test_c.py:2:8: {GONE}",
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {".importlinter": CONFIGURATION, **FILES})
    return tmp_path


# `--group-by`.


@pytest.mark.parametrize(
    ("grouping", "expected"),
    [("cause", BY_CAUSE), ("file", BY_FILE), ("contract", BY_CONTRACT)],
)
def test_groups(grouping: str, expected: list[str], project: Path) -> None:
    outcome = run_check(project, "--group-by", grouping)

    assert outcome.output.splitlines() == [*expected, "", *REPORT]
    assert outcome.errors == ""
    assert outcome.status == ExitStatus.VIOLATIONS
    quiet = run_check(project, "--quiet", f"--group-by={grouping}")
    assert quiet.output.splitlines() == expected


def test_paths_limit_what_is_counted_as_well(project: Path) -> None:
    outcome = run_check(project, "--quiet", "--group-by=cause", "app", "tests/unit")

    assert outcome.output.splitlines() == [
        (
            "1 import in 1 file fails because there is no 'app.b.missing' (IMC402); "
            "1 test file waits for it"
        ),
        *BY_CAUSE[5:7],
        "2 imports in 2 files fail because there is no module 'app.gone' (IMC401)",
        *BY_CAUSE[1:4],
        *BY_CAUSE[7:],
    ]


def test_causes_without_a_contract_about_what_exists(project: Path) -> None:
    outcome = run_check(project, "--quiet", "--group-by=cause", "--contract=absolute")

    assert outcome.output.splitlines() == [
        "1 test file cannot be collected because there is no 'app.b.missing' (IMC402)",
        "",
        "1 test file cannot be collected because there is no module 'app.gone' (IMC401)",
        "",
        *BY_CAUSE[7:],
    ]


# `--uncollectable`.


def test_uncollectable_test_files(project: Path) -> None:
    outcome = run_check(project, "--uncollectable")

    assert outcome.output.splitlines() == [*COLLECTION, "", SUM]
    assert outcome.errors == ""
    assert outcome.status == ExitStatus.VIOLATIONS
    assert run_check(project, "--uncollectable", "--group-by", "file") == outcome


def test_uncollectable_test_files_by_cause(project: Path) -> None:
    outcome = run_check(project, "--uncollectable", "--group-by", "cause")

    assert outcome.output.splitlines() == [
        BY_CAUSE[0],
        *(f"    {line}" for line in FIRST),
        "",
        BY_CAUSE[4],
        *(f"    {line}" for line in SECOND),
        "",
        SUM,
    ]


def test_test_files_have_no_contract(project: Path) -> None:
    outcome = run_check(project, "--uncollectable", "--group-by", "contract")

    assert outcome.errors == (
        "error: --group-by: test files belong to no contract; group them by cause or by file\n"
    )
    assert outcome.status == ExitStatus.USAGE


def test_statistics_of_test_files(project: Path) -> None:
    outcome = run_check(project, "--uncollectable", "--quiet", "--statistics")

    assert outcome.output.splitlines() == [
        *COLLECTION,
        "",
        "1  IMC401  import of a module that does not exist",
        "1  IMC402  import of a name that its module does not have",
    ]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("tests/unit",), [*SECOND, "", "1 of 1 test file cannot be collected; 1 cause."]),
        (("tests/test_b.py",), ["1 test file can be collected."]),
        (
            ("tests/test_a.py", "app"),
            [*FIRST, "", "1 of 1 test file cannot be collected; 1 cause."],
        ),
        (
            ("app",),
            ["No test file found; 'linter-ext files' lists the files that are looked at."],
        ),
    ],
)
def test_paths_limit_the_test_files(
    paths: tuple[str, ...], expected: list[str], project: Path
) -> None:
    outcome = run_check(project, "--uncollectable", *paths)

    assert outcome.output.splitlines() == expected
    assert outcome.status == (len(expected) > 1)


def test_violations_do_not_count(project: Path) -> None:
    options = f"{MOVED}\nignore_imports = app.a -> app.nothing"
    write(project, {".importlinter": CONFIGURATION + contract(DEPRECATED, options, name="moved")})

    assert run_check(project, "--uncollectable", "tests/test_b.py").status == ExitStatus.CLEAN
    everything = run_check(project, "--uncollectable", "--format=json")
    assert everything.errors == ""
    assert everything.status == ExitStatus.VIOLATIONS


def test_without_a_contract(project: Path) -> None:
    other = contract("forbidden", "source_modules = app\nforbidden_modules = tests")
    write(project, {".importlinter": session() + other})

    assert run_check(project).status == ExitStatus.USAGE
    outcome = run_check(project, "--uncollectable")
    assert outcome.output.splitlines() == [*COLLECTION, "", SUM]
    assert outcome.errors == ""


def test_without_a_configuration(tmp_path: Path) -> None:
    write(tmp_path, FILES)

    outcome = run_check(tmp_path, "--uncollectable")

    assert outcome.output.splitlines() == [*COLLECTION, "", SUM]
    assert outcome.errors == (
        "No import-linter configuration here or above (root packages found: app).\n"
    )
    assert run_check(tmp_path, "--uncollectable", "--quiet") == Outcome(
        ExitStatus.VIOLATIONS, "".join(f"{line}\n" for line in COLLECTION)
    )


def test_testpaths_outside_the_project_are_told(project: Path) -> None:
    files = {"checks/test_d.py": "import app.gone\n", "docs/conf.py": "", "pytest.ini": ""}
    write(project, files | {"pytest.ini": "[pytest]\ntestpaths = checks docs tests\n"})

    outcome = run_check(project, "--uncollectable")

    assert outcome.output.splitlines() == [*COLLECTION, "", SUM]
    assert outcome.errors == (
        "checks: in pytest's testpaths, but in no root package and no source path; "
        "add it to source_paths.\n"
    )


@pytest.mark.parametrize(
    ("third_party", "expected"),
    [
        ("ignore", ["    tests/test_a.py:2: there is no module 'app.gone' (IMC401)"]),
        ("installed", ["    tests/test_a.py:1: 'gone_for_good' is not installed (IMC406)"]),
    ],
)
def test_packages_that_are_not_installed(
    third_party: str, expected: list[str], tmp_path: Path
) -> None:
    options = f"third_party = {third_party}"
    write(
        tmp_path,
        {
            ".importlinter": session() + contract(RESOLVABLE, options),
            "app/__init__.py": "",
            "tests/test_a.py": "import gone_for_good.sub\nimport app.gone\n",
            "tests/test_b.py": "try:\n    import gone_for_good\nexcept ImportError:\n    pass\n",
        },
    )

    outcome = run_check(tmp_path, "--uncollectable", "--quiet")

    assert outcome.output.splitlines() == ["tests/test_a.py", *expected]


def test_json_of_everything(project: Path) -> None:
    outcome = run_check(project, "--uncollectable", "--group-by=cause", "--format=json")

    document = json.loads(outcome.output)
    assert list(document) == [
        "version",
        "contracts",
        "violations",
        "unchecked",
        "stale",
        "uncollectable",
        "causes",
    ]
    assert len(document["violations"]) == 4
    above = {"path": "tests/test_a.py", "line": 1, "target": "app.a", "code": None}
    gone = {"path": "app/a.py", "line": 2, "target": "app.gone", "code": "IMC401"}
    missing = {"line": 1, "target": "app.b.missing", "code": "IMC402"}
    assert document["uncollectable"] == [
        {"path": "tests/test_a.py", "chain": [above, gone]},
        {"path": "tests/unit/test_c.py", "chain": [{"path": "tests/unit/test_c.py", **missing}]},
    ]
    assert document["causes"] == [
        {"target": "app.gone", "code": "IMC401", "imports": 2, "files": 2, "test_files": 1},
        {"target": "app.b.missing", "code": "IMC402", "imports": 1, "files": 1, "test_files": 1},
    ]
    assert outcome.status == ExitStatus.VIOLATIONS


@pytest.mark.parametrize(
    ("option", "asked"), [("--uncollectable", "uncollectable"), ("--group-by=cause", "causes")]
)
def test_json_says_what_nobody_asked_for(option: str, asked: str, project: Path) -> None:
    document = json.loads(run_check(project, option, "--format=json", "app/b.py").output)

    assert {key: document[key] for key in ("uncollectable", "causes")} == {
        "uncollectable": None,
        "causes": None,
        asked: [],
    }
