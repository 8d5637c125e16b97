"""Modules whose names others write: a function may reach into the globals of its caller."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.parser import module_statements
from linter_ext.source.text import UnreadableError

if TYPE_CHECKING:
    from linter_ext.source.frame_writes import Written

_FRAMES = re.compile(
    r"\bf_globals\b|\bf_locals\b|\b_getframe\b|\bcurrentframe\b|\binspect\.stack\b"
)
"""A text that has none of these reaches into no caller."""

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Callers:
    """Tells which names a module may get from the functions that it calls while it is imported.

    One for each index: `index.derived(Callers)`.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._by_path: dict[str, frozenset[Written]] = {}

    def may_get(self, file: SourceFile, name: str) -> bool:
        """Return whether a function may bind a name in the module that calls it."""
        try:
            called = find_called(file.tree)
        except UnreadableError:
            return False
        return any(
            written.may_be(name)
            for function in called
            for definition in self._index.definitions(file.module.name, function)
            for written in self._writes(definition.module)
        )

    def _writes(self, module: str) -> frozenset[Written]:
        """Return what functions of a module may put into their callers."""
        file = self._index.file(module)
        if file is None or _FRAMES.search(file.source.text) is None:
            return frozenset()
        from linter_ext.source.frame_writes import find_frame_writes  # noqa: PLC0415 - few do

        if file.path not in self._by_path:
            try:
                self._by_path[file.path] = find_frame_writes(file.tree)
            except UnreadableError:
                self._by_path[file.path] = frozenset()
        return self._by_path[file.path]


def find_called(tree: ast.Module) -> frozenset[str]:
    """Return the names that decorators and calls at module level start from."""
    found: set[str] = set()
    for statement in module_statements(tree):
        if isinstance(statement, _DEFINITIONS):
            found.update(_root(item) for item in statement.decorator_list)
        elif isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)):
            nodes = ast.walk(statement)
            found.update(_root(node) for node in nodes if isinstance(node, ast.Call))
    return frozenset(name for name in found if name)


def _root(expression: ast.expr) -> str:
    """Return the name that an expression such as `a.b(…)` starts from; nothing for any other."""
    while isinstance(expression, (ast.Call, ast.Attribute)):
        expression = expression.func if isinstance(expression, ast.Call) else expression.value
    return expression.id if isinstance(expression, ast.Name) else ""
