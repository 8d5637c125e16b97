"""The flake8 plugin, in flake8 itself: real processes where the process is the point."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from linter_ext import rules
from tests import processes
from tests.configurations import ABSOLUTE, CANONICAL, DEPRECATED, MOVED, contract, ini, session
from tests.front_ends import Outcome, run_check, run_flake8, write

OLD = "import app.old\n"
USE_NEW = "IMC201 'app.old' is deprecated; use 'app.new'"
FILES = {
    "app/__init__.py": "",
    "app/a.py": f"from . import b\n{OLD}",
    "tests/test_a.py": f"x = 1\n{OLD}",
}
CONFIGURATION = session() + contract(ABSOLUTE, name="one") + contract(DEPRECATED, MOVED, name="two")
VIOLATIONS = [
    "./app/a.py:1:6: IMC101 relative import '.'; use 'app'",
    f"./app/a.py:2:8: {USE_NEW}",
    f"./tests/test_a.py:2:8: {USE_NEW}",
]
OPTION = "--import-contracts-config"
NO_SECTION = (
    "setup.cfg: there is no section '[importlinter]', or nothing in it; "
    "add '[importlinter]' with 'root_packages'"
)
CANNOT_PARSE = "def f(:\n"
MISTAKE = (
    "IMC000 .importlinter: contract 'rule': ban: '1' is not a choice; write 'all' or 'parents'"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {".importlinter": CONFIGURATION, **FILES})
    return tmp_path


def lines(outcome: Outcome) -> list[str]:
    """Return what flake8 printed, which must be all it had to say."""
    assert outcome.errors == ""
    return outcome.output.splitlines()


# As installed.


def test_flake8_knows_the_plugin(project: Path) -> None:
    assert "linter-ext: 0." in processes.flake8(project, "--version").output
    assert "--import-contracts-config" in processes.flake8(project, "--help").output


def test_the_codes_are_selected_by_default(project: Path) -> None:
    outcome = processes.flake8(project)

    assert [line for line in lines(outcome) if "IMC" in line] == VIOLATIONS
    assert outcome.status == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_number_of_jobs_changes_nothing(jobs: str, project: Path) -> None:
    more = {f"app/m{number}.py": OLD for number in range(20)}
    write(project, more)

    outcome = processes.flake8(project, f"--jobs={jobs}", "--select=IMC")

    expected = [*VIOLATIONS, *(f"./{path}:1:8: {USE_NEW}" for path in more)]
    assert lines(outcome) == sorted(expected)


def test_codes_can_be_ignored_and_chosen(project: Path) -> None:
    assert lines(run_flake8(project, "--extend-ignore=IMC2")) == VIOLATIONS[:1]
    assert lines(run_flake8(project, "--per-file-ignores=app/*:IMC")) == VIOLATIONS[2:]


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(enabled: bool, project: Path) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        assert lines(run_flake8(project)) == VIOLATIONS
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if before else gc.disable)()


# Which configuration.


def test_the_option_names_a_configuration(project: Path) -> None:
    write(project, {"settings/rules.ini": ini(ABSOLUTE)})

    for option in ("settings/rules.ini", str(project / "settings/rules.ini")):
        outcome = run_flake8(project, f"--import-contracts-config={option}")
        assert lines(outcome) == VIOLATIONS[:1]


def test_the_option_stands_in_a_flake8_configuration(project: Path) -> None:
    flake8 = "[flake8]\nselect = IMC\nimport-contracts-config = settings/rules.ini\n"
    write(project, {"settings/rules.ini": ini(ABSOLUTE), "setup.cfg": flake8})

    assert lines(processes.flake8(project)) == VIOLATIONS[:1]


def test_the_configuration_is_searched_upward(project: Path) -> None:
    assert lines(run_flake8(project / "app")) == [
        "./a.py:1:6: IMC101 relative import '.'; use 'app'",
        f"./a.py:2:8: {USE_NEW}",
    ]
    assert lines(run_flake8(project / "app", "../tests")) == [f"../tests/test_a.py:2:8: {USE_NEW}"]


@pytest.mark.parametrize(
    "configuration",
    [
        None,
        "[tox]\n# linter_ext\n",
        session(types=[]),
        session() + contract("layers", "layers =\n    app.a"),
    ],
    ids=["none", "of another tool", "without a contract", "with a contract that is kept"],
)
def test_without_a_broken_contract_there_is_nothing_to_say(
    configuration: str | None, tmp_path: Path
) -> None:
    write(tmp_path, {**FILES, "setup.cfg": configuration or ""})

    assert run_flake8(tmp_path) == Outcome(0, "")


@pytest.mark.parametrize("configuration", [None, session(types=[])])
def test_without_a_contract_nothing_is_imported(configuration: str | None, tmp_path: Path) -> None:
    write(tmp_path, FILES if configuration is None else {**FILES, ".importlinter": configuration})
    script = (
        "import sys; from flake8.main.cli import main; status = main(['--jobs=1']); "
        "heavy = {'importlinter', 'grimp', 'rich', 'markdown_it', 'linter_ext.engine'}; "
        "print('imported:', sorted(heavy & sys.modules.keys()))"
    )

    outcome = processes.python(tmp_path, "-c", script)

    assert outcome.output.splitlines()[-1] == "imported: []"


@pytest.mark.parametrize("name", rules.TYPE_NAMES)
def test_a_contract_of_ours_is_judged_without_what_is_slow_to_import(
    name: str, tmp_path: Path
) -> None:
    options = {DEPRECATED: MOVED, CANONICAL: "canonical = X => app.a"}.get(name, "")
    files = {"app/__init__.py": "", "app/a.py": "import app.b\n", "app/b.py": "import json\n"}
    write(tmp_path, {**files, ".importlinter": ini(name, options)})
    others = sorted(f"linter_ext.rules.{other}" for other in rules.TYPE_NAMES if other != name)
    script = (
        "import sys; from flake8.main.cli import main; import mccabe, pycodestyle, pyflakes.api; "
        "theirs = set(sys.modules); status = main(['--jobs=1']); "
        "slow = {'importlinter', 'grimp', 'rich', 'click', 'markdown_it', 'tomllib', 'difflib', "
        "'linter_ext.contract_types', 'linter_ext.cli', 'linter_ext.configuration_syntax', "
        f"*{others}}}; "
        "print('imported:', sorted(slow & sys.modules.keys() - theirs))"
    )

    outcome = processes.python(tmp_path, "-c", script)

    assert outcome.output.splitlines()[-1] == "imported: []"


# Which files.


@pytest.mark.parametrize("path", ["app/a.py", "./app/a.py", "app/../app/a.py", "{root}/app/a.py"])
def test_paths_may_be_written_in_any_way(path: str, project: Path) -> None:
    path = path.format(root=project)

    assert lines(run_flake8(project, path)) == [
        f"{path}:1:6: IMC101 relative import '.'; use 'app'",
        f"{path}:2:8: {USE_NEW}",
    ]


def test_files_outside_every_root_are_not_judged(project: Path) -> None:
    outside = project.with_name("outside.py")
    outside.write_text(OLD)
    write(project, {"docs/conf.py": OLD, "setup.py": OLD})

    assert run_flake8(project, "docs", "setup.py", str(outside)) == Outcome(0, "")


def test_a_file_in_a_folder_that_a_search_leaves_out_is_judged(project: Path) -> None:
    write(project, {"app/.hidden/a.py": OLD})

    outcome = run_flake8(project, "app/.hidden/a.py")

    assert lines(outcome) == [f"app/.hidden/a.py:1:8: {USE_NEW}"]


# Standard input.


def test_standard_input_is_judged_under_its_display_name(project: Path) -> None:
    outcome = run_flake8(project, "--stdin-display-name=app/new.py", "-", text=OLD)

    assert lines(outcome) == [f"app/new.py:1:8: {USE_NEW}"]


def test_standard_input_in_a_process(project: Path) -> None:
    arguments = ["--select=IMC", "--jobs=2", f"--stdin-display-name={project}/app/a.py", "-"]

    outcome = processes.flake8(project / "tests", *arguments, text=f"\n{OLD}")

    assert lines(outcome) == [f"{project}/app/a.py:2:8: {USE_NEW}"]


def test_unsaved_text_is_judged_in_place_of_what_the_disk_holds(project: Path) -> None:
    for unsaved, expected in (
        ("x = 1\n", []),
        (f"x = 1\n\n{OLD}", [f"app/a.py:3:8: {USE_NEW}"]),
    ):
        outcome = run_flake8(project, "--stdin-display-name=app/a.py", "-", text=unsaved)
        assert lines(outcome) == expected


def test_standard_input_without_a_name_is_not_judged(project: Path) -> None:
    assert run_flake8(project, "-", text=OLD) == Outcome(0, "")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_standard_input_keeps_its_line_ends(end: str, project: Path) -> None:
    text = end.join(["x = '\N{GREEK SMALL LETTER ALPHA}'", "from app.old import \\", "    y", ""])

    outcome = run_flake8(project, "--stdin-display-name=app/a.py", "-", text=text)

    assert lines(outcome) == [f"app/a.py:2:6: {USE_NEW}"]


# What cannot be decoded.


@pytest.mark.parametrize(
    "data",
    [
        b"x = '\xe9'\nimport app.old\n",
        b"# coding: ascii\nx = '\xe9'\nimport app.old\n",
        b"# coding: klingon\nimport app.old\n",
        b"\xef\xbb\xbf# coding: latin-1\nimport app.old\n",
    ],
)
def test_a_file_that_python_cannot_decode_is_told_as_the_command_tells_it(
    data: bytes, project: Path
) -> None:
    write(project, {"app/a.py": data})

    outcome = run_flake8(project, "app/a.py")

    assert "IMC001" in outcome.output
    assert lines(outcome) == run_check(project, "app/a.py").violations


@pytest.mark.parametrize(
    "data",
    [
        b"# coding: latin-1\nx = '\xe9'\nimport app.old\n",
        "# coding: utf-8\nx = '\N{GREEK SMALL LETTER ALPHA}'\nimport app.old\n".encode(),
        b"# encoding\n\nimport app.old\n",
    ],
)
def test_a_file_that_python_can_decode_is_judged(data: bytes, project: Path) -> None:
    write(project, {"app/a.py": data})

    assert lines(run_flake8(project, "app/a.py")) == [f"app/a.py:3:8: {USE_NEW}"]


def test_what_is_typed_is_not_what_the_disk_holds(project: Path) -> None:
    """The file's bytes are not UTF-8; the text in the editor is, and is judged."""
    write(project, {"app/a.py": b"x = '\xe9'\n"})
    text = f"x = '\N{GREEK SMALL LETTER ALPHA}'\n{OLD}"

    outcome = run_flake8(project, "--stdin-display-name=app/a.py", "-", text=text)

    assert lines(outcome) == [f"app/a.py:2:8: {USE_NEW}"]


