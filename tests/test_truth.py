"""The run-time truth harness, on a tiny project: real breakages, real child processes."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from benchmarks import truth_edits
from benchmarks.truth_breakages import KINDS, draw
from benchmarks.truth_compare import Score, Unbroken, compare
from benchmarks.truth_ground import Breakage, survey
from benchmarks.truth_layout import Layout, Needs, layout_of
from benchmarks.truth_references import Kind, Reference, references_of
from benchmarks.truth_runtime import MISSING, Truth, observe
from benchmarks.truth_said import Said, Unit, read_report
from benchmarks.truth_statements import Where, statements_of
from benchmarks.truth_tree import Name, Tree, read_tree
from benchmarks.truth_workspace import Workspace
from tests import processes
from tests.front_ends import write

FILES = {
    "app/__init__.py": "from app.core import Engine, start\nfrom .util import helper\n",
    "app/core.py": (
        "import os\n\n__all__ = ['Engine', 'start']\n\nLIMIT = 1\n\n\n"
        "class Engine:\n    speed = 1\n\n    def run(self):\n        return os.name\n\n\n"
        "def start():\n    return Engine().run()\n"
    ),
    "app/util.py": "from app.core import LIMIT\n\n\ndef helper():\n    return LIMIT\n",
    "app/deep/__init__.py": "",
    "app/deep/leaf.py": "from ..util import helper\n\nleaf = helper\n",
    "tests/__init__.py": "",
    "tests/test_core.py": (
        "from unittest.mock import patch\n\nfrom app import Engine, start\n"
        "from app.core import LIMIT\n\n\n"
        "@patch('app.core.os')\n@patch('app.core.Engine.run')\n@patch('app.util.helper')\n"
        "def test_start(*_):\n    assert start() and Engine and LIMIT\n"
    ),
    "tests/test_leaf.py": "from app.deep import leaf\n\n\ndef test_leaf():\n    leaf.leaf()\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "tiny-1.0"
    write(root, FILES)
    return root


@pytest.fixture
def workspace(project: Path, tmp_path: Path) -> Workspace:
    return Workspace(project, tmp_path / "work", Needs())


def tree_of(files: Mapping[str, str]) -> Tree:
    return Tree(Layout(".", {"app": "app"}, ("tests",)), files)


def broken(workspace: Workspace, edits: Mapping[str, str | None]) -> Truth:
    """Return what the run time says of the tiny project with edits."""
    with workspace.broken(edits):
        return observe(tree_of(FILES).edited(edits), workspace, Needs(), ())


def missing(truth: Truth) -> list[str]:
    return [
        f"{item.path}:{item.line} {item.module} {item.name} {item.verdict}"
        for item in (*truth.statements, *truth.references)
        if item.verdict in MISSING
    ]


# Projects.


def test_a_project_is_read_as_it_lies_on_the_disk(project: Path) -> None:
    layout = layout_of(project)

    assert layout == Layout(".", {"app": "app"}, ("tests",))
    assert read_tree(project, layout).texts == FILES


def test_a_namespace_package_below_src_is_found_by_its_portion(tmp_path: Path) -> None:
    write(tmp_path, {"src/top/part/__init__.py": "", "checks/test_a.py": ""})

    assert layout_of(tmp_path) == Layout("src", {"top.part": "src/top/part"}, ("checks",))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("app/deep/__init__.py", Name(".", "app.deep", "app.deep")),
        ("app/deep/leaf.py", Name(".", "app.deep.leaf", "app.deep")),
        ("tests/test_core.py", Name(".", "tests.test_core", "tests")),
        ("tests/scripts/one.py", Name("tests/scripts", "one", "")),
    ],
)
def test_files_are_named_as_they_run(path: str, name: Name) -> None:
    assert tree_of({**FILES, "tests/scripts/one.py": ""}).name_of(path) == name


# Statements and references.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import a.b, c", [("import a.b", Where.PLAIN), ("import c", Where.PLAIN)]),
        (
            "from ..a import (\n    b,\n    c as d,\n)",
            [
                ("from ..a import b", Where.PLAIN),
                ("from ..a import c", Where.PLAIN),
            ],
        ),
        ("from __future__ import annotations", []),
        (
            "if TYPE_CHECKING:\n    import a\nelse:\n    import b",
            [
                ("import a", Where.TYPING),
                ("import b", Where.PLAIN),
            ],
        ),
        (
            "if sys.version_info < (3, 0):\n    import a\nelse:\n    import b",
            [
                ("import a", Where.DEAD),
                ("import b", Where.PLAIN),
            ],
        ),
        (
            "try:\n    import a\nexcept ImportError:\n    import b",
            [
                ("import a", Where.GUARDED),
                ("import b", Where.GUARDED),
            ],
        ),
        (
            "def f():\n    with pytest.raises(ImportError):\n        import a",
            [
                ("import a", Where.LAZY | Where.DELIBERATE),
            ],
        ),
    ],
)
def test_statements_are_found_one_for_each_name(text: str, found: list[tuple[str, Where]]) -> None:
    assert [(item.code, item.where) for item in statements_of(ast.parse(text))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("patch('a.b')", [Reference(1, "a.b", Kind.ATTRIBUTE)]),
        (
            "mocker.patch(target='a.b', create=True)",
            [
                Reference(1, "a.b", Kind.ATTRIBUTE, may_lack=True),
            ],
        ),
        ("patch.dict('a.b', {})", [Reference(1, "a.b", Kind.OBJECT)]),
        ("patch.multiple('a.b', x=1)", [Reference(1, "a.b", Kind.OBJECT, ("x",))]),
        ("monkeypatch.setattr('a.b', 1)", [Reference(1, "a.b", Kind.ATTRIBUTE)]),
        ("monkeypatch.setattr(a, 'b', 1)", []),
        ("import_module('a.b')", [Reference(1, "a.b", Kind.MODULE)]),
        ("pytest_plugins = ['a.b']", [Reference(1, "a.b", Kind.MODULE)]),
        ("HOME = 'a'\npatch(f'{HOME}.b')", [Reference(2, "a.b", Kind.ATTRIBUTE)]),
        ("patch(f'{home}.b')", []),
    ],
)
def test_references_are_found(text: str, found: list[Reference]) -> None:
    assert references_of(ast.parse(text)) == found


# Breakages.


def test_every_kind_of_breakage_is_drawn_and_leaves_valid_python() -> None:
    ground = survey(tree_of(FILES))

    drawn = [draw(ground, "seed", number) for number in range(3 * len(KINDS))]

    assert {item.kind for item in drawn if item} == set(KINDS)
    assert all(_parses(item) for item in drawn)
    assert drawn == [draw(ground, "seed", number) for number in range(3 * len(KINDS))]


def _parses(breakage: Breakage | None) -> bool:
    assert breakage is not None
    return all(ast.parse(text or "") is not None for text in breakage.edits.values())


def test_a_module_that_turns_into_a_package_breaks_nothing(workspace: Workspace) -> None:
    edits = {
        "app/deep/leaf.py": None,
        "app/deep/leaf/__init__.py": "from ...util import helper\n\nleaf = helper\n",
    }

    truth = broken(workspace, edits)

    assert (missing(truth), truth.uncollectable) == ([], {})


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("x = 1\ndef f(): ...\n", "x = 1\ndef f2(): ...\n"),
        ("def f(): ...\nf()\na.f\n", "def f2(): ...\nf2()\na.f\n"),
        ("é = [f]\nb'é'\n", "é = [f2]\nb'é'\n"),
    ],
)
def test_a_name_is_renamed_by_its_tokens(text: str, edited: str) -> None:
    assert truth_edits.renamed(text, "f", "f2") == edited


def test_a_name_is_taken_off_the_exports() -> None:
    text = "__all__ = [\n    'a',\n    'b',\n]\n"

    assert truth_edits.without_export(text, "a") == "__all__ = [\n    \n    'b',\n]\n"


def test_a_line_goes_below_docstring_and_future_imports() -> None:
    text = '"""Doc."""\nfrom __future__ import annotations\nimport os\n'

    assert truth_edits.with_line_at_top(text, "import a") == (
        '"""Doc."""\nfrom __future__ import annotations\nimport a\nimport os\n'
    )


@pytest.mark.parametrize(
    ("text", "is_used"),
    [
        ("def f(): ...\nf()", True),
        ("def f(): ...\ndef g(): return f()", False),
        ("def f(): ...\ndef g(x=f): ...", True),
        ("def f(): ...\nclass A:\n    x = f", True),
        ("def f(): ...\n@f\ndef g(): ...", True),
    ],
)
def test_what_a_module_uses_while_it_is_imported(text: str, is_used: bool) -> None:
    assert truth_edits.used_at_import(ast.parse(text), "f") is is_used


# What the run time says.


def test_nothing_is_missing_in_the_unbroken_project(workspace: Workspace) -> None:
    truth = broken(workspace, {})

    assert (missing(truth), truth.uncollectable, truth.cycles) == ([], {}, [])


def test_a_missing_module_is_missing_where_it_is_asked_for(workspace: Workspace) -> None:
    truth = broken(workspace, {"app/core.py": None})

    assert missing(truth) == [
        "app/__init__.py:1 app.core Engine no module",
        "app/__init__.py:1 app.core start no module",
        "app/util.py:1 app.core LIMIT no module",
        "tests/test_core.py:4 app.core LIMIT no module",
        "tests/test_core.py:7 app.core.os None no name",
        "tests/test_core.py:8 app.core.Engine.run None no name",
    ]
    assert sorted(truth.uncollectable) == ["tests/test_core.py", "tests/test_leaf.py"]


def test_a_missing_name_and_a_missing_attribute(workspace: Workspace) -> None:
    text = FILES["app/core.py"].replace("LIMIT = 1", "LIMITS = 1").replace("def run", "def go")

    truth = broken(workspace, {"app/core.py": text})

    assert missing(truth) == [
        "app/util.py:1 app.core LIMIT no name",
        "tests/test_core.py:4 app.core LIMIT no name",
        "tests/test_core.py:8 app.core.Engine.run None no name",
    ]


def test_a_star_import_of_names_that_are_not_bound(workspace: Workspace) -> None:
    edits = {
        "app/core.py": FILES["app/core.py"].replace("def start", "def begin"),
        "app/__init__.py": "from app.core import *\n",
        "tests/test_core.py": "from app import Engine, start\n",
    }

    truth = broken(workspace, edits)

    assert missing(truth) == [
        "app/__init__.py:1 app.core * no name",
        "tests/test_core.py:1 app start no name",
    ]


def test_a_fatal_cycle_has_a_place(workspace: Workspace) -> None:
    edits = {"app/core.py": f"from app.util import helper\n{FILES['app/core.py']}"}

    with workspace.broken(edits):
        tree = tree_of(FILES).edited(edits)
        truth = observe(tree, workspace, Needs(), ("app.core", "app.util"))

    assert truth.cycles == [("app/util.py", 1)]


def test_a_conftest_that_fails_stops_every_test_below_it(workspace: Workspace) -> None:
    truth = broken(workspace, {"tests/conftest.py": "import app.gone\n"})

    error = "tests/conftest.py: E   ModuleNotFoundError: No module named 'app.gone'"
    assert truth.uncollectable == {"tests/test_core.py": error, "tests/test_leaf.py": error}


def test_names_for_type_checkers_are_allowed_among_type_checkers(workspace: Workspace) -> None:
    typing = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    "
    edits = {
        "app/core.py": f"{typing}Speed = int\n{FILES['app/core.py']}",
        "tests/test_leaf.py": f"{typing}from app.core import Speed, Gone\n",
    }

    truth = broken(workspace, edits)

    assert missing(truth) == ["tests/test_leaf.py:4 app.core Gone no name"]


def test_the_workspace_is_mended_again(project: Path, workspace: Workspace) -> None:
    write(project / "app", {"deep/data.txt": "data"})
    shutil.copytree(project, workspace.root, dirs_exist_ok=True)
    edits: dict[str, str | None] = {path: None for path in FILES if path.startswith("app/")}

    with workspace.broken({**edits, "app.py": ""}):
        there = sorted(path.name for path in workspace.root.iterdir())

    assert there == ["app.py", "tests"]
    assert _contents(workspace.root) == _contents(project)


def _contents(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in root.rglob("*")
        if path.is_file()
    }


def test_what_the_run_time_says_can_be_kept(workspace: Workspace) -> None:
    truth = broken(workspace, {"app/core.py": None})

    assert Truth.from_json(truth.as_json()) == truth


# Comparing.

CORE = Unit("app/util.py", 1, "app.core", None)
NOTHING = Said({}, {}, frozenset(), {}, [])


def test_what_is_found_missed_and_wrong_is_counted(workspace: Workspace) -> None:
    before = broken(workspace, {})
    truth = broken(workspace, {"app/core.py": None})
    wrong = Unit("app/deep/leaf.py", 1, "app.util", "helper")
    said = Said(
        {CORE: "IMC401 gone", wrong: "IMC402 gone"},
        {("tests/test_core.py", 7, "app.core.os"): "IMC404 gone"},
        frozenset({"tests/test_core.py", "tests/test_other.py"}),
        {},
        [],
    )

    result = compare(truth, said, Unbroken(before, NOTHING), {})

    assert result.tried == 10
    assert result.scores == {
        "modules": Score(truth=3, found=1, false=0),
        "names": Score(truth=0, found=0, false=1),
        "references": Score(truth=2, found=1, false=0),
        "uncollectable": Score(truth=2, found=1, false=1),
        "of any error": Score(truth=2, found=1, false=1),
        "cycles": Score(),
    }
    assert len(result.disagreements) == 6


def test_what_was_missing_before_does_not_count(workspace: Workspace) -> None:
    truth = broken(workspace, {"app/core.py": None})

    result = compare(truth, NOTHING, Unbroken(truth, NOTHING), {})

    assert all(score == Score() for score in result.scores.values())
    assert result.disagreements == []


def test_shares() -> None:
    score = Score(truth=4, found=3, false=1)
    score += Score(truth=1, found=0, false=0)

    assert (score.precision, score.recall) == (0.75, 0.6)
    assert (Score().precision, Score().recall) == (1.0, 1.0)


def test_a_report_is_read_by_statement() -> None:
    tree = tree_of({"app/__init__.py": "from app.core import (\n    a,\n    b,\n)\n"})
    violation = {
        "code": "IMC402",
        "path": "app/__init__.py",
        "line": 3,
        "column": 5,
        "name": "b",
        "message": "gone",
    }
    stray = {**violation, "line": 9}
    document = {"violations": [violation, stray], "uncollectable": [{"path": "tests/test_a.py"}]}

    said = read_report(tree, CompletedProcess((), 1, json.dumps(document), ""))

    assert said == Said(
        {Unit("app/__init__.py", 1, "app.core", "b"): "IMC402 gone"},
        {},
        frozenset({"tests/test_a.py"}),
        {},
        ["app/__init__.py:9: IMC402 gone"],
    )


# The command.


def test_the_command_finds_no_disagreement_on_the_tiny_project(project: Path) -> None:
    outcome = processes.python(
        Path(__file__).parent.parent,
        *("-m", "benchmarks.truth", str(project.parent), "--breakages", "1", "--jobs", "1"),
    )

    lines = outcome.output.splitlines()
    assert outcome.status == 0, outcome.errors
    assert "tiny-1.0: 1 breakages, 11 statements tried" in lines
    assert not [line for line in lines if line.startswith("!")]
