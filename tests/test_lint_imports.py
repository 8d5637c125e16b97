"""Our contract types in `lint-imports`: registered, judged and printed as import-linter's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import pytest

from linter_ext import discovery
from linter_ext.discovery import Listing, Note
from linter_ext.source.tree import Root
from tests import processes
from tests.configurations import (
    ABSOLUTE,
    DEPRECATED,
    MOVED,
    TYPES,
    contract,
    ini,
    session,
    toml,
)
from tests.front_ends import Outcome, run_check, run_lint_imports, write

OLD = "import app.old\n"
USE_NEW = "IMC201 'app.old' is deprecated; use 'app.new'"
FILES = {
    "app/__init__.py": "",
    "app/a.py": f"from . import b\n{OLD}",
    "app/b.py": "",
    "tests/unit/test_a.py": f"x = 1\n{OLD}{OLD}",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {".importlinter": ini(DEPRECATED, MOVED), **FILES})
    return tmp_path


def test_the_whole_output(project: Path) -> None:
    """Piped, with no width given: the lines are not folded."""
    guidance = "broken_contract_guidance =\n    Ask [bold]A[/bold].\n    Or B."
    moved = f"{MOVED}\nignore_imports = app.a -> app.old\n{guidance}"
    configuration = (
        session()
        + contract(DEPRECATED, moved, name="moved")
        + contract(ABSOLUTE, "source_modules = tests", name="absolute")
        + contract("layers", "layers =\n    app.a\n    app.b", name="layered")
    )
    name = "a_module_with_a_name_that_is_longer_than_a_line_of_eighty_characters_can_be"
    write(project, {".importlinter": configuration, f"tests/unit/{name}.py": OLD})

    outcome = processes.lint_imports(project)

    assert outcome.errors == ""
    lines = outcome.output.splitlines()
    assert lines[lines.index("Moved BROKEN (1 ignored import)") :] == [
        "Moved BROKEN (1 ignored import)",
        "Absolute KEPT",
        "Layered KEPT",
        "",
        "Contracts: 2 kept, 1 broken.",
        "",
        "",
        "----------------",
        "Broken contracts",
        "----------------",
        "",
        "Moved",
        "-----",
        "",
        f"tests.unit.{name}:",
        "",
        f"-   tests/unit/{name}.py:1:8: {USE_NEW}",
        "",
        "tests.unit.test_a:",
        "",
        f"-   tests/unit/test_a.py:2:8: {USE_NEW}",
        f"-   tests/unit/test_a.py:3:8: {USE_NEW}",
        "",
        "Ask [bold]A[/bold].",
        "Or B.",
        "",
    ]
    assert outcome.status == 1


def test_what_is_kept(project: Path) -> None:
    write(project, {".importlinter": ini(ABSOLUTE, "source_modules = app.b")})

    outcome = processes.lint_imports(project)

    assert "Rule KEPT" in outcome.output
    assert outcome.status == 0


def test_toml(project: Path) -> None:
    (project / ".importlinter").unlink()
    write(project, {"pyproject.toml": toml(DEPRECATED, 'deprecated = {"app.old" = "app.new"}')})

    outcome = processes.lint_imports(project)

    assert outcome.violations == run_check(project).violations
    assert len(outcome.violations) == 3
    assert outcome.status == 1


def test_a_named_configuration(project: Path) -> None:
    write(project, {"settings/rules.ini": ini(ABSOLUTE)})

    outcome = run_lint_imports(project, "--config", "settings/rules.ini")

    assert outcome.violations == ["app/a.py:1:6: IMC101 relative import '.'; use 'app'"]


def test_a_type_may_be_registered_under_any_name_and_by_its_own_module(project: Path) -> None:
    module = "linter_ext.contract_types.deprecated_imports.DeprecatedImportsContract"
    configuration = session(types=[f"moved: {module}"]) + contract("moved", MOVED)
    write(project, {".importlinter": configuration})

    assert len(run_lint_imports(project).violations) == 3
    assert len(run_check(project).violations) == 3


def test_a_type_of_import_linters_under_another_name(project: Path) -> None:
    registered = [TYPES[DEPRECATED], "theirs: importlinter.contracts.layers.LayersContract"]
    layers = contract("theirs", "layers =\n    app.a\n    app.b", name="layered")
    configuration = session(types=registered) + contract(DEPRECATED, MOVED) + layers
    write(project, {".importlinter": configuration})

    outcome = run_lint_imports(project)

    assert "Layered KEPT" in outcome.output
    assert len(outcome.violations) == 3
    assert run_check(project).violations == outcome.violations


def test_one_contract_may_be_chosen(project: Path) -> None:
    configuration = session() + contract(DEPRECATED, MOVED, name="a") + contract(ABSOLUTE, name="b")
    write(project, {".importlinter": configuration})

    outcome = run_lint_imports(project, "--contract", "b")

    assert outcome.violations == ["app/a.py:1:6: IMC101 relative import '.'; use 'app'"]


def test_our_contracts_share_one_reading_of_the_project(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    list_sources = discovery.list_sources

    def counting(
        root: Path, roots: Iterable[Root], unwanted: Collection[str], note: Note
    ) -> Listing:
        asked.append(root)
        return list_sources(root, roots, unwanted, note)

    monkeypatch.setattr("linter_ext.project.list_sources", counting)
    configuration = session() + contract(DEPRECATED, MOVED, name="a") + contract(ABSOLUTE, name="b")
    write(project, {".importlinter": configuration})

    assert len(run_lint_imports(project).violations) == 4
    assert len(asked) == 1


def test_it_says_how_much_it_read_if_asked(project: Path) -> None:
    assert "Judged 4 files by their text." in run_lint_imports(project, "--verbose").output


@pytest.mark.parametrize(
    ("alerting", "status", "told"),
    [
        ("", 1, "No matches for ignored import app.b -> app.old."),
        ("warn", 0, "- No matches for ignored import app.b -> app.old."),
        ("none", 0, None),
    ],
)
def test_imports_to_ignore_that_match_nothing(
    alerting: str, status: int, told: str | None, project: Path
) -> None:
    option = f"unmatched_ignore_imports_alerting = {alerting}" if alerting else ""
    ignored = "ignore_imports =\n    app.a -> app.old\n    tests.** -> app.*\n    app.b -> app.old"
    write(project, {".importlinter": ini(DEPRECATED, f"{MOVED}\n{ignored}\n{option}")})

    outcome = run_lint_imports(project)

    assert outcome.status == status
    assert ("Rule KEPT (3 ignored imports" in outcome.output) == (status == 0)
    assert ("app.b -> app.old" in outcome.output) == (told is not None)
    if told is not None:
        assert told in outcome.output.splitlines()


def test_brackets_and_line_numbers_are_not_markup(project: Path) -> None:
    reason = "[red]see [1][/red] :100:"
    table = f'[[moves]]\nold = "app.old"\nreason = "{reason}"\n'
    files = {"moves.toml": table, "app/a.py": "\n" * 99 + OLD, "tests/unit/test_a.py": ""}
    write(project, {".importlinter": ini(DEPRECATED, "moves = moves.toml"), **files})

    outcome = run_lint_imports(project)

    message = f"'app.old' is deprecated and has no replacement; stop using it: {reason}"
    assert outcome.violations == [f"app/a.py:100:8: IMC201 {message} (moves.toml:2)"]


def test_what_the_terminal_cannot_show_is_escaped(project: Path) -> None:
    text = "import app.old.\N{GREEK SMALL LETTER ALPHA}\n"
    write(project, {"tests/unit/test_a.py": "", "app/a.py": text})

    outcome = processes.lint_imports(project, environment={"PYTHONIOENCODING": "ascii"})

    assert outcome.violations == [
        r"app/a.py:1:8: IMC201 'app.old./u03b1' is deprecated; use 'app.new./u03b1'"
    ]
    assert outcome.status == 1


def test_a_missing_source_path_is_a_mistake_of_every_contract_of_ours(project: Path) -> None:
    configuration = (
        session("source_paths = gone")
        + contract(ABSOLUTE, name="one")
        + contract(ABSOLUTE, name="two")
    )
    write(project, {".importlinter": configuration})

    outcome = run_lint_imports(project)

    assert "source_paths: 'gone' does not exist;" in outcome.output
    assert outcome.status == 1
    assert run_check(project) == Outcome(
        2,
        "",
        "error: .importlinter: source_paths: 'gone' does not exist; "
        "name a folder or file below the project root\n",
    )