# Suppressions.

STATEMENT = "from app.old import (  {first}\n    x,\n    Y,  {own}\n)\n"
DEPRECATED_Y = "IMC202 'app.old.Y' is deprecated; use 'app.new.Y'"


@pytest.mark.parametrize(
    ("first", "own", "hidden"),
    [
        ("", "", False),
        ("# noqa", "", True),
        ("", "# noqa", True),
        ("# noqa: IMC202", "", True),
        ("", "# noqa: IMC2", True),
        ("# noqa: E501", "", False),
        ("", "# noqa: IMC201,E501", False),
    ],
)
def test_noqa_counts_on_the_names_line_and_on_the_statements_first(
    first: str, own: str, hidden: bool, project: Path
) -> None:
    write(
        project,
        {
            ".importlinter": ini(DEPRECATED, "deprecated = app.old.Y => app.new.Y"),
            "app/a.py": STATEMENT.format(first=first, own=own),
        },
    )
    expected = [] if hidden else [f"app/a.py:3:5: {DEPRECATED_Y}"]

    assert lines(run_flake8(project, "app/a.py")) == expected
    assert run_check(project, "app/a.py").violations == expected
    shown = run_flake8(project, "--disable-noqa", "app/a.py")
    assert lines(shown) == [f"app/a.py:3:5: {DEPRECATED_Y}"]


