"""Under which circumstances an import runs: behind a fallback, meant to fail, never.

An import in a `try` that catches ImportError stands in a group of alternatives: the body, then
what its handlers import. An import that a test expects to fail is deliberate; one after a
`return`, a `raise` or a skip is dead.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from linter_ext.source.facts import Import
from linter_ext.source.parser import (
    catches,
    catches_import_error,
    inner_blocks,
    last_name,
    names_import_error,
)

_EXPECTING = frozenset({"raises", "assertRaises", "assertRaisesRegex", "assertRaisesRegexp"})
_EXPECTED = frozenset({"expected_exception", "exception", "expected"})
_FAILING = frozenset({"fail", "AssertionError"})
LEAVING = frozenset({"skip", "skipTest", "exit", "_exit", "quit", "xfail", "fail", "abort"})
_RAISING = frozenset({"exit", "_exit", "quit", "fail"})
_ENDING = (ast.Return, ast.Raise, ast.Continue, ast.Break)


@dataclass(frozen=True, slots=True)
class Group:
    """The alternatives of one `try`, or the body of one `suppress`.

    Attributes:
        branches: the imports of the body, then those of each alternative in the handlers.
        is_meant: whether it is about imports: a handler names ImportError, or the body holds
                  little but imports.
        before:   the imports of the alternatives that come before this group, where it stands
                  in a handler of another.
    """

    branches: tuple[tuple[Import, ...], ...]
    is_meant: bool
    before: tuple[tuple[Import, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstance:
    """How one import stands.

    Attributes:
        is_dead:       it never runs.
        is_deliberate: it is meant to fail.
        is_optional:   it stands under an `if`, and may be for another Python or platform.
        group:         the innermost group of alternatives it belongs to, if there is one.
        branch:        which alternative of the group it belongs to, from 0.
    """

    is_dead: bool = False
    is_deliberate: bool = False
    is_optional: bool = False
    group: Group | None = None
    branch: int = 0


PLAIN = Circumstance()


def find_circumstances(
    tree: ast.Module, imports: Sequence[Import]
) -> Mapping[Import, Circumstance]:
    """Return the circumstances of the imports that do not simply run; the others are PLAIN."""
    by_line: dict[int, list[Import]] = {}
    for item in imports:
        by_line.setdefault(item.line, []).append(item)
    walk = _Walk(by_line)
    walk.visit(tree.body, PLAIN)
    return walk.found


class _Walk:
    """A walk over every statement of a file."""

    def __init__(self, by_line: Mapping[int, Sequence[Import]]) -> None:
        self._by_line = by_line
        self.found: dict[Import, Circumstance] = {}

    def visit(self, body: Iterable[ast.stmt], circumstance: Circumstance) -> None:
        """Visit the statements of one block."""
        for statement in body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                if circumstance != PLAIN:
                    self.found.update(dict.fromkeys(self._items(statement), circumstance))
            elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.visit(statement.body, replace(circumstance, group=None, branch=0))
            elif isinstance(statement, (ast.Try, ast.TryStar)):
                self._try(statement, circumstance)
            elif isinstance(statement, (ast.With, ast.AsyncWith)):
                self._with(statement, circumstance)
            elif isinstance(statement, ast.If):
                self._if(statement, circumstance)
            else:
                for block in inner_blocks(statement):
                    self.visit(block, circumstance)
            if _ends(statement):
                circumstance = replace(circumstance, is_dead=True)

    def _if(self, statement: ast.If, circumstance: Circumstance) -> None:
        is_never = isinstance(statement.test, ast.Constant) and not statement.test.value
        inside = replace(circumstance, is_optional=True)
        self.visit(statement.body, replace(inside, is_dead=True) if is_never else inside)
        self.visit(statement.orelse, inside)

    def _with(self, statement: ast.With | ast.AsyncWith, circumstance: Circumstance) -> None:
        if any(_expects_import_error(item.context_expr) for item in statement.items):
            circumstance = replace(circumstance, is_deliberate=True)
        elif catches_import_error(statement):
            group = Group((self._imports_in(statement.body),), is_meant=True)
            circumstance = replace(circumstance, group=group, branch=0)
        self.visit(statement.body, circumstance)

    def _try(self, statement: ast.Try | ast.TryStar, circumstance: Circumstance) -> None:
        around = circumstance
        if catches_import_error(statement) and not raises_again(statement):
            if _fails_otherwise(statement):
                circumstance = replace(circumstance, is_deliberate=True)
            group = self._group(statement, around)
            self.visit(statement.body, replace(circumstance, group=group, branch=0))
            self._handlers(statement, around, group)
        else:
            self.visit(statement.body, circumstance)
            for handler in statement.handlers:
                self.visit(handler.body, around)
        self.visit(statement.orelse, around)
        self.visit(statement.finalbody, around)

    def _handlers(
        self, statement: ast.Try | ast.TryStar, around: Circumstance, group: Group
    ) -> None:
        """Visit the handlers, whose imports are the further alternatives of the group."""
        branch = 1
        for handler in statement.handlers:
            if catches(handler.type):
                self.visit(handler.body, replace(around, group=group, branch=branch))
                branch += len(self._alternatives(handler.body))
            else:
                self.visit(handler.body, around)

    def _group(self, statement: ast.Try | ast.TryStar, around: Circumstance) -> Group:
        handlers = [handler for handler in statement.handlers if catches(handler.type)]
        branches = [each for handler in handlers for each in self._alternatives(handler.body)]
        outer = around.group if around.branch else None
        is_meant = any(names_import_error(handler.type) for handler in handlers)
        return Group(
            branches=(self._imports_in(statement.body), *branches),
            is_meant=is_meant or all(map(_is_about_imports, statement.body)),
            before=(*outer.before, *outer.branches[: around.branch]) if outer else (),
        )

    def _alternatives(self, body: Sequence[ast.stmt]) -> list[tuple[Import, ...]]:
        """Return the imports of a handler, then those of each alternative of a `try` in it."""
        inner = [item for item in body if isinstance(item, (ast.Try, ast.TryStar))]
        nested = [item for item in inner if catches_import_error(item)]
        found = [self._imports_in(item for item in body if item not in nested)]
        for statement in nested:
            found.append(self._imports_in(statement.body))
            for handler in statement.handlers:
                found += self._alternatives(handler.body)
        return found

    def _imports_in(self, body: Iterable[ast.stmt]) -> tuple[Import, ...]:
        """Return the imports of a block, but for those of functions and classes in it."""
        found: list[Import] = []
        for statement in body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                found.extend(self._items(statement))
            elif not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                for block in inner_blocks(statement):
                    found.extend(self._imports_in(block))
        return tuple(found)

    def _items(self, statement: ast.Import | ast.ImportFrom) -> Iterable[Import]:
        wanted = {(alias.name, alias.asname) for alias in statement.names}
        for item in self._by_line.get(statement.lineno, ()):
            if (item.module if item.name is None else item.name, item.alias) in wanted:
                yield item


def _ends(statement: ast.stmt) -> bool:
    """Return whether what follows the statement in its block never runs."""
    if isinstance(statement, _ENDING):
        return True
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return last_name(statement.value.func) in LEAVING
    return False


def _expects_import_error(expression: ast.expr) -> bool:
    """Return whether it is `pytest.raises(ImportError)` or unittest's `assertRaises`."""
    if not isinstance(expression, ast.Call) or last_name(expression.func) not in _EXPECTING:
        return False
    named = [item.value for item in expression.keywords if item.arg in _EXPECTED]
    return any(map(catches, (*expression.args, *named)))


