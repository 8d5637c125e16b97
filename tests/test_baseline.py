"""Known violations: what is new, known and gone, in every front end."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.baseline import Baseline, Entry, parse_baseline
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.errors import ConfigurationError
from linter_ext.fingerprints import Key
from tests.configurations import ABSOLUTE, DEPRECATED, MOVED, contract, ini, session
from tests.front_ends import (
    Outcome,
    run_check,
    run_command,
    run_flake8,
    run_lint_imports,
    write,
)

FILE = "contracts/baseline.json"
OLD = "import app.old\n"
FILES = {
    ".importlinter": ini(DEPRECATED, MOVED),
    "app/__init__.py": "",
    "app/a.py": OLD,
    "app/b.py": f"{OLD}{OLD}",
}
TOLD = "IMC201 'app.old' is deprecated; use 'app.new'"


@pytest.fixture(autouse=True)
def not_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    assert run_command(tmp_path, "baseline", "write").status == ExitStatus.CLEAN
    return tmp_path


def everywhere(root: Path) -> list[str]:
    """Return the violations, which all front ends give alike."""
    found = run_check(root).violations

    assert run_lint_imports(root).violations == found
    assert run_flake8(root).violations == [line for line in found if not line.startswith(FILE)]
    return found


# The file.


def entry(importer: str, target: str = "app.old", number: int = 1) -> Entry:
    return Entry(Key("rule", "IMC201", importer, target), number)


def test_the_file_has_one_entry_a_line_sorted(project: Path) -> None:
    text = (project / FILE).read_text()

    assert text == (
        '{\n  "version": 1,\n  "known": [\n'
        '    {"contract": "rule", "code": "IMC201", "importer": "app.a", "target": "app.old", '
        '"count": 1},\n'
        '    {"contract": "rule", "code": "IMC201", "importer": "app.b", "target": "app.old", '
        '"count": 2}\n'
        "  ]\n}\n"
    )
    assert [item._replace(line=1) for item in parse_baseline(text, FILE).entries] == [
        entry("app.a"),
        entry("app.b", number=2),
    ]
    assert [item.line for item in parse_baseline(text, FILE).entries] == [4, 5]


@given(
    st.dictionaries(
        st.builds(Key, st.text(min_size=1), *[st.text()] * 3), st.integers(1, 9), max_size=5
    )
)
def test_what_is_written_is_read_again(known: dict[Key, int]) -> None:
    entries = sorted((Entry(key, number) for key, number in known.items()), key=str)
    baseline = Baseline(FILE, tuple(sorted(entries, key=lambda item: tuple(map(str, item.key)))))

    read = parse_baseline(str(baseline), FILE)

    assert [item._replace(line=1) for item in read.entries] == list(baseline.entries)


REMEDY = "restore the file, or write it anew with 'linter-ext baseline write'"
GOOD = '{"contract": "rule", "code": "IMC201", "importer": "a", "target": "b", "count": 1}'
MISTAKES = {
    "no JSON": ("{\n  x", f"{FILE}:2: not JSON: Expecting property name enclosed in double quotes"),
    "a merge conflict": (
        '{\n<<<<<<< HEAD\n"version": 1\n',
        f"{FILE}:2: a merge conflict is left in it",
    ),
    "another version": (
        '{"version": 2}',
        f"{FILE}:1: no baseline of version 1, the one that this linter-ext reads",
    ),
    "no list": ('{"version": 1, "known": {}}', f"{FILE}: known: no list of what is known"),
    "an entry without its parts": (
        f'{{"version": 1, "known": [\n{GOOD},\n{{"contract": "rule", "count": 0}}]}}',
        (
            f"{FILE}:3: known: an entry without contract, code, importer, target or a count of 1 "
            "or more"
        ),
    ),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_file_that_is_no_baseline_is_told(text: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, {**FILES, FILE: text})

    assert run_check(tmp_path) == Outcome(ExitStatus.USAGE, "", f"error: {message}; {REMEDY}\n")
    assert run_flake8(tmp_path).violations == [f"app/__init__.py:1:1: IMC000 {message}; {REMEDY}"]
    assert run_lint_imports(tmp_path).status == 1


def test_an_entry_that_is_there_twice() -> None:
    with pytest.raises(ConfigurationError, match="an entry that is there twice; leave one"):
        parse_baseline(f'{{"version": 1, "known": [{GOOD}, {GOOD}]}}', FILE)


def test_the_configuration_may_name_another_file(tmp_path: Path) -> None:
    named = ini(DEPRECATED, MOVED, "baseline = known/imports.json")
    write(tmp_path, {**FILES, ".importlinter": named})
    run_command(tmp_path, "baseline", "write")

    assert (tmp_path / "known/imports.json").is_file()
    assert everywhere(tmp_path) == []

    outside = ini(DEPRECATED, MOVED, "baseline = ../imports.json")
    write(tmp_path, {".importlinter": outside})

    assert run_check(tmp_path).errors == (
        "error: .importlinter: baseline: '../imports.json' is no file below the project root; "
        "write a path from the project root, such as contracts/baseline.json\n"
    )


# What is new, known and gone.


def test_what_is_known_does_not_fail_and_its_number_is_shown(project: Path) -> None:
    assert everywhere(project) == []
    assert run_check(project) == Outcome(
        ExitStatus.CLEAN,
        "Rule  KEPT (3 known)\n\nNo violations; 3 files checked.\n"
        f"3 known violations left alone ({FILE}).\n",
    )
    assert f"- 3 known violations left alone ({FILE})." in run_lint_imports(project).output


def test_a_violation_that_moves_within_its_file_stays_known(project: Path) -> None:
    write(project, {"app/a.py": f"# One line.\n\n\nif True:\n    {OLD}"})

    assert everywhere(project) == []


def test_one_more_than_was_known_is_new(project: Path) -> None:
    write(project, {"app/a.py": f"{OLD}x = 1\n{OLD}"})

    assert everywhere(project) == [f"app/a.py:3:8: {TOLD}"]


def test_one_for_another_is_new_and_gone(project: Path) -> None:
    write(project, {"app/a.py": "import app.old.deep\n"})

    assert everywhere(project) == [
        "app/a.py:1:8: IMC201 'app.old.deep' is deprecated; use 'app.new.deep'"
    ]
    assert "1 known violation is gone; 'linter-ext baseline prune'" in run_check(project).output


def test_a_renamed_file_is_new(project: Path) -> None:
    (project / "app/a.py").rename(project / "app/c.py")

    assert everywhere(project) == [f"app/c.py:1:8: {TOLD}"]


STALE = (
    f"{FILE}:5:1: IMC002 'app.b -> app.old' (IMC201) is known, but not there any more; take it "
    "out with 'linter-ext baseline prune'"
)


@pytest.mark.parametrize(
    ("arguments", "value", "expected"),
    [
        ([], "", []),
        ([], "true", [STALE]),
        ([], "0", []),
        (["--strict-baseline"], "", [STALE]),
        (["--no-strict-baseline"], "true", []),
        (["app"], "true", []),
        (["app/a.py"], "true", []),
    ],
    ids=str,
)
def test_what_is_mended_must_leave_where_the_run_is_strict(
    arguments: list[str],
    value: str,
    expected: list[str],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(project, {"app/b.py": OLD})
    monkeypatch.setenv("CI", value)
    outcome = run_check(project, *arguments)

    assert outcome.violations == expected
    assert outcome.status == (ExitStatus.VIOLATIONS if expected else ExitStatus.CLEAN)
    if not arguments:
        assert run_lint_imports(project).violations == expected


def test_a_run_over_one_contract_says_nothing_of_the_others(project: Path) -> None:
    other = contract(ABSOLUTE, name="other")
    write(project, {".importlinter": session() + contract(DEPRECATED, MOVED) + other})
    write(project, {"app/b.py": "from . import a\n"})
    run_command(project, "baseline", "write", "--contract", "other")
    known = json.loads((project / FILE).read_text())["known"]

    assert [(item["contract"], item["importer"], item["count"]) for item in known] == [
        ("other", "app.b", 1),
        ("rule", "app.a", 1),
        ("rule", "app.b", 2),
    ]
    assert run_check(project, "--contract", "other", "--strict-baseline").violations == []
    assert run_check(project, "--strict-baseline").violations == [
        (
            f"{FILE}:6:1: IMC002 'app.b -> app.old' (IMC201) is known, but not there any more, "
            "2 times; take it out with 'linter-ext baseline prune'"
        )
    ]


def test_a_budget_is_kept(project: Path) -> None:
    write(project, {".importlinter": ini(DEPRECATED, f"{MOVED}\nmax_known = 2")})

    assert everywhere(project) == [
        (
            f"{FILE}:1:1: IMC002 3 violations of this contract are known, and max_known is 2; mend "
            "some of them"
        )
    ]

    write(project, {".importlinter": ini(DEPRECATED, f"{MOVED}\nmax_known = some")})

    assert run_check(project).errors == (
        "error: .importlinter: contract 'rule': max_known: 'some' is not a number; write 0 or a "
        "positive number\n"
    )


# The commands.


def test_the_commands_tell_what_they_do(project: Path) -> None:
    write(project, {"app/a.py": f"{OLD}{OLD}", "app/b.py": ""})

    status = run_command(project, "baseline", "status")
    pruned = run_command(project, "baseline", "prune")
    again = run_command(project, "baseline", "prune")
    written = run_command(project, "baseline", "write")

    assert status.output == "Rule  1 known, 1 new, 2 gone\n"
    assert pruned.output == (
        f"rule: IMC201 app.b -> app.old (2 times)\n{FILE}: 2 violations taken out, 1 known.\n"
    )
    assert again.output == f"{FILE}: nothing to take out, 1 known.\n"
    assert written.output == f"{FILE}: 2 violations known; 1 new, 0 gone.\n"


def test_entries_of_contracts_that_are_gone_are_taken_out(project: Path) -> None:
    write(project, {".importlinter": ini(ABSOLUTE)})

    assert run_command(project, "baseline", "status").output == ("Rule  0 known, 0 new, 3 gone\n")

    renamed = session() + contract(ABSOLUTE, name="other")
    write(project, {".importlinter": renamed})

    assert run_command(project, "baseline", "status").output == (
        "Other  0 known, 0 new, 0 gone\n3 violations known of contracts that are gone.\n"
    )
    assert run_command(project, "baseline", "prune").output.endswith(
        f"{FILE}: 3 violations taken out, 0 known.\n"
    )


UNCHECKED = (
    "1 file could not be checked (IMC001), so nothing counts as gone; 'linter-ext check' lists "
    "what to mend.\n"
)


def test_nothing_is_lost_while_a_file_cannot_be_read(project: Path) -> None:
    known = (project / FILE).read_text()
    write(project, {"app/b.py": "def f(:\n"})

    assert run_check(project, "--strict-baseline").output.count("IMC002") == 0
    assert run_command(project, "baseline", "status") == Outcome(
        ExitStatus.CLEAN, "Rule  1 known, 0 new, 0 gone\n", UNCHECKED
    )
    for command in ("prune", "write"):
        assert run_command(project, "baseline", command).errors == UNCHECKED
        assert (project / FILE).read_text() == known


def test_what_cannot_be_checked_cannot_be_known(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "app/bad.py": "def f(:\n"})
    outcome = run_command(tmp_path, "baseline", "write")

    assert outcome.output == f"{FILE}: 3 violations known; 3 new, 0 gone.\n"
    assert outcome.errors == UNCHECKED
    assert [line.split()[1] for line in run_check(tmp_path).violations] == ["IMC001"]


# Whatever is edited.

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "double", "mend", "swap", "rename", "reorder"]),
        st.integers(0, 2),
    ),
    max_size=6,
)


def edit(texts: dict[str, list[str]], kind: str, number: int) -> None:
    """Edit one of some files."""
    path = sorted(texts)[number % len(texts)]
    lines = texts[path]
    match kind:
        case "insert":
            lines.insert(0, "x = 1")
        case "double":
            lines.extend(lines[-1:])
        case "mend":
            del lines[-1:]
        case "swap":
            lines[-1:] = ["import app.old.other"]
        case "rename":
            texts[f"app/n{len(path)}{path[4:]}"] = texts.pop(path)
        case _:
            lines.reverse()


def asked(texts: dict[str, list[str]]) -> Counter[tuple[str, str]]:
    """Return what each file asks for, as far as it is deprecated."""
    return Counter(
        (path.removesuffix(".py").replace("/", "."), line.removeprefix("import "))
        for path, lines in texts.items()
        for line in lines
        if line.startswith("import app.old")
    )


@given(EDITS)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_new_known_and_gone_are_judged_right_and_alike(edits: list[tuple[str, int]]) -> None:
    texts = {f"app/{name}.py": ["import app.old", "y = 1", "import app.old.it"] for name in "abc"}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, {".importlinter": ini(DEPRECATED, MOVED), "app/__init__.py": ""})
        write(root, {path: "\n".join(lines) + "\n" for path, lines in texts.items()})
        run_command(root, "baseline", "write")
        before = asked(texts)
        for path in texts:
            (root / path).unlink()
        for kind, number in edits:
            edit(texts, kind, number)
        write(root, {path: "\n".join(lines) + "\n" for path, lines in texts.items()})
        after = asked(texts)

        found = json.loads(run_check(root, "--format=json").output)

        assert (
            Counter((item["importer"], item["target"]) for item in found["violations"])
            == after - before
        )
        assert found["contracts"][0]["known"] == (after & before).total()
        assert {
            (item["importer"], item["target"]): item["count"] for item in found["stale"]
        } == before - after
        assert len(everywhere(root)) == (after - before).total()
        run_command(root, "baseline", "prune")
        assert run_check(root, "--strict-baseline").status == bool(after - before)
