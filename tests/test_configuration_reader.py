"""A configuration file is read exactly as import-linter itself reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importlinter import api

from linter_ext.configuration_reader import READ_ERRORS, read_configuration
from tests import test_configuration_mistakes as mistakes
from tests.configurations import (
    ABSOLUTE,
    CANONICAL,
    DEPRECATED,
    MOVED,
    contract,
    ini,
    session,
    toml,
)
from tests.front_ends import write

ROOT = Path(__file__).parent.parent
NAMES = (".importlinter", "setup.cfg", "rules.ini", "pyproject.toml")


def ours(path: Path) -> str:
    """Return what is read, or why nothing is; as text, because NaN equals nothing."""
    try:
        read, contracts = read_configuration(str(path))
    except READ_ERRORS as error:
        return repr(error)
    return repr((read, contracts))


def theirs(path: Path) -> str:
    """Return the same of import-linter."""
    try:
        read = api.read_configuration(str(path))
    except READ_ERRORS as error:
        return repr(error)
    return repr((read["session_options"], read["contracts_options"]))


GOOD: Mapping[str, Mapping[str, str]] = {
    "one contract": {".importlinter": ini(DEPRECATED, MOVED)},
    "several contracts": {
        "setup.cfg": session("source_paths = tests") + contract(ABSOLUTE) + contract(CANONICAL),
    },
    "other sections": {"setup.cfg": f"[flake8]\nselect = IMC\n{ini(ABSOLUTE)}[tox]\n"},
    "defaults for all sections": {"rules.ini": f"[DEFAULT]\nnoqa = forbid\n{ini(ABSOLUTE)}"},
    "options in capitals": {".importlinter": ini(ABSOLUTE, "BAN = all\nNoQA = forbid")},
    "substitutions": {".importlinter": ini(ABSOLUTE, "ban = all\nnoqa = %(ban)s%%")},
    "comments and blank lines": {
        ".importlinter": ini(DEPRECATED, "# why\ndeprecated =\n    a\n\n    ; no\n    b => c\n\n")
    },
    "one root package": {".importlinter": "[importlinter]\nroot_package = app\n"},
    "one root package beside several": {
        ".importlinter": "[importlinter]\nroot_package = a\nroot_packages =\n    b\n    c\n"
    },
    "colons in the name of a contract": {
        ".importlinter": session()
        + "[importlinter:contract:a:b]\n[importlinter:x]\n[importlinter:]\n"
    },
    "TOML": {"pyproject.toml": toml(DEPRECATED, 'deprecated = ["a", "b => c"]')},
    "TOML of every kind": {
        "pyproject.toml": toml(
            ABSOLUTE,
            "a = true\nb = 1\nc = 1.5\nd = 2020-01-01\ne = {f = false}\ng = [true]",
            "show_timings = true\nx = nan",
        )
    },
    "TOML with one root package": {
        "pyproject.toml": "[tool.importlinter]\nroot_package = 'app'\n[tool.black]\n"
    },
    "TOML that is empty": {"pyproject.toml": ""},
    "a folder": {"pyproject.toml/x": ""},
    "no file": {},
}
BAD = {name: mistake.files for name, mistake in mistakes.ALL.items()}


@pytest.mark.parametrize("files", [pytest.param(v, id=k) for k, v in {**GOOD, **BAD}.items()])
def test_every_configuration_of_the_tests(files: Mapping[str, str | bytes], tmp_path: Path) -> None:
    write(tmp_path, files)

    for name in NAMES:
        assert ours(tmp_path / name) == theirs(tmp_path / name)


@pytest.mark.parametrize(
    "name", [".importlinter", "pyproject.toml", "contracts/documents.importlinter"]
)
def test_our_own_configurations(name: str) -> None:
    assert ours(ROOT / name) == theirs(ROOT / name)


WORDS = st.sampled_from(
    ["root_package", "root_packages", "contracts", "name", "type", "id", "a", "%", "%(a)s", "é", ""]
)
INI_LINES = st.one_of(
    st.builds(
        "[{}]".format, st.sampled_from(["importlinter", "importlinter:contract:a", "DEFAULT", "x"])
    ),
    st.builds("{} {} {}".format, WORDS, st.sampled_from(["=", ":", "", "= #"]), WORDS),
    st.builds("  {}".format, WORDS),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(lines=st.lists(INI_LINES, max_size=12), starts=st.booleans())
def test_ini_files_of_any_kind(
    lines: list[str], starts: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.ini"
    path.write_text("\n".join(["[importlinter]"] * starts + lines), encoding="utf-8")

    assert ours(path) == theirs(path)


TOML_VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(-9, 9), st.sampled_from(["app", "a\nb", "é", "", " x "])),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
TOML_TABLES = st.dictionaries(
    st.sampled_from(["root_package", "root_packages", "name", "type", "id", "a"]),
    TOML_VALUES,
    max_size=4,
)


def as_toml(table: Mapping[str, object]) -> str:
    """Return the lines of a table; JSON writes such values as TOML does."""
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(options=TOML_TABLES, contracts=st.one_of(st.lists(TOML_TABLES, max_size=3), TOML_VALUES))
def test_toml_files_of_any_kind(
    options: Mapping[str, object],
    contracts: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    text = f"[tool.importlinter]\n{as_toml(options)}"
    if isinstance(contracts, list) and all(isinstance(item, dict) for item in contracts):
        text += "".join(f"[[tool.importlinter.contracts]]\n{as_toml(item)}" for item in contracts)
    else:
        text += f"contracts = {json.dumps(contracts)}\n"
    path.write_text(text, encoding="utf-8")

    assert ours(path) == theirs(path)
