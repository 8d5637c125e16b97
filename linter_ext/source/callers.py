"""Modules whose names others write: a function may reach into the globals of its caller."""

from __future__ import annotations

import ast
import re

from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.parser import module_statements
from linter_ext.source.text import UnreadableError

_FRAMES = re.compile(
    r"\bf_globals\b|\bf_locals\b|\b_getframe\b|\bcurrentframe\b|\binspect\.stack\b"
)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def is_written_into(file: SourceFile, index: Index) -> bool:
    """Return whether a module calls, while it is imported, a function that reads frames.

    Such a function may bind any name in the module that calls it.
    """
    try:
        called = find_called(file.tree)
    except UnreadableError:
        return False
    for name in called:
        for definition in index.definitions(file.module.name, name):
            origin = index.file(definition.module)
            if origin is not None and _FRAMES.search(origin.source.text):
                return True
    return False


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
