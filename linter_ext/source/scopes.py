"""Scopes: which import a name refers to, by the language's own rules (reference, 4.2.2)."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from enum import Enum, auto

from linter_ext.source.facts import Import
from linter_ext.source.parser import inner_blocks

Position = tuple[int, int]
"""Line and offset, as `ast` counts them."""

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_NAMING_FIELDS = ("id", "name", "asname", "rest")


class ScopeKind(Enum):
    """What opens a scope."""

    MODULE = auto()
    FUNCTION = auto()
    CLASS = auto()
    COMPREHENSION = auto()
    TYPE_PARAMETERS = auto()
    """`def f[T]`, `class C[T]`, `type A[T]`: one more scope around annotations and bases."""


class Scope:
    """One scope while its file is being walked: what it binds, and what lies around it.

    Attributes:
        parent:         the scope around it; None for the module's own.
        kind:           what opens it.
        body:           what a class holds; empty for every other kind.
        bound:          the names that something other than an import binds.
        imports:        the names that imports bind.
        global_names:   the names that a `global` statement gives to the module.
        nonlocal_names: the names that a `nonlocal` statement gives to a function around it.
    """

    __slots__ = (
        "body",
        "bound",
        "global_names",
        "imports",
        "kind",
        "nonlocal_names",
        "parent",
    )

    def __init__(
        self, parent: Scope | None, kind: ScopeKind, body: Sequence[ast.stmt] = ()
    ) -> None:
        self.parent = parent
        self.kind = kind
        self.bound: set[str] = set()
        self.imports: dict[str, list[Import]] = {}
        self.body = body
        self.global_names: frozenset[str] = frozenset()
        self.nonlocal_names: frozenset[str] = frozenset()

    def bind_walrus(self, name: str) -> None:
        """Note that `name := …` stands here; a comprehension binds it outside (PEP 572)."""
        scope = self
        while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
            scope = scope.parent
        scope.bound.add(name)

    def declare(self, statement: ast.Global | ast.Nonlocal) -> None:
        """Note that names are another scope's."""
        if isinstance(statement, ast.Global):
            self.global_names = self.global_names.union(statement.names)
        else:
            self.nonlocal_names = self.nonlocal_names.union(statement.names)

    def hand_over(self) -> None:
        """Give what this scope binds under declared names to the scopes that own the names.

        Every scope must have been walked: a declaration may stand after what it is about.
        """
        for name in sorted(self.global_names | self.nonlocal_names):
            owner = self.module() if name in self.global_names else self._enclosing(name)
            if owner is self:
                continue
            if name in self.imports:
                owner.imports.setdefault(name, []).extend(self.imports.pop(name))
            if name in self.bound:
                self.bound.remove(name)
                owner.bound.add(name)

    def imports_of(self, name: str, position: Position) -> tuple[Import, ...]:
        """Return the imports the name may refer to where it stands; none if it is another's."""
        scope: Scope | None = self
        while scope is not None:
            if scope.kind is not ScopeKind.CLASS or self._sees(scope):
                if name in scope.global_names:
                    scope = scope.module()
                if name in scope.imports:
                    return tuple(sorted(scope.imports[name], key=_place))
                if name in scope.bound and not scope.reads_before_binding(name, position):
                    return ()
            scope = scope.parent
        return ()

    def module(self) -> Scope:
        """Return the scope of the whole file."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def reads_before_binding(self, name: str, position: Position) -> bool:
        """Return whether a class reads the name at a position before it binds it.

        It then gets what the name means outside: `class A: path = path.join("a")`.
        """
        for statement in self.body:
            is_here = position < _end(statement)
            is_block = bool(inner_blocks(statement)) and not isinstance(statement, _DEFINITIONS)
            if (is_block or not is_here) and _names(statement, name):
                return False
            if is_here:
                return True
        return False

    def _sees(self, around: Scope) -> bool:
        """Return whether the names of a class are visible here."""
        return around is self or (around is self.parent and self.kind is ScopeKind.TYPE_PARAMETERS)

    def _enclosing(self, name: str) -> Scope:
        """Return the nearest function around this scope that binds the name."""
        scope = self.parent
        while scope is not None:
            if scope.kind is ScopeKind.FUNCTION and (name in scope.bound or name in scope.imports):
                return scope
            scope = scope.parent
        return self


def _place(item: Import) -> tuple[int, int]:
    return item.span.line, item.span.column


def _end(statement: ast.stmt) -> Position:
    return statement.end_lineno or 0, statement.end_col_offset or 0


def _names(statement: ast.stmt, name: str) -> bool:
    """Return whether some node in the statement may bind the name."""
    return any(
        getattr(node, field, None) == name
        for node in ast.walk(statement)
        for field in _NAMING_FIELDS
        if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    )
