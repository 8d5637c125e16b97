"""What a module binds at its own level: definitions, imports, aliases, star imports."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter_ext.source.dependent_bindings import Needs, find_dependent
from linter_ext.source.exported import find_exported
from linter_ext.source.facts import Context, Import
from linter_ext.source.openness import Openness, find_openness
from linter_ext.source.parser import inner_blocks, is_type_checking, module_statements

Position = tuple[int, int]
_START: Position = (0, 0)
_LATER = Context.FUNCTION | Context.CLASS
_BINDS_NOTHING = frozenset({ast.Expr, ast.If, ast.Import, ast.ImportFrom})
"""Frequent statements that are not worth a closer look."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """The names of one module.

    Attributes:
        imports:     names bound by import statements.
        definitions: names bound by `def`, `class`, assignment and the like.
        aliases:     names bound only by `name = other.path`, with the path's parts.
        stars:       the star imports.
        exported:    what `__all__` lists; None where there is none, or source text cannot tell.
        typing_only: the names that are bound under `TYPE_CHECKING` only.
        dependent:   the names whose every binding needs imports in a `try` to succeed.
        openness:    what the module may offer beyond its bindings.
    """

    imports: Mapping[str, tuple[Import, ...]]
    definitions: frozenset[str]
    aliases: Mapping[str, tuple[str, ...]]
    stars: tuple[Import, ...]
    exported: frozenset[str] | None
    typing_only: frozenset[str]
    dependent: Mapping[str, tuple[Needs, ...]]
    openness: Openness

    def only_defines(self, name: str) -> bool:
        """Return whether the module defines the name itself, and binds it in no other way."""
        is_passed_on = name in self.imports or name in self.aliases
        return name in self.definitions and not is_passed_on


def find_bindings(tree: ast.Module, imports: Sequence[Import], text: str) -> Bindings:
    """Return what the module binds, in any branch that runs when it is imported.

    An unconditional `del` unbinds what was bound before it.
    """
    statements = tuple(module_statements(tree))
    deleted = _deleted(tree)
    own = [statement for statement in statements if type(statement) not in _BINDS_NOTHING]
    found = [(name, statement) for statement in own for name in _bound_by(statement)]
    if ":=" in text:
        found += ((name, statement) for statement in statements for name in _walruses(statement))
    found = [
        (name, statement)
        for name, statement in found
        if _place(statement) > deleted.get(name, _START)
    ]
    bound = Counter(name for name, _ in found)
    assignments = (item for item in statements if isinstance(item, ast.Assign))
    aliases = {name: path for item in assignments for name, path in _aliases(item)}
    at_import = [
        item
        for item in imports
        if item.context is Context.MODULE or not item.context & _LATER  # `&` of flags is slow.
    ]
    by_name = _by_name(at_import, deleted)
    typed = _typing_statements(tree) if "TYPE_CHECKING" in text else frozenset[ast.stmt]()
    at_run_time = {name for name, statement in found if statement not in typed}
    at_run_time.update(
        name for name, items in by_name.items() if not all(map(_is_typing_only, items))
    )
    return Bindings(
        imports=by_name,
        definitions=frozenset(bound),
        aliases={name: path for name, path in aliases.items() if bound[name] == 1},
        stars=tuple(item for item in at_import if item.is_star),
        exported=None if "__all__" in by_name else find_exported(statements, text),
        typing_only=frozenset({*bound, *by_name} - at_run_time) if typed else frozenset(),
        dependent=find_dependent(tree, imports, _bound_by),
        openness=find_openness(tree, text),
    )


def _is_typing_only(item: Import) -> bool:
    return bool(item.context & Context.TYPE_CHECKING)


def _typing_statements(tree: ast.Module) -> frozenset[ast.stmt]:
    """Return the statements that run for type checkers only."""
    found: set[ast.stmt] = set()
    for statement in module_statements(tree):
        if isinstance(statement, ast.If):
            bodies = inner_blocks(statement)
            typed = bodies[:1] if is_type_checking(statement.test) else []
            if is_type_checking(ast.UnaryOp(op=ast.Not(), operand=statement.test)):
                typed = bodies[1:]
            nodes = (node for body in typed for item in body for node in ast.walk(item))
            found.update(node for node in nodes if isinstance(node, ast.stmt))
    return frozenset(found)


def _by_name(
    imports: Iterable[Import], deleted: Mapping[str, Position]
) -> dict[str, tuple[Import, ...]]:
    found: dict[str, tuple[Import, ...]] = {}
    for item in imports:
        name = item.local_name
        place = item.span.line, item.span.column
        if not item.is_star and place > deleted.get(name, _START):
            found[name] = (*found.get(name, ()), item)
    return found


def _deleted(tree: ast.Module) -> dict[str, Position]:
    """Return the names that the module always deletes, with where it does so last."""
    return {
        target.id: _place(statement)
        for statement in tree.body
        if isinstance(statement, ast.Delete)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    """Yield what the statement itself binds; imports and assignment expressions aside."""
    match statement:
        case ast.Assign(targets=targets):
            for target in targets:
                yield from _targets(target)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.AnnAssign(target=target, value=value):
            yield from _targets(target) if value is not None else ()
        case ast.AugAssign(target=target) | ast.For(target=target) | ast.AsyncFor(target=target):
            yield from _targets(target)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                yield from _targets(item.optional_vars)
        case _:
            yield from _bound_otherwise(statement)


def _bound_otherwise(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Try(handlers=handlers) | ast.TryStar(handlers=handlers):
            yield from (handler.name for handler in handlers if handler.name is not None)
        case ast.Match(cases=cases):
            for case in cases:
                yield from _captures(case.pattern)
        case _:
            alias: object = getattr(statement, "name", None)  # `type X = …`, from Python 3.12
            if isinstance(alias, ast.Name):
                yield alias.id


def _targets(target: ast.expr | None) -> Iterator[str]:
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from _targets(element)
        case ast.Starred(value=value):
            yield from _targets(value)


def _captures(pattern: ast.pattern) -> Iterator[str]:
    for node in ast.walk(pattern):
        match node:
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.MatchMapping(rest=str(name)):
                yield name


def _walruses(statement: ast.stmt) -> Iterator[str]:
    """Yield what `name := …` binds in the statement's own expressions."""
    stack: list[ast.AST] = [statement]
    while stack:
        for node in ast.iter_child_nodes(stack.pop()):
            if isinstance(node, ast.NamedExpr):
                yield node.target.id
            if not isinstance(node, (ast.stmt, ast.Lambda)):
                stack.append(node)


def _aliases(statement: ast.Assign) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the path of `name = other.path`."""
    parts: list[str] = []
    value = statement.value
    while isinstance(value, ast.Attribute):
        parts.append(value.attr)
        value = value.value
    if isinstance(value, ast.Name):
        path = (value.id, *reversed(parts))
        yield from (
            (target.id, path) for target in statement.targets if isinstance(target, ast.Name)
        )


def _place(statement: ast.stmt) -> Position:
    return statement.lineno, statement.col_offset