@pytest.mark.parametrize("text", [f"# flake8: noqa\n{OLD}", f"{OLD}#flake8: noqa\n"])
def test_a_whole_file_may_be_left_alone(text: str, project: Path) -> None:
    write(project, {"app/a.py": text})

    found = lines(run_flake8(project, "app/a.py"))

    assert found == run_check(project, "app/a.py").violations
    assert bool(found) == text.startswith("import")
    assert len(lines(run_flake8(project, "--disable-noqa", "app/a.py"))) == 1


def test_noqa_may_be_forbidden(project: Path) -> None:
    """flake8 cannot be overruled on the line itself; everywhere else the contract decides."""
    write(
        project,
        {
            ".importlinter": ini(DEPRECATED, "deprecated = app.old.Y => app.new.Y\nnoqa = forbid"),
            "app/a.py": STATEMENT.format(first="# noqa", own=""),
            "app/b.py": STATEMENT.format(first="", own="# noqa"),
        },
    )

    assert lines(run_flake8(project)) == [f"./app/a.py:3:5: {DEPRECATED_Y}"]
    assert run_check(project).violations == [
        f"app/{name}.py:3:5: {DEPRECATED_Y}" for name in ("a", "b")
    ]
    assert len(lines(run_flake8(project, "--disable-noqa"))) == 2


