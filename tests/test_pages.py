"""Every code has a page, and every page's example is a project that is judged as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linter_ext import contract_types, pages
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.codes import Code
from tests.front_ends import FRONT_ENDS, run_check, run_command, run_flake8, run_lint_imports, write
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
_GRAPH = [
    Code.FORBIDDEN,
    Code.LAYERS,
    Code.INDEPENDENCE,
    Code.PROTECTED,
    Code.ACYCLIC_SIBLINGS,
]
"""Codes of import-linter's own types, which lint-imports reports in words of its own."""
_APART = (Code.CONFIGURATION, Code.UNREADABLE, Code.UNUSED_NOQA, Code.OTHER_CONTRACT)
_JUDGED = [
    (code, front_end)
    for code in Code
    for front_end in FRONT_ENDS
    if code not in _APART
    and not (code in _GRAPH and front_end == "lint-imports")
    and not (code is Code.BASELINE and front_end == "flake8")
]


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


@pytest.mark.parametrize(("code", "front_end"), _JUDGED)
def test_the_bad_example_is_reported_as_the_page_says(
    code: Code, front_end: str, tmp_path: Path
) -> None:
    expected = write_example(tmp_path, code, "Bad")

    assert FRONT_ENDS[front_end](tmp_path) == expected
    assert {line.split()[1] for line in expected} == {code}


@pytest.mark.parametrize(("code", "front_end"), _JUDGED)
def test_the_good_example_is_clean(code: Code, front_end: str, tmp_path: Path) -> None:
    write_example(tmp_path, code, "Good")

    assert FRONT_ENDS[front_end](tmp_path) == []
    assert run_check(tmp_path).status == ExitStatus.CLEAN


@pytest.mark.parametrize("code", _GRAPH)
def test_lint_imports_ends_as_the_page_says(code: Code, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad", tmp_path / "good"
    write_example(bad, code, "Bad")
    write_example(good, code, "Good")

    assert "Contracts: 0 kept, 1 broken." in run_lint_imports(bad).output
    assert "Contracts: 1 kept, 0 broken." in run_lint_imports(good).output


_OUR_RULE = """
from importlinter import Contract, ContractCheck

class OurRule(Contract):
    def check(self, graph, verbose):
        return ContractCheck(kept="app.gone" not in graph.modules)

    def render_broken_contract(self, check):
        raise AssertionError("it is told by lint-imports only")
"""


def test_another_packages_contract_is_reported_as_the_page_says(tmp_path: Path) -> None:
    found = told.blocks(pages.page(Code.OTHER_CONTRACT))
    (configuration,) = (block.text for block in found if block.language == "ini")
    (expected,) = told.lines(found, "Bad")
    rule = {"architecture/__init__.py": "", "architecture/contracts.py": _OUR_RULE}
    write(tmp_path, {**rule, "app/__init__.py": "", ".importlinter": configuration})
    kept = run_check(tmp_path)
    write(tmp_path, {"app/gone.py": ""})
    broken = run_check(tmp_path)

    assert (kept.status, kept.violations) == (ExitStatus.CLEAN, [])
    assert (broken.status, broken.violations) == (ExitStatus.VIOLATIONS, [expected])
    assert run_flake8(tmp_path).violations == []


def test_an_unreadable_file_is_reported_as_the_page_says(tmp_path: Path) -> None:
    expected = write_example(tmp_path, Code.UNREADABLE, "Bad")
    outcome = run_check(tmp_path)
    found = [_PYTHON.sub("Python 3.11", line) for line in outcome.violations]

    assert (outcome.status, found) == (ExitStatus.VIOLATIONS, expected)

    write_example(tmp_path, Code.UNREADABLE, "Good")
    outcome = run_check(tmp_path)

    assert (outcome.status, outcome.violations) == (ExitStatus.CLEAN, [])


def test_an_unused_noqa_is_reported_as_the_page_says(tmp_path: Path) -> None:
    expected = write_example(tmp_path, Code.UNUSED_NOQA, "Bad")
    outcome = run_check(tmp_path, "--unused-noqa")

    assert (outcome.status, outcome.violations) == (ExitStatus.VIOLATIONS, expected)
    assert run_check(tmp_path).status == ExitStatus.CLEAN

    write_example(tmp_path, Code.UNUSED_NOQA, "Good")

    assert run_check(tmp_path, "--unused-noqa").status == ExitStatus.CLEAN


def test_a_configuration_mistake_is_reported_as_the_page_says(tmp_path: Path) -> None:
    expected = write_example(tmp_path, Code.CONFIGURATION, "Bad")

    assert run_flake8(tmp_path).violations == expected
    assert run_check(tmp_path).status == ExitStatus.USAGE

    write_example(tmp_path, Code.CONFIGURATION, "Good")

    assert run_flake8(tmp_path).violations == []
    assert run_check(tmp_path).status == ExitStatus.CLEAN
