"""What holds of `linter-ext fix` on every project of every case table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from linter_ext.codes import Code
from tests.cases import (
    absolute_imports,
    acyclic_imports,
    canonical_imports,
    dead_references,
    deprecated_imports,
    graph_contracts,
    resolvable_imports,
    uncollectable,
)
from tests.front_ends import run_check, run_command, write
from tests.python_texts import comments, parses

TABLES = {
    "absolute_imports": absolute_imports.CASES,
    "deprecated_imports": deprecated_imports.CASES,
    "canonical_imports": canonical_imports.CASES,
    "resolvable_imports": {**resolvable_imports.CASES, **dead_references.CASES},
    "acyclic_imports": acyclic_imports.CASES,
    **graph_contracts.TABLES,
}
PROJECTS: Mapping[str, Mapping[str, str]] = {
    **{
        f"{contract_type}: {name}": case.project(contract_type)
        for contract_type, cases in TABLES.items()
        for name, case in cases.items()
    },
    **{f"no contract: {name}": item.texts for name, item in uncollectable.PROJECTS.items()},
}
MENDABLE = frozenset(
    {
        Code.RELATIVE_IMPORT,
        Code.DEPRECATED_MODULE,
        Code.DEPRECATED_NAME,
        Code.DEPRECATED_REFERENCE,
        Code.OVERDUE,
        Code.NOT_CANONICAL,
        Code.REFERENCE_NOT_CANONICAL,
        Code.NO_MODULE,
        Code.NO_NAME,
        Code.NO_PACKAGE,
        Code.DEAD_REFERENCE,
    }
)
_VIOLATION = re.compile(r"(?P<path>.+?):\d+:\d+: (?P<code>IMC\d{3}) (?P<message>.*)")


def told(violations: Iterable[str]) -> Counter[tuple[str, str, str]]:
    """Return what is said of which file, wherever in it."""
    found = (_VIOLATION.fullmatch(line) for line in violations)
    return Counter((item["path"], item["code"], item["message"]) for item in found if item)


def contents(root: Path) -> dict[str, bytes]:
    """Return what the source files of a project hold."""
    files = (*root.rglob("*.py"), *root.rglob("*.pyi"))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_a_fix_breaks_nothing(files: Mapping[str, str], tmp_path: Path) -> None:
    root, untouched = tmp_path / "fixed", tmp_path / "untouched"
    write(root, files)
    before = contents(root)

    outcome = run_command(root, "fix")

    after = contents(root)
    changed = {path for path in before if before[path] != after.get(path)}
    assert before.keys() == after.keys()
    for path in changed:
        assert parses(after[path])
        assert not comments(before[path]) - comments(after[path])
    if changed:
        write(untouched, files)
        known = told(run_check(untouched).violations)
        assert changed <= {path for path, code, _ in known if code in MENDABLE}
        assert not told(run_check(root).violations) - known
        again = run_command(root, "fix")
        assert contents(root) == after
        assert "Nothing to fix." in again.output
        assert again.status == outcome.status


def test_the_tables_hold_much_that_can_be_fixed(tmp_path: Path) -> None:
    number = 0
    for place, (name, files) in enumerate(PROJECTS.items()):
        if name.startswith("deprecated"):
            root = tmp_path / str(place)
            write(root, files)
            number += "Would fix" in run_command(root, "fix", "--check").output

    assert number >= 90
