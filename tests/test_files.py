"""`linter-ext files`: what is checked, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter_ext.cli.exit_status import ExitStatus
from tests import processes
from tests.configurations import ABSOLUTE, ini
from tests.front_ends import run_command, write

FILES = {
    "app/__init__.py": "",
    "app/a.py": "",
    "app/a.pyi": "",
    "app/.hidden/b.py": "",
    "app/data.txt": "",
    "app/sub/c.py": "",
    "docs/conf.py": "",
    "setup.py": "",
    "tests/unit/test_a.py": "",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {".importlinter": ini(ABSOLUTE), **FILES})
    return tmp_path


def test_the_files_and_their_modules(project: Path) -> None:
    outcome = run_command(project, "files")

    assert outcome.output.splitlines() == [
        "app/__init__.py: app",
        "app/a.py: app.a",
        "app/a.pyi: app.a",
        "app/sub/c.py: app.sub.c",
        "tests/unit/test_a.py: tests.unit.test_a",
    ]
    assert outcome.errors == ""
    assert outcome.status == ExitStatus.CLEAN


def test_what_is_left_out(project: Path) -> None:
    (project / "app/link").symlink_to("sub")

    assert run_command(project / "docs", "files", "--left-out").output.splitlines() == [
        "app/.hidden: hidden",
        "app/link: symbolic link",
    ]


def test_nothing_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, {".importlinter": ini(ABSOLUTE), "app/__init__.py": ""})

    assert run_command(tmp_path, "files", "--left-out").output == ""


def test_without_a_configuration(project: Path) -> None:
    (project / ".importlinter").unlink()

    outcome = run_command(project, "files")

    assert outcome.output.splitlines() == [
        "app/__init__.py: app",
        "app/a.py: app.a",
        "app/a.pyi: app.a",
        "app/sub/c.py: app.sub.c",
        "docs/conf.py: docs.conf",
        "setup.py: setup",
        "tests/unit/test_a.py: tests.unit.test_a",
    ]
    assert outcome.errors.startswith("No import-linter configuration here or above")


def test_a_named_configuration(project: Path) -> None:
    write(project, {"rules.ini": ini(ABSOLUTE, "", "source_paths =\n    docs\n    setup.py")})

    lines = run_command(project, "files", "--config", "rules.ini").output.splitlines()

    assert lines[4:] == ["docs/conf.py: docs.conf", "setup.py: setup"]


def test_a_mistake_in_the_configuration(project: Path) -> None:
    write(project, {".importlinter": ini(ABSOLUTE, "ban = 1")})

    outcome = run_command(project, "files")

    assert outcome.errors == (
        "error: .importlinter: contract 'rule': ban: '1' is not a choice; "
        "write 'all' or 'parents'\n"
    )
    assert outcome.output == ""
    assert outcome.status == ExitStatus.USAGE


def test_a_process(project: Path) -> None:
    outcome = processes.linter_ext(project / "app", "files")

    assert outcome.output.splitlines()[0] == "app/__init__.py: app"
