"""Which imports must succeed before a statement binds its name.

In the body of a `try` that catches ImportError, nothing after a failing import is executed; the
names that only such statements bind are then not bound at all.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from linter_ext.source.circumstances import raises_again
from linter_ext.source.facts import Context, Import
from linter_ext.source.parser import (
    catches_import_error,
    inner_blocks,
    is_own_scope,
    is_type_checking,
)

Needs = tuple[Import, ...]
"""The imports, in order, all of which must succeed."""

BoundBy = Callable[[ast.stmt], Iterable[str]]


def find_dependent(
    tree: ast.Module, imports: Sequence[Import], bound_by: BoundBy
) -> Mapping[str, tuple[Needs, ...]]:
    """Return the names whose every binding needs imports to succeed, with what each needs.

    Args:
        tree:     the module.
        imports:  its imports.
        bound_by: tells what a simple statement binds; imports aside.
    """
    if not any(_is_guarded(item) for item in imports):
        return {}
    by_line: dict[int, list[Import]] = {}
    for item in imports:
        by_line.setdefault(item.line, []).append(item)
    walk = _Walk(by_line, bound_by)
    for statement in tree.body:
        if isinstance(statement, ast.Delete):
            walk.forget(statement)
        else:
            walk.visit([statement], None)
    return {
        name: tuple(needs) for name, needs in walk.found.items() if name not in walk.independent
    }


def _is_guarded(item: Import) -> bool:
    context = item.context
    return bool(context & Context.GUARDED) and not context & (Context.FUNCTION | Context.CLASS)


@dataclass(slots=True)
class _Walk:
    """A walk over what runs at import.

    Attributes:
        imports:     the file's imports, by the first lines of their statements.
        bound_by:    tells what a statement binds.
        found:       what each binding of a name needs.
        independent: the names that some statement binds whatever fails.
    """

    imports: Mapping[int, Sequence[Import]]
    bound_by: BoundBy
    found: dict[str, list[Needs]] = field(default_factory=dict)
    independent: set[str] = field(default_factory=set)

    def forget(self, statement: ast.Delete) -> None:
        """Forget what bound the names that a statement deletes in any case."""
        for target in statement.targets:
            if isinstance(target, ast.Name):
                self.found.pop(target.id, None)
                self.independent.discard(target.id)

    def visit(self, body: Iterable[ast.stmt], needs: list[Import] | None) -> None:
        """Visit statements in order; `needs` grows by the imports among them."""
        for statement in body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                self._import(statement, needs)
                continue
            for name in self.bound_by(statement):
                self._bind(name, needs)
            if not is_own_scope(statement):
                self._enter(statement, needs)

    def _import(self, statement: ast.Import | ast.ImportFrom, needs: list[Import] | None) -> None:
        for item in self._items(statement):
            if needs is not None:
                needs.append(item)
            if not item.is_star:
                self._bind(item.local_name, needs)

    def _items(self, statement: ast.Import | ast.ImportFrom) -> Iterator[Import]:
        wanted = {(alias.name, alias.asname) for alias in statement.names}
        for item in self.imports.get(statement.lineno, ()):
            asked = item.module if item.name is None else item.name
            if (asked, item.alias) in wanted:
                yield item

    def _bind(self, name: str, needs: list[Import] | None) -> None:
        if needs:
            self.found.setdefault(name, []).append(tuple(needs))
        else:
            self.independent.add(name)

    def _enter(self, statement: ast.stmt, needs: list[Import] | None) -> None:
        if isinstance(statement, (ast.Try, ast.TryStar)) and _goes_on(statement):
            inner = list(needs or ())
            self.visit(statement.body, inner)
            self.visit(statement.orelse, inner)
            for handler in statement.handlers:
                self.visit(handler.body, _copy(needs))
            self.visit(statement.finalbody, needs)
        elif isinstance(statement, (ast.With, ast.AsyncWith)) and catches_import_error(statement):
            self.visit(statement.body, list(needs or ()))
        else:
            for block in _blocks_at_run_time(statement):
                self.visit(block, _copy(needs))


def _blocks_at_run_time(statement: ast.stmt) -> Sequence[list[ast.stmt]]:
    """Return the statement's inner blocks, but for what type checkers alone read."""
    blocks = inner_blocks(statement)
    if isinstance(statement, ast.If):
        if is_type_checking(statement.test):
            return blocks[1:]
        if is_type_checking(ast.UnaryOp(op=ast.Not(), operand=statement.test)):
            return blocks[:1]
    return blocks


def _goes_on(statement: ast.Try | ast.TryStar) -> bool:
    """Return whether the module is imported although an import in the body fails."""
    return catches_import_error(statement) and not raises_again(statement)


def _copy(needs: list[Import] | None) -> list[Import] | None:
    return None if needs is None else list(needs)
