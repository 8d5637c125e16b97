"""Modules whose names others write: a function may reach into the globals of its caller."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.parser import module_statements
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import ModuleName

if TYPE_CHECKING:
    from linter_ext.source.frame_writes import Written

_FRAMES = ("f_globals", "f_locals", "_getframe", "currentframe", "inspect.stack")
"""A text that has none of these reaches into no caller."""

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Callers:
    """Tells which names a module may get from the functions that it calls while it is imported.

    One for each index: `index.derived(Callers)`.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._got: dict[str, frozenset[Written]] = {}

    def may_get(self, file: SourceFile, name: str) -> bool:
        """Return whether a function of the project may bind a name in the module that calls it."""
        if not self._written:
            return False
        if file.path not in self._got:
            self._got[file.path] = frozenset(self._find(file))
        return any(written.may_be(name) for written in self._got[file.path])

    @cached_property
    def _written(self) -> Mapping[str, frozenset[Written]]:
        """What functions of the project may put into their callers, by their modules."""
        found = {
            module.name: self._written_in(path, module) for path, module in self._index.listed()
        }
        return {module: written for module, written in found.items() if written}

    def _written_in(self, path: str, module: ModuleName) -> frozenset[Written]:
        text = self._index.peek(path)
        if not any(word in text for word in _FRAMES):
            return frozenset()
        from linter_ext.source.frame_writes import find_frame_writes  # noqa: PLC0415 - few do

        try:
            return find_frame_writes(self._index.open(path, module).tree, text)
        except UnreadableError:
            return frozenset()

    def _find(self, file: SourceFile) -> Iterator[Written]:
        """Yield what functions may put into a module that calls them."""
        try:
            called = find_called(file.tree)
        except UnreadableError:
            return
        for function in called:
            for definition in self._index.definitions(file.module.name, function):
                yield from self._written.get(definition.module, ())


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
