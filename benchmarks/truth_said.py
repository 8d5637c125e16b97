"""What linter-ext says of a tree."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from subprocess import CompletedProcess
from typing import Any, NamedTuple

from benchmarks.truth_statements import Statement
from benchmarks.truth_tree import Tree

_IMPORTS = frozenset({"IMC401", "IMC402", "IMC403", "IMC405", "IMC406"})
_NO_NAME = "IMC402"
_REFERENCE = "IMC404"
_CYCLE = "IMC501"
_ONLY_HIDDEN = "is behind a fallback"
"""Says a message of IMC405 where the import itself succeeds."""
_FATAL = ", fatal "
"""Says a message of IMC501 where the cycle stops some process."""


class Unit(NamedTuple):
    """What is counted once: a module or a name that one statement does not get.

    Attributes:
        path:   the file.
        line:   first line of the statement.
        module: the module asked for.
        name:   the name; None where the module is missing.
    """

    path: str
    line: int
    module: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """What linter-ext says of a tree.

    Attributes:
        imports:       unit → code and message.
        references:    file, line, target → message.
        uncollectable: the test files; None if this version does not tell.
        cycles:        fatal cycle, as the way around it → message.
        strays:        violations at no statement that we know.
    """

    imports: Mapping[Unit, str]
    references: Mapping[tuple[str, int, str], str]
    uncollectable: frozenset[str] | None
    cycles: Mapping[str, str]
    strays: list[str]


def read_report(tree: Tree, done: CompletedProcess[str]) -> Said:
    """Read the JSON report of linter-ext.

    Raises:
        RuntimeError: if it is none.
    """
    try:
        document: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise RuntimeError(f"linter-ext: {done.stdout[-2000:]}{done.stderr[-3000:]}") from None
    imports: dict[Unit, str] = {}
    references: dict[tuple[str, int, str], str] = {}
    cycles: dict[str, str] = {}
    strays: list[str] = []
    for item in document["violations"]:
        text = f"{item['code']} {item['message']}"
        if item["code"] == _REFERENCE:
            references[item["path"], item["line"], item["target"]] = text
        elif item["code"] == _CYCLE:
            if _FATAL in text:
                cycles[f"{item['importer']} -> {item['target']}"] = text
        elif item["code"] in _IMPORTS and not (_ONLY_HIDDEN in text and "IMC405" in text):
            unit = _unit(tree, item)
            if unit is None:
                strays.append(f"{item['path']}:{item['line']}: {text}")
            else:
                imports[unit] = text
    listed = document.get("uncollectable")
    uncollectable = None if listed is None else frozenset(item["path"] for item in listed)
    return Said(imports, references, uncollectable, cycles, strays)


def _unit(tree: Tree, item: Mapping[str, Any]) -> Unit | None:
    """Return what a violation is about; None if there is no such statement."""
    path, line = item["path"], item["line"]
    found = [
        statement
        for statement in tree.statements.get(path, [])
        if statement.line <= line <= statement.end and _is_meant(statement, item)
    ]
    if not found:
        return None
    module = found[0].absolute(tree.name_of(path).package)
    is_star = found[0].name == "*" and item["code"] == _NO_NAME
    return Unit(path, found[0].line, module, "*" if is_star else item["name"])


def _is_meant(statement: Statement, item: Mapping[str, Any]) -> bool:
    if item["name"] is not None and statement.name != "*":
        return bool(statement.name == item["name"])
    if statement.name is None:
        line, column = statement.at
        return bool(line == item["line"] and column == item["column"])
    return True
