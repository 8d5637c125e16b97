"""Strings that are put together from constants: f-strings, `+`, and names of the module."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from linter_ext.source.bound_names import names_bound_by
from linter_ext.source.parser import all_statements, module_statements
from linter_ext.source.scopes import Scope, ScopeKind
from linter_ext.source.text import SourceText
from linter_ext.source.tree import ModuleName

MODULE_NAMES = frozenset({"__name__", "__package__"})
"""The names that the import system gives each module."""

_MOST_STEPS = 200
"""Constants may be made of one another, even in a circle."""


class Constants:
    """The names that a module assigns exactly once, at its top, and the strings made of them."""

    def __init__(
        self, tree: ast.Module, source: SourceText, module: ModuleName | None = None
    ) -> None:
        """Take the module.

        Args:
            tree:   its syntax tree.
            source: its text.
            module: which module it is; None where nobody knows under what name it runs.
        """
        self._tree = tree
        self._source = source
        self._module = module

    def value(self, expression: ast.expr | None, scope: Scope | None = None) -> str | None:
        """Return the string an expression always has; None where that cannot be told.

        Args:
            expression: what may be a string.
            scope:      where it stands; None for the module's own level.
        """
        own = self._module
        known = {"__name__": own.name, "__package__": own.package} if own is not None else {}
        return self._read(expression, scope, known)

    def spelt(self, expression: ast.expr | None, scope: Scope | None = None) -> str | None:
        """Return the same where the expression itself spells the string, or part of it."""
        return None if isinstance(expression, ast.Name) else self._read(expression, scope, {})

    def assigned(self, name: str, scope: Scope | None = None) -> ast.expr | None:
        """Return what a name of the module always stands for; None where that cannot be told."""
        return self._assigned.get(name) if _is_global(name, scope) else None

    def _read(
        self, expression: ast.expr | None, scope: Scope | None, known: Mapping[str, str]
    ) -> str | None:
        parts: list[str] = []
        stack: list[tuple[ast.expr | None, Scope | None]] = [(expression, scope)]
        for _ in range(_MOST_STEPS):
            if not stack:
                return "".join(parts)
            node, place = stack.pop()
            match node:
                case ast.Constant(value=str(text)):
                    parts.append(text)
                case ast.JoinedStr(values=values):
                    stack += ((item, place) for item in reversed(values))
                case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
                    stack.append((inner, place))
                case ast.BinOp(left=left, op=ast.Add(), right=right):
                    stack += ((right, place), (left, place))
                case ast.Name(id=name) if name in known and _is_global(name, place):
                    parts.append(known[name])
                case ast.Name(id=name):
                    stack.append((self.assigned(name, place), None))
                case _:
                    return None
        return None

    @cached_property
    def _assigned(self) -> Mapping[str, ast.expr]:
        """What each name is assigned that the module binds once, where a line starts."""
        statements = module_statements(self._tree)
        bound = Counter(name for statement in statements for name in names_bound_by(statement))
        if "global" in self._source.text:
            declared = (item for item in all_statements(self._tree) if isinstance(item, ast.Global))
            bound.update(name for item in declared for name in item.names)
        return {
            name: value
            for statement in self._tree.body
            for name, value in _assignments(statement)
            if bound[name] == 1 and not statement.col_offset and _is_plain(statement, value)
        }


def _is_global(name: str, scope: Scope | None) -> bool:
    """Return whether a name means the module's own where it stands."""
    inner = scope
    while scope is not None and scope.parent is not None:
        if scope.kind is not ScopeKind.CLASS or scope is inner:
            if name in scope.global_names:
                return True
            if name in scope.bound or name in scope.imports or name in scope.nonlocal_names:
                return False
        scope = scope.parent
    return True


def _is_plain(statement: ast.stmt, value: ast.expr) -> bool:
    """Return whether the value is one to look at: if it is dotted, it stands on the first line."""
    return not isinstance(value, ast.Attribute) or value.end_lineno == statement.lineno


def _assignments(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
