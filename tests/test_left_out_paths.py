"""`left_out_paths`: what lies in the roots and is not checked, in every front end."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter_ext.cli.exit_status import ExitStatus
from tests.configurations import ABSOLUTE, DEPRECATED, MOVED, ini, toml
from tests.front_ends import (
    FRONT_ENDS,
    Outcome,
    run_check,
    run_command,
    run_flake8,
    run_lint_imports,
    write,
)
from tests.repositories import Repository

OLD = "import app.old\n"
LEFT_OUT = "left_out_paths =\n    app/vendor\n    tests/data/\n    ./tests/old.py"
FILES = {
    ".importlinter": ini(DEPRECATED, MOVED, LEFT_OUT),
    "app/__init__.py": "",
    "app/a.py": f"{OLD}import app.vendor.b\n",
    "app/vendor/__init__.py": "",
    "app/vendor/b.py": OLD,
    "app/vendors.py": OLD,
    "tests/data/c/d.py": "print 1\n",
    "tests/old.py": "print 1\n",
    "tests/old/e.py": OLD,
}
TOLD = "1:8: IMC201 'app.old' is deprecated; use 'app.new'"
FOUND = [f"app/a.py:{TOLD}", f"app/vendors.py:{TOLD}", f"tests/old/e.py:{TOLD}"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_all_front_ends(front_end: str, project: Path) -> None:
    assert FRONT_ENDS[front_end](project) == FOUND


def test_what_is_left_out_is_listed(project: Path) -> None:
    assert run_command(project, "files").output == (
        "app/__init__.py: app\n"
        "app/a.py: app.a\n"
        "app/vendors.py: app.vendors\n"
        "tests/old/e.py: tests.old.e\n"
    )
    assert run_command(project, "files", "--left-out").output == (
        "app/vendor: left out by the configuration\n"
        "tests/data: left out by the configuration\n"
        "tests/old.py: left out by the configuration\n"
    )
    assert (
        "4 files checked.\n'linter-ext fix' has a remedy for 3 of them.\n"
        "2 folders and 1 file left out; 'linter-ext files --left-out' lists them."
    ) in run_check(project).output


def test_what_is_named_is_left_out_all_the_same(project: Path) -> None:
    """As pre-commit names what changes."""
    named = ("app/vendor/b.py", "tests/data", "tests/old.py")

    outcome = run_check(project, "--quiet", *named)

    assert outcome == Outcome(ExitStatus.CLEAN, "")
    assert "app/vendor/b.py: no file of the project;" in run_check(project, named[0]).errors
    assert run_flake8(project, *named).violations == []
    assert run_check(project, "--quiet", "app").violations == FOUND[:2]


def test_what_is_staged_is_left_out_all_the_same(tmp_path: Path) -> None:
    repository = Repository(tmp_path, FILES)
    repository.stage({"app/vendor/b.py": f"x = 1\n{OLD}", "app/vendor/new.py": OLD})

    for paths in ((), ("app/vendor/b.py", "app/vendor/new.py")):
        assert run_check(tmp_path, "--staged", "--quiet", *paths) == Outcome(ExitStatus.CLEAN, "")


def test_a_whole_source_path(tmp_path: Path) -> None:
    configuration = ini(ABSOLUTE, "", "source_paths =\n    tests/data\nleft_out_paths =\n    tests")
    write(tmp_path, {**FILES, ".importlinter": configuration})

    assert run_command(tmp_path, "files", "--left-out").output == (
        "tests/data: left out by the configuration\n"
    )


def test_what_is_left_out_is_there_to_be_imported(tmp_path: Path) -> None:
    configuration = toml("resolvable_imports", "", 'left_out_paths = ["app/vendor"]')
    importing = "from app.vendor.b import name, gone\nimport app.vendor.missing\n"
    write(
        tmp_path,
        {
            "pyproject.toml": configuration,
            "app/__init__.py": "",
            "app/a.py": importing,
            "app/vendor/__init__.py": "",
            "app/vendor/b.py": "name = 1\nimport app.nowhere\n",
        },
    )

    assert [line.partition(";")[0] for line in run_check(tmp_path).violations] == [
        "app/a.py:1:32: IMC402 'app.vendor.b' has no name 'gone'",
        "app/a.py:2:8: IMC401 there is no module 'app.vendor.missing'",
    ]


REMEDY = "name a folder or file below the project root"
MISTAKES = {
    "no such folder": ("gone", f"'gone' does not exist; {REMEDY}"),
    "above the project root": ("../a", f"'../a' does not lie below the project root; {REMEDY}"),
}


@pytest.mark.parametrize(("path", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(path: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, {**FILES, ".importlinter": ini(ABSOLUTE, "", f"left_out_paths = {path}")})

    assert run_check(tmp_path) == Outcome(
        ExitStatus.USAGE, "", f"error: .importlinter: left_out_paths: {message}\n"
    )
    assert run_lint_imports(tmp_path).status == 1


def test_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    write(tmp_path, {"pyproject.toml": toml(ABSOLUTE, "", "left_out_paths = [1]")})

    assert run_check(tmp_path).errors == (
        "error: pyproject.toml: left_out_paths: '1' is not text; write a list of paths\n"
    )
