"""What a module binds at its own level: definitions, imports, aliases, star imports."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter_ext.source.facts import Context, Import
from linter_ext.source.parser import inner_blocks


@dataclass(frozen=True, slots=True)
class Bindings:
    """The names of one module.

    Attributes:
        imports:     names bound by import statements.
        definitions: names bound by `def`, `class`, assignment and the like.
        aliases:     names bound only by `name = other.path`, with the path's parts.
        stars:       the star imports.
        exported:    what `__all__` lists, where it is a plain list; None where there is none.
        is_open:     whether a module `__getattr__` may offer any further name.
    """

    imports: Mapping[str, tuple[Import, ...]]
    definitions: frozenset[str]
    aliases: Mapping[str, tuple[str, ...]]
    stars: tuple[Import, ...]
    exported: frozenset[str] | None
    is_open: bool


def find_bindings(tree: ast.Module, imports: Sequence[Import]) -> Bindings:
    """Return what the module binds, in any branch that runs when it is imported."""
    by_name: dict[str, tuple[Import, ...]] = {}
    own = [item for item in imports if not item.context & (Context.FUNCTION | Context.CLASS)]
    for item in own:
        if not item.is_star:
            by_name[item.local_name] = (*by_name.get(item.local_name, ()), item)
    statements = tuple(_own_statements(tree))
    bound = Counter(name for statement in statements for name in _bound_by(statement))
    aliases = {name: path for item in statements for name, path in _aliases(item)}
    return Bindings(
        imports=by_name,
        definitions=frozenset(bound),
        aliases={name: path for name, path in aliases.items() if bound[name] == 1},
        stars=tuple(item for item in own if item.is_star),
        exported=_exported(tree),
        is_open="__getattr__" in bound,
    )


def _own_statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements that run when the module is imported, compound ones included."""
    stack = [tree.body]
    while stack:
        for statement in stack.pop():
            yield statement
            if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                stack.extend(inner_blocks(statement))


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    """Yield what the statement itself binds, imports aside."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            for target in targets:
                yield from _targets(target)
        case ast.AnnAssign(target=target, value=value) if value is not None:
            yield from _targets(target)
        case ast.AugAssign(target=target) | ast.For(target=target) | ast.AsyncFor(target=target):
            yield from _targets(target)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                if item.optional_vars is not None:
                    yield from _targets(item.optional_vars)
        case _:
            alias: object = getattr(statement, "name", None)  # `type X = …`, from Python 3.12
            if isinstance(alias, ast.Name):
                yield alias.id


def _targets(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from _targets(element)
        case ast.Starred(value=value):
            yield from _targets(value)


def _aliases(statement: ast.stmt) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the path of `name = other.path`."""
    if not isinstance(statement, ast.Assign):
        return
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


def _exported(tree: ast.Module) -> frozenset[str] | None:
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and "__all__" in _bound_by(statement):
            if isinstance(statement.value, (ast.List, ast.Tuple)):
                return frozenset(
                    str(element.value)
                    for element in statement.value.elts
                    if isinstance(element, ast.Constant)
                )
    return None
