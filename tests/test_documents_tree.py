"""A small platform with the documents' failures, under their contracts: one verdict everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests import trees
from tests.front_ends import (
    Outcome,
    run_check,
    run_flake8,
    run_json,
    run_lint_imports,
    write,
)
from tests.pytest_sessions import sessions

_CONTRACTS = Path(__file__).parent.parent / "contracts"
_CONFIG = "contracts/documents.importlinter"
_OPTION = f"--config={_CONFIG}"
_FRONT_ENDS: Mapping[str, Callable[[Path], list[str]]] = {
    "lint-imports": lambda root: run_lint_imports(root, _OPTION).violations,
    "flake8": lambda root: run_flake8(root, f"--import-contracts-config={_CONFIG}").violations,
    "linter-ext": lambda root: run_check(root, _OPTION).violations,
    "linter-ext as JSON": lambda root: run_json(root, _OPTION),
}


@pytest.fixture
def platform(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    environment = tmp_path_factory.mktemp("installed")
    write(environment, trees.load("installed"))
    monkeypatch.syspath_prepend(environment)
    monkeypatch.setenv("PYTHONPATH", str(environment))
    contracts = {f"contracts/{item.name}": item.read_bytes() for item in _CONTRACTS.iterdir()}
    write(tmp_path, {**trees.load("documents"), **contracts})
    return tmp_path


@pytest.mark.parametrize("front_end", _FRONT_ENDS)
def test_every_front_end_finds_the_expected_violations(front_end: str, platform: Path) -> None:
    expected = trees.expected("documents")
    if front_end == "lint-imports":  # It tells of its own types in its own words.
        expected = [line for line in expected if line.split()[1] != "IMC603"]

    assert _FRONT_ENDS[front_end](platform) == expected


def test_every_code_but_that_of_unreadable_files_is_among_them() -> None:
    expected = trees.expected("documents")

    assert 50 <= len(expected) <= 75
    assert {line.split()[1] for line in expected} == {
        "IMC101",
        "IMC201",
        "IMC202",
        "IMC203",
        "IMC301",
        "IMC302",
        "IMC303",
        "IMC401",
        "IMC402",
        "IMC403",
        "IMC404",
        "IMC405",
        "IMC406",
        "IMC501",
        "IMC603",
    }


def test_lint_imports_also_sees_that_the_services_are_not_independent(platform: Path) -> None:
    assert _fates(run_lint_imports(platform, _OPTION)) == {
        "R1 Absolute imports only": "BROKEN",
        "R2 No deprecated paths": "BROKEN",
        "R3 Canonical modules": "BROKEN",
        "R4 Every import resolves, R8 no silent fallbacks": "BROKEN",
        "R5 No circular imports": "BROKEN",
        "R6 Services are independent": "BROKEN",
    }


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("causes", ["--quiet", "--group-by=cause", "--contract=R4", "--contract=R5"]),
        ("uncollectable", ["--uncollectable"]),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_many_errors_have_few_causes(name: str, arguments: list[str], platform: Path) -> None:
    expected = (Path(trees.__file__).parent / f"documents.{name}.txt").read_text(encoding="utf-8")

    assert run_check(platform, _OPTION, *arguments).output == expected


def test_pytest_cannot_collect_what_is_said_to_be_uncollectable(
    platform: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (session,) = sessions(tmp_path_factory.mktemp("place"), [platform])
    outcome = run_check(platform, _OPTION, "--uncollectable", "--format=json")

    assert session.failed == {item["path"] for item in json.loads(outcome.output)["uncollectable"]}


def test_a_path_limits_what_is_reported_not_what_is_known(platform: Path) -> None:
    path = "tests/unit/test_websocket.py"
    expected = [line for line in trees.expected("documents") if line.startswith(path)]

    assert run_check(platform, _OPTION, path).violations == expected


def _fates(outcome: Outcome) -> dict[str, str]:
    """Return the fate of each contract, as lint-imports prints it."""
    parted = (line.rpartition(" ") for line in outcome.output.splitlines())
    return {name: fate for name, _, fate in parted if fate in ("KEPT", "BROKEN")}
