"""The test files that pytest cannot collect are those that pytest cannot collect."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from linter_ext.cli.exit_status import ExitStatus
from linter_ext.collecting import collect
from linter_ext.project import survey_project
from tests.cases.uncollectable import PROJECTS
from tests.front_ends import run_check, write
from tests.pytest_sessions import Session, sessions
from tests.trees import told

README = told.blocks((Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8"))
SECTION = "Test files that cannot be collected"


@pytest.fixture(scope="module")
def found_by_pytest(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Session]:
    """Return what pytest collects of each project."""
    place = tmp_path_factory.mktemp("projects")
    roots = [place / str(number) for number in range(len(PROJECTS))]
    for root, project in zip(roots, PROJECTS.values(), strict=True):
        write(root, project.texts)
    return dict(zip(PROJECTS, sessions(place, roots), strict=True))


@pytest.mark.parametrize("name", PROJECTS)
def test_what_is_printed(name: str, tmp_path: Path) -> None:
    project = PROJECTS[name]
    write(tmp_path, project.texts)

    outcome = run_check(tmp_path, "--uncollectable", "--quiet")

    assert outcome.output.splitlines() == list(project.expected)
    assert outcome.status == (ExitStatus.VIOLATIONS if project.expected else ExitStatus.CLEAN)


@pytest.mark.parametrize("name", PROJECTS)
def test_pytest_agrees(name: str, tmp_path: Path, found_by_pytest: Mapping[str, Session]) -> None:
    project, session = PROJECTS[name], found_by_pytest[name]
    write(tmp_path, project.texts)

    collection = collect(survey_project(tmp_path))

    failing = {item.path for item in collection.uncollectable}
    assert {path for path in collection.test_files if session.fails(path)} == failing
    assert set(collection.test_files) - failing == set(project.others)
    assert session.collected <= set(collection.test_files)


def test_the_readme_shows_what_is_printed(tmp_path: Path) -> None:
    write(tmp_path, {"shop/__init__.py": "", **told.project(README, "After a refactor")})
    (shown,) = (item.text for item in README if item.section == SECTION)

    output = run_check(tmp_path, "--uncollectable").output

    assert shown == f"$ linter-ext check --uncollectable\n{output}"