# Mistakes in the configuration.


def test_a_mistake_is_told_once(project: Path) -> None:
    write(project, {".importlinter": ini(ABSOLUTE, "ban = 1")})

    for jobs in ("1", "2"):
        outcome = processes.flake8(project, f"--jobs={jobs}", "--select=IMC")
        assert lines(outcome) == [f"./app/__init__.py:1:1: {MISTAKE}"]
        assert outcome.status == 1


def test_a_mistake_is_told_on_standard_input(project: Path) -> None:
    write(project, {".importlinter": ini(ABSOLUTE, "ban = 1")})

    write(project, {"app/a.py": CANNOT_PARSE})  # What is typed can be parsed.

    for name, told in (("app/a.py", "app/a.py"), ("new.py", "new.py"), ("", "stdin")):
        option = [f"--stdin-display-name={name}"] if name else []
        outcome = run_flake8(project, *option, "-", text=OLD)
        assert lines(outcome) == [f"{told}:1:1: {MISTAKE}"]


@pytest.mark.parametrize(
    "first",
    [
        CANNOT_PARSE,
        b"# coding: klingon\n\xff\n",
        b"\xff\n",
        "\0",
        "# flake8: noqa\n",
        "x = 1  # noqa\n",
        "x = 1  # noqa: E501\n",
    ],
)
def test_a_mistake_is_told_on_the_first_file_that_can_show_it(
    first: str | bytes, project: Path
) -> None:
    write(project, {".importlinter": ini(ABSOLUTE, "ban = 1"), "0.py": first})

    outcome = run_flake8(project)

    assert lines(outcome) == [f"./app/__init__.py:1:1: {MISTAKE}"]
    assert outcome.status == 1


def test_a_mistake_is_told_in_spite_of_noqa_where_flake8_disregards_it(project: Path) -> None:
    write(project, {".importlinter": ini(ABSOLUTE, "ban = 1"), "0.py": "x = 1  # noqa\n"})

    assert lines(run_flake8(project, "--disable-noqa")) == [f"./0.py:1:1: {MISTAKE}"]


def test_a_mistake_is_told_on_the_first_of_the_files_that_flake8_is_given(project: Path) -> None:
    write(project, {".importlinter": ini(ABSOLUTE, "ban = 1")})

    for arguments, told in (
        (["tests", "app/a.py"], "app/a.py"),
        (["--exclude=app", "."], "./tests/test_a.py"),
        (["0.py", "app/a.py"], "app/a.py"),
        (["--extend-exclude=__init__.py", "."], "./app/a.py"),
        (["--filename=*/test_*.py", "."], "./tests/test_a.py"),
    ):
        assert lines(run_flake8(project, *arguments)) == [f"{told}:1:1: {MISTAKE}"]


def test_there_is_no_file_to_tell_a_mistake_on(project: Path) -> None:
    write(project, {".importlinter": ini(ABSOLUTE, "ban = 1"), "app/a.py": CANNOT_PARSE})

    assert run_flake8(project, "app/a.py") == Outcome(0, "")


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("gone.ini", f"gone.ini: there is no such file; correct the path after {OPTION}"),
        ("./app", f"app: a folder, not a configuration file; name the file in it after {OPTION}"),
        ("setup.cfg", NO_SECTION),
    ],
)
def test_a_named_configuration_that_is_none(named: str, told: str, project: Path) -> None:
    write(project, {"setup.cfg": "[flake8]\n"})

    outcome = run_flake8(project, f"--import-contracts-config={named}")

    assert lines(outcome) == [f"./app/__init__.py:1:1: IMC000 {told}"]


def test_a_named_configuration_without_a_contract_of_ours_is_no_mistake(project: Path) -> None:
    write(project, {"rules.ini": session() + contract("layers", "layers =\n    app.a")})

    assert run_flake8(project, "--import-contracts-config=rules.ini") == Outcome(0, "")


def test_what_is_known_of_the_project_is_moved_out_of_the_collectors_way(tmp_path: Path) -> None:
    files = {f"app/a{number}.py": "import app\n" for number in range(20)}
    write(tmp_path, {**files, "app/__init__.py": "", ".importlinter": CONFIGURATION})
    was_enabled = gc.isenabled()
    gc.unfreeze()

    try:
        gc.disable()
        run_flake8(tmp_path)
        assert gc.get_freeze_count() == 0  # Who switched the collector off has a plan.

        gc.enable()
        run_flake8(tmp_path)
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        (gc.enable if was_enabled else gc.disable)()
