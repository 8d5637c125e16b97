"""What JSON tells of imports that fail: where they stand, what they ask for, what is missing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cases.case import Case
from tests.front_ends import run_check, write

FILES = {
    "app/home.py": "thing = 1\n",
    "app/listed.py": "__all__ = ['gone']\n",
    "tests/helpers.py": "",
}
FACTS: Mapping[str, tuple[str, str, Mapping[str, object]]] = {
    "a module": (
        "app/a.py",
        "import app.home, app.gone.sub as g\n",
        {
            "module": "app.gone.sub",
            "name": None,
            "target": "app.gone.sub",
            "column": 18,
            "end_column": 35,
        },
    ),
    "a module that names are taken from": (
        "app/a.py",
        "from .gone.sub import (\n    x,\n    y,\n)\n",
        {
            "module": "app.gone.sub",
            "name": None,
            "target": "app.gone.sub",
            "column": 6,
            "end_line": 1,
            "end_column": 15,
        },
    ),
    "a name": (
        "app/a.py",
        "from app.home import (\n    thing,\n    gone as g,\n)\n",
        {
            "module": "app.home",
            "name": "gone",
            "target": "app.home.gone",
            "line": 3,
            "column": 5,
            "end_line": 3,
            "end_column": 14,
        },
    ),
    "a name of a package": (
        "app/a.py",
        "from app import gone\n",
        {"module": "app", "name": "gone", "target": "app.gone", "end_column": 21},
    ),
    "a submodule of a file": (
        "app/a.py",
        "from app.home.thing.deep import x\n",
        {
            "code": "IMC403",
            "module": "app.home.thing.deep",
            "name": None,
            "target": "app.home.thing.deep",
            "end_column": 25,
        },
    ),
    "a star import of what is listed only": (
        "app/a.py",
        "from app.listed import *\n",
        {"module": "app.listed", "name": "gone", "target": "app.listed.gone", "column": 24},
    ),
    "a relative import that climbs out": (
        "app/a.py",
        "from ..x import y\n",
        {"module": "..x", "name": None, "target": "..x", "end_column": 9},
    ),
    "a neighbour, by the name in the code": (
        "tests/test_a.py",
        "from helpers import gone\n",
        {"module": "helpers", "name": "gone", "target": "helpers.gone", "column": 21},
    ),
    "a fallback that hides failures": (
        "app/a.py",
        "try:\n    from app.home import thing\nexcept ImportError: ...\n",
        {"code": "IMC405", "module": "app.home", "name": None, "target": "app.home", "line": 2},
    ),
    "a fallback that hides failures of a module": (
        "app/a.py",
        "try:\n    from app import home\nexcept ImportError: ...\n",
        {"code": "IMC405", "module": "app", "name": "home", "target": "app.home", "column": 21},
    ),
    "what is not installed": (
        "app/a.py",
        "from linter_ext_nowhere.sub import x, y\n",
        {"code": "IMC406", "module": "linter_ext_nowhere.sub", "name": None, "end_column": 28},
    ),
}


@pytest.mark.parametrize(("path", "text", "facts"), FACTS.values(), ids=FACTS)
def test_facts(path: str, text: str, facts: Mapping[str, object], tmp_path: Path) -> None:
    case = Case(files={**FILES, path: text}, options="third_party = installed")
    write(tmp_path, case.project("resolvable_imports"))

    (found,) = json.loads(run_check(tmp_path, "--format", "json").output)["violations"]

    assert {key: found[key] for key in facts} == facts
    assert (found["path"], found["importer"]) == (path, path[:-3].replace("/", "."))


CAUSES: Mapping[str, tuple[str, str]] = {
    "a module": ("import app.gone.sub\nfrom app.gone import x\n", "app.gone"),
    "a name": ("from app.home import gone\n", "app.home.gone"),
    "a submodule of a file": ("import app.home.sub.deep\nimport app.home.sub\n", "app.home.sub"),
    "what is not installed": (
        "import linter_ext_nowhere.a\nimport linter_ext_nowhere.b\n",
        "linter_ext_nowhere",
    ),
}


@pytest.mark.parametrize(("text", "cause"), CAUSES.values(), ids=CAUSES)
def test_one_cause_stands_behind_all_that_fails_for_it(
    text: str, cause: str, tmp_path: Path
) -> None:
    case = Case(files={**FILES, "app/a.py": text}, options="third_party = installed")
    write(tmp_path, case.project("resolvable_imports"))

    outcome = run_check(tmp_path, "--format", "json", "--group-by", "cause")

    found = json.loads(outcome.output)["causes"]
    assert [(item["target"], item["imports"]) for item in found] == [(cause, text.count("\n"))]
