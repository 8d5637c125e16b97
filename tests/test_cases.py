"""Every case, through the pure judgement and through every front end: one verdict."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cases import absolute_imports, canonical_imports, deprecated_imports
from tests.cases.case import Case
from tests.front_ends import FRONT_ENDS, judge, run_flake8, write

TABLES: Mapping[str, Mapping[str, Case]] = {
    "absolute_imports": absolute_imports.CASES,
    "deprecated_imports": deprecated_imports.CASES,
    "canonical_imports": canonical_imports.CASES,
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


@pytest.mark.parametrize("contract_type", TABLES)
def test_each_table_holds_valid_and_invalid_cases(contract_type: str) -> None:
    invalid = sum(bool(case.expected) for case in TABLES[contract_type].values())

    assert 15 <= invalid <= len(TABLES[contract_type]) - 15


# What flake8 cannot be told by the configuration of the contracts, and so stands in no table.


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

    assert found == [
        "tests/test_a.py:3:20: IMC301 'broken.thing' is not the canonical path; "
        "use 'app.home.thing'"
    ]
