"""Every case, through the pure judgement and through every front end: one verdict."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cases import (
    absolute_imports,
    acyclic_imports,
    canonical_imports,
    dead_references,
    deprecated_imports,
    resolvable_imports,
)
from tests.cases.case import Case, Contract, lines
from tests.front_ends import FRONT_ENDS, judge, run_check, run_flake8, write

TABLES: Mapping[str, Mapping[str, Case]] = {
    "absolute_imports": absolute_imports.CASES,
    "deprecated_imports": deprecated_imports.CASES,
    "canonical_imports": canonical_imports.CASES,
    "resolvable_imports": {**resolvable_imports.CASES, **dead_references.CASES},
    "acyclic_imports": acyclic_imports.CASES,
}
ALL = [
    pytest.param(contract_type, case, id=f"{contract_type}: {name}")
    for contract_type, cases in TABLES.items()
    for name, case in cases.items()
]
WITHOUT_FLAKE8 = sorted(FRONT_ENDS.keys() - {"flake8"})


@pytest.mark.parametrize(("contract_type", "case"), ALL)
def test_the_judgement_is_as_expected(contract_type: str, case: Case, tmp_path: Path) -> None:
    project = case.project(contract_type)
    write(tmp_path, project)

    assert judge(tmp_path, project) == sorted(case.expected)


@pytest.mark.parametrize("front_end", FRONT_ENDS)
@pytest.mark.parametrize(("contract_type", "case"), ALL)
def test_every_front_end_gives_the_same_verdict(
    contract_type: str, case: Case, front_end: str, tmp_path: Path
) -> None:
    write(tmp_path, case.project(contract_type))

    assert FRONT_ENDS[front_end](tmp_path) == sorted(case.expected)


def test_the_tables_hold_as_many_cases_as_the_rules_deserve() -> None:
    sizes = {contract_type: len(cases) for contract_type, cases in TABLES.items()}

    assert sizes["absolute_imports"] >= 30
    assert sizes["deprecated_imports"] >= 60
    assert sizes["canonical_imports"] >= 60
    assert sizes["resolvable_imports"] >= 90
    assert sizes["acyclic_imports"] >= 50


@pytest.mark.parametrize("contract_type", TABLES)
def test_each_table_holds_valid_and_invalid_cases(contract_type: str) -> None:
    is_valid = [not case.expected for case in TABLES[contract_type].values()]

    assert is_valid.count(True) >= 10
    assert is_valid.count(False) >= 20


# What flake8 is not told by the contracts' configuration stands in no table.

STUB = Case(
    files={"app/a.pyi": "from .b import c\n", "app/b.py": ""},
    expected=("app/a.pyi:1:6: IMC101 relative import '.b'; use 'app.b'",),
)


@pytest.mark.parametrize("front_end", WITHOUT_FLAKE8)
def test_stubs_are_checked(front_end: str, tmp_path: Path) -> None:
    write(tmp_path, STUB.project("absolute_imports"))

    assert FRONT_ENDS[front_end](tmp_path) == list(STUB.expected)


def test_flake8_checks_stubs_once_it_is_told_to_look_at_them(tmp_path: Path) -> None:
    write(tmp_path, STUB.project("absolute_imports"))

    assert run_flake8(tmp_path).violations == []
    assert run_flake8(tmp_path, "--filename=*.py,*.pyi").violations == list(STUB.expected)


UNSUPPRESSED = Case(
    files={"app/a.py": "# flake8: noqa\nfrom .b import c  # noqa\n"},
    options="noqa = forbid",
    expected=("app/a.py:2:6: IMC101 relative import '.b'; use 'app.b'",),
)


@pytest.mark.parametrize("front_end", WITHOUT_FLAKE8)
def test_noqa_forbid_overrules_comments(front_end: str, tmp_path: Path) -> None:
    write(tmp_path, UNSUPPRESSED.project("absolute_imports"))

    assert FRONT_ENDS[front_end](tmp_path) == list(UNSUPPRESSED.expected)


def test_flake8_overrules_comments_under_disable_noqa(tmp_path: Path) -> None:
    write(tmp_path, UNSUPPRESSED.project("absolute_imports"))

    assert run_flake8(tmp_path).violations == []
    assert run_flake8(tmp_path, "--disable-noqa").violations == list(UNSUPPRESSED.expected)


@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_a_module_that_cannot_be_parsed_does_not_stand_in_the_way_of_its_importers(
    front_end: str, tmp_path: Path
) -> None:
    case = Case(
        files={
            "app/home.py": "thing = 1\n",
            "tests/broken.py": "def (:\n",
            "tests/test_a.py": "import broken\nfrom unittest.mock import patch\n"
            "from broken import thing\n\nbroken.other\npatch('tests.broken.thing')\n",
        },
        options="canonical = thing => app.home\nre_exports = forbid",
    )
    write(tmp_path, case.project("canonical_imports"))

    found = [item for item in FRONT_ENDS[front_end](tmp_path) if "IMC001" not in item]

    message = "'broken.thing' is not the canonical path; use 'app.home.thing'"
    assert found == [f"tests/test_a.py:3:20: IMC301 {message}"]


FACTS = {
    "a module": (
        "from .old import X, Y\n",
        {"module": "app.old", "name": None, "target": "app.old", "column": 6, "end_column": 10},
    ),
    "a module below": (
        "import app.old.sub\n",
        {"module": "app.old.sub", "name": None, "target": "app.old.sub"},
    ),
    "a module as a name": (
        "from app import old as o\n",
        {"module": "app.old", "name": None, "target": "app.old", "column": 17, "end_column": 25},
    ),
    "a name": (
        "from .mod import Old\n",
        {"module": "app.mod", "name": "Old", "target": "app.mod.Old", "end_column": 21},
    ),
    "an attribute": (
        "import app\n(app.\n mod.Old.x)\n",
        {
            "module": "app.mod",
            "name": "Old",
            "line": 2,
            "column": 2,
            "end_line": 3,
            "end_column": 9,
        },
    ),
    "a reference to what lies in a module": (
        "__import__('importlib').import_module('app.old.x')\n",
        {"module": "app.old", "name": None, "target": "app.old.x", "end_column": 50},
    ),
    "a reference to a name": (
        "def f(mocker): mocker.patch('app.mod.Old.x')\n",
        {"module": "app.mod", "name": "Old", "target": "app.mod.Old.x"},
    ),
    "a reference to a module that warns": (
        "def f(mocker): mocker.patch('app.shim.x')\n",
        {"module": "app.shim", "name": None, "target": "app.shim.x"},
    ),
    "a canonical name": (
        "from .mod import thing\n",
        {"module": "app.mod", "name": "thing", "target": "app.mod.thing"},
    ),
    "a reference to a canonical name": (
        "def f(mocker): mocker.patch('app.mod.thing.x')\n",
        {"module": "app.mod", "name": "thing", "target": "app.mod.thing.x"},
    ),
    "a dependency": (
        "from json.decoder import x, y\n",
        {"module": "json.decoder", "name": None, "target": "json.decoder"},
    ),
    "a dependency that is a name": (
        "import os\nos.environ.get\n",
        {"module": "os", "name": "environ", "target": "os.environ", "end_column": 11},
    ),
    "a reference to a dependency": (
        "def f(mocker): mocker.patch('json.loads')\n",
        {"module": "json", "name": None, "target": "json.loads"},
    ),
    "a reference to a dependency that is a name": (
        "def f(mocker): mocker.patch.dict('os.environ')\n",
        {"module": "os", "name": "environ", "target": "os.environ"},
    ),
    "a relative import that climbs out": (
        "from ..x import y\n",
        {"module": "..x", "name": None, "target": "..x"},
    ),
}


@pytest.mark.parametrize(("text", "facts"), FACTS.values(), ids=FACTS)
def test_json_tells_what_is_asked_for(
    text: str, facts: Mapping[str, object], tmp_path: Path
) -> None:
    case = Case(
        files={
            "app/new.py": "",
            "app/mod.py": "New = Old = thing = 1\n",
            "app/shim.py": "import warnings\nwarnings.warn('x', DeprecationWarning)\n",
            "app/a.py": text,
        },
        options=lines("deprecated", "app.old => app.new", "app.mod.Old => app.mod.New")
        + "\ndetect = modules",
        further=(
            Contract(
                type="canonical_imports",
                options="canonical = thing => app.home\n"
                + lines("gateways", "json => app.codec", "os.environ => app.env"),
            ),
            Contract(type="absolute_imports", options="ban = parents"),
        ),
    )
    write(tmp_path, case.project("deprecated_imports"))

    (found,) = json.loads(run_check(tmp_path, "--format", "json").output)["violations"]

    assert {key: found[key] for key in facts} == facts
    assert (found["path"], found["importer"]) == ("app/a.py", "app.a")
