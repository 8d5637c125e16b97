"""The documents' rules as contracts: each page's examples are judged as it says."""

from __future__ import annotations

import configparser
from pathlib import Path, PurePosixPath

import pytest

from linter_ext.cli.exit_status import ExitStatus
from linter_ext.tables.markdown import parse_markdown_registry
from linter_ext.tables.moves import parse_moves
from tests import trees
from tests.front_ends import (
    Outcome,
    run_check,
    run_flake8,
    run_lint_imports,
    write,
)
from tests.trees import told

_FOLDER = Path(__file__).parent.parent / "contracts"
_CONFIG = "contracts/documents.importlinter"
_PACKAGES = ("netra_backend", "auth_service", "shared", "test_framework")
_OURS = ("R1", "R2", "R3", "R4", "R5", "R8")
_THEIRS = ("R6",)
_RULES = (*_OURS, *_THEIRS)
_SHARED = {"R8": "R4"}
"""Rules without a contract of their own, each with the one that sees to them."""
_HEADINGS = ["## Why", "## Contract", "## Valid", "## Invalid"]


def read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install what the platform has in its environment."""
    folder = tmp_path_factory.mktemp("installed")
    write(folder, trees.load("installed"))
    monkeypatch.syspath_prepend(folder)


def write_example(root: Path, rule: str, section: str) -> list[str]:
    """Write an example in its platform to the disk; return the lines that the page announces.

    An invalid example is the valid one with changed and additional files.
    """
    found = told.blocks(read(f"{rule}.md"))
    files = told.project(found, "Valid", section)
    folders = {
        folder.as_posix()
        for path in (*files, *(f"{package}/__init__.py" for package in _PACKAGES))
        for folder in PurePosixPath(path).parents
        if folder.parts and folder.parts[0] in _PACKAGES
    }
    packages = {f"{folder}/__init__.py": "" for folder in folders}
    contracts = {f"contracts/{item.name}": item.read_bytes() for item in _FOLDER.iterdir()}
    write(root, {**packages, **contracts, "tests/conftest.py": "", **files})
    return told.lines(found, section)


def run_all(root: Path) -> dict[str, Outcome]:
    """Run all of the documents' contracts through every front end."""
    return {
        "lint-imports": run_lint_imports(root, f"--config={_CONFIG}"),
        "flake8": run_flake8(root, f"--import-contracts-config={_CONFIG}"),
        "linter-ext": run_check(root, f"--config={_CONFIG}"),
    }


@pytest.mark.parametrize("rule", _RULES)
def test_a_valid_example_keeps_all_contracts(rule: str, tmp_path: Path) -> None:
    write_example(tmp_path, rule, "Valid")

    for outcome in run_all(tmp_path).values():
        assert outcome.violations == []
        assert outcome.status == ExitStatus.CLEAN


@pytest.mark.parametrize("rule", _RULES)
def test_an_invalid_example_is_reported_as_the_page_says(rule: str, tmp_path: Path) -> None:
    expected = write_example(tmp_path, rule, "Invalid")
    outcomes = run_all(tmp_path)

    for front_end, outcome in outcomes.items():
        if front_end != "lint-imports" or rule in _OURS:
            assert outcome.violations == expected
        assert outcome.status == ExitStatus.VIOLATIONS


@pytest.mark.parametrize("rule", _RULES)
def test_a_page_shows_the_contract_as_it_is(rule: str) -> None:
    page = read(f"{rule}.md")
    (contract,) = [item for item in told.blocks(page) if item.language == "ini"]

    title, *sections = told.headings(page)
    assert title.startswith(f"# {rule} ")
    assert f"[importlinter:contract:{_SHARED.get(rule, rule)}]" in contract.text
    assert sections == _HEADINGS
    assert contract.section == "Contract"
    assert contract.text in read("documents.importlinter")


def test_every_contract_has_a_page_and_every_page_a_contract() -> None:
    parser = configparser.ConfigParser()
    parser.read_string(read("documents.importlinter"))
    contracts = {
        name.rpartition(":")[2] for name in parser.sections() if name.startswith("importlinter:")
    }

    assert {path.stem for path in _FOLDER.glob("R?.md")} == set(_RULES)
    assert contracts == set(_RULES) - _SHARED.keys()


def test_the_readme_names_every_rule_and_failure() -> None:
    readme = read("README.md")

    for number in range(1, 9):
        assert f"| R{number} " in readme
        assert f"| F{number} " in readme


def test_the_registry_holds_the_lines_of_the_documents() -> None:
    registry = parse_markdown_registry(read("import_registry.md"), "import_registry.md")

    assert {(entry.name, entry.module) for entry in registry.names} == {
        ("get_websocket_manager", "netra_backend.app.websocket_core.websocket_manager"),
        ("get_redis_client", "netra_backend.app.services.redis_client"),
        ("ExecutionFactory", "netra_backend.app.agents.supervisor.execution_factory"),
        ("SSotMockFactory", "test_framework.ssot.mock_factory"),
    }
    assert not any(entry.verified for entry in registry.names)
    assert not registry.also


def test_the_moves_are_those_of_the_documents() -> None:
    moves = parse_moves(read("moves.toml"), "contracts/moves.toml")

    assert [(move.old, move.new, move.kind) for move in moves] == [
        (
            "shared.logging.unified_logger_factory",
            "shared.logging.unified_logging_ssot",
            "module",
        ),
        (
            "netra_backend.app.websocket_core.batch_message_types",
            "netra_backend.app.websocket_core.types",
            "module",
        ),
        ("websockets.WebSocketServerProtocol", "websockets.ClientConnection", "name"),
    ]
    assert all((move.date, move.owner, move.reason) == (None, None, None) for move in moves)