def _fails_otherwise(statement: ast.Try | ast.TryStar) -> bool:
    """Return whether a test fails unless an import in the body does."""
    return any(map(_is_failure, (*statement.body, *statement.orelse)))


def _is_failure(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=function)):
            return last_name(function) in _FAILING
        case ast.Raise(exc=ast.Call(func=function)):
            return last_name(function) in _FAILING
        case ast.Raise(exc=ast.Name(id=name)):
            return name in _FAILING
        case ast.Assert(test=ast.Constant(value=value)):
            return not value
    return False


def raises_again(statement: ast.Try | ast.TryStar) -> bool:
    """Return whether every handler of ImportError ends in another error: nothing is hidden."""
    handlers = [handler for handler in statement.handlers if catches(handler.type)]
    return all(_is_error(handler.body[-1]) for handler in handlers)


def _is_error(statement: ast.stmt) -> bool:
    match statement:
        case ast.Raise(exc=error):
            kind = error.func if isinstance(error, ast.Call) else error
            return kind is None or not (last_name(kind) or "").startswith("Skip")
        case ast.Expr(value=ast.Call(func=function)):
            return last_name(function) in _RAISING
    return False


def _is_about_imports(statement: ast.stmt) -> bool:
    """Return whether the statement is an import, or notes that one succeeded."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Pass():
            return True
        case ast.Assign(value=ast.Constant() | ast.Name() | ast.Attribute()):
            return True
    return False
