"""When a module reads its names: while it is imported, in annotations only, or later."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from linter_ext.source.evaluated import evaluates_annotations

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class NameUses:
    """The plain names that a module reads; names in strings are not seen.

    Attributes:
        at_import:      while it is imported, whatever the branch.
        in_annotations: in annotations that are not evaluated.
        in_functions:   when its functions are called.
    """

    at_import: frozenset[str]
    in_annotations: frozenset[str]
    in_functions: frozenset[str]


def find_name_uses(tree: ast.Module) -> NameUses:
    """Return when the names of a module are read."""
    annotations: list[ast.AST] = []
    bodies: list[ast.AST] = []
    at_import = set(_names_at_import(tree, annotations, bodies))
    in_annotations = set(_names_in(annotations))
    if evaluates_annotations(tree):
        at_import |= in_annotations
        in_annotations.clear()
    return NameUses(
        at_import=frozenset(at_import),
        in_annotations=frozenset(in_annotations),
        in_functions=frozenset(_names_in(bodies)),
    )


def _names_at_import(
    tree: ast.Module, annotations: list[ast.AST], bodies: list[ast.AST]
) -> Iterable[str]:
    """Yield the names that are read outside functions; put off annotations and bodies."""
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                yield node.id
            continue
        if isinstance(node, _FUNCTIONS):
            bodies += node.body
            stack += [node.args, *node.decorator_list]
            annotations += [] if node.returns is None else [node.returns]
        elif isinstance(node, ast.AnnAssign):
            annotations.append(node.annotation)
            stack += [node.target] if node.value is None else [node.target, node.value]
        elif isinstance(node, ast.arg):
            annotations += [] if node.annotation is None else [node.annotation]
        else:
            stack += ast.iter_child_nodes(node)


def _names_in(nodes: Iterable[ast.AST]) -> Iterable[str]:
    """Yield every name that is read below some nodes."""
    stack = [*nodes]
    for node in stack:  # Grows while it is walked.
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                yield node.id
            continue
        for field in node._fields:
            value = getattr(node, field)
            if isinstance(value, ast.AST):
                stack.append(value)
            elif isinstance(value, list):
                stack += [item for item in value if isinstance(item, ast.AST)]
