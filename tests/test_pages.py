"""Every code has a page, and every page's example is a project that is judged as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linter_ext import contract_types, pages
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.codes import Code
from tests.front_ends import FRONT_ENDS, run_check, run_command, run_flake8, write
from tests.trees import told

_LONGEST = 48
_WIDEST = 80
_SECTIONS = ["## What", "## Why", "## Bad", "## Good", "## How to fix"]
_TYPES = "".join(
    f"    {kind.type_name}: linter_ext.contract_types.{kind.__name__}\n"
    for kind in contract_types.ALL
)
_SESSION = f"[importlinter]\nroot_packages =\n    app\ncontract_types =\n{_TYPES}\n"
_PYTHON = re.compile(r"\bPython 3\.\d+")
_JUDGED = [code for code in Code if code not in (Code.CONFIGURATION, Code.UNREADABLE)]


def write_example(root: Path, code: Code, section: str) -> list[str]:
    """Write a page's example to the disk; return the lines that its section announces."""
    found = told.blocks(pages.page(code))
    files = {"app/__init__.py": "", **told.project(found, "What", section)}
    write(root, {**files, ".importlinter": _SESSION + files[".importlinter"]})
    return told.lines(found, section)


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    folder = Path(pages.__file__).parent

    assert {path.stem for path in folder.glob("*.md")} == set(Code)


@pytest.mark.parametrize("code", Code)
def test_a_page_has_the_headings_and_fits_a_terminal(code: Code) -> None:
    page = pages.page(code)
    prose = [line for line in page.splitlines() if "IMC" not in line]

    assert told.headings(page) == [f"# {code} {code.summary}", *_SECTIONS]
    assert len(page.splitlines()) <= _LONGEST
    assert max(map(len, prose)) <= _WIDEST


@pytest.mark.parametrize("code", Code)
def test_explain_prints_the_page(code: Code, tmp_path: Path) -> None:
    assert run_command(tmp_path, "explain", code).output == pages.page(code)


@pytest.mark.parametrize("front_end", FRONT_ENDS)
@pytest.mark.parametrize("code", _JUDGED)
def test_the_bad_example_is_reported_as_the_page_says(
    code: Code, front_end: str, tmp_path: Path
) -> None:
    expected = write_example(tmp_path, code, "Bad")

    assert FRONT_ENDS[front_end](tmp_path) == expected
    assert {line.split()[1] for line in expected} == {code}


@pytest.mark.parametrize("front_end", FRONT_ENDS)
@pytest.mark.parametrize("code", _JUDGED)
def test_the_good_example_is_clean(code: Code, front_end: str, tmp_path: Path) -> None:
    write_example(tmp_path, code, "Good")

    assert FRONT_ENDS[front_end](tmp_path) == []
    assert run_check(tmp_path).status == ExitStatus.CLEAN


def test_an_unreadable_file_is_reported_as_the_page_says(tmp_path: Path) -> None:
    expected = write_example(tmp_path, Code.UNREADABLE, "Bad")
    outcome = run_check(tmp_path)
    found = [_PYTHON.sub("Python 3.11", line) for line in outcome.violations]

    assert (outcome.status, found) == (ExitStatus.VIOLATIONS, expected)

    write_example(tmp_path, Code.UNREADABLE, "Good")
    outcome = run_check(tmp_path)

    assert (outcome.status, outcome.violations) == (ExitStatus.CLEAN, [])


def test_a_configuration_mistake_is_reported_as_the_page_says(tmp_path: Path) -> None:
    expected = write_example(tmp_path, Code.CONFIGURATION, "Bad")

    assert run_flake8(tmp_path).violations == expected
    assert run_check(tmp_path).status == ExitStatus.USAGE

    write_example(tmp_path, Code.CONFIGURATION, "Good")

    assert run_flake8(tmp_path).violations == []
    assert run_check(tmp_path).status == ExitStatus.CLEAN
