"""Which parts of an expression are evaluated for certain where it stands."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Sequence

_ANNOTATIONS_ARE_LAZY = sys.version_info >= (3, 14)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def expressions_of(statement: ast.stmt, *, annotations: bool) -> Sequence[ast.expr | None]:
    """Return the expressions that a statement evaluates itself, its inner blocks aside.

    Args:
        statement:   the statement.
        annotations: whether the module evaluates its annotations.
    """
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return _of_function(statement, annotations=annotations)
        case ast.ClassDef():
            keywords = (keyword.value for keyword in statement.keywords)
            return [*statement.decorator_list, *statement.bases, *keywords]
        case ast.AnnAssign(annotation=annotation, target=target, value=value):
            return [value, target, annotation if annotations else None]
        case ast.Match(subject=subject):
            return [subject]
    return [node for node in ast.iter_child_nodes(statement) if isinstance(node, ast.expr)]


def evaluates_annotations(tree: ast.Module) -> bool:
    """Return whether the running Python evaluates the module's annotations (PEP 563, 649)."""
    return not _ANNOTATIONS_ARE_LAZY and not any(
        isinstance(statement, ast.ImportFrom)
        and statement.module == "__future__"
        and any(alias.name == "annotations" for alias in statement.names)
        for statement in tree.body
    )


def chains_in(expressions: Iterable[ast.expr | None]) -> Iterator[tuple[ast.Name, tuple[str, ...]]]:
    """Yield the attribute chains that are read for certain, each with the name it starts at."""
    stack: list[ast.AST | None] = [*expressions]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Attribute):
            attributes: list[str] = []
            inner: ast.expr = node
            while isinstance(inner, ast.Attribute):
                if isinstance(inner.ctx, ast.Load):
                    attributes.append(inner.attr)
                inner = inner.value
            if isinstance(inner, ast.Name):
                yield inner, tuple(reversed(attributes))
            else:
                stack.append(inner)
        elif node is not None:
            stack.extend(_evaluated(node))


def calls_in(expressions: Iterable[ast.expr | None]) -> Iterator[ast.Name]:
    """Yield the names that are called for certain."""
    stack: list[ast.AST | None] = [*expressions]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func
        if node is not None:
            stack.extend(_evaluated(node))


def walruses_in(statement: ast.stmt) -> Iterator[str]:
    """Yield what `name := …` may bind in the statement's own expressions."""
    stack: list[ast.AST] = [statement]
    while stack:
        for node in ast.iter_child_nodes(stack.pop()):
            if isinstance(node, ast.NamedExpr):
                yield node.target.id
            if not isinstance(node, (ast.stmt, ast.Lambda)):
                stack.append(node)


def _of_function(
    statement: ast.FunctionDef | ast.AsyncFunctionDef, *, annotations: bool
) -> Sequence[ast.expr | None]:
    arguments = statement.args
    found = [*statement.decorator_list, *arguments.defaults, *arguments.kw_defaults]
    if annotations and not getattr(statement, "type_params", []):
        parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        variadic = [item for item in (arguments.vararg, arguments.kwarg) if item is not None]
        found += [item.annotation for item in (*parameters, *variadic)]
        found.append(statement.returns)
    return found


def _evaluated(node: ast.AST) -> Iterable[ast.AST]:
    """Return the children of a node that are evaluated whatever the others come to."""
    if isinstance(node, ast.BoolOp):
        return node.values[:1]
    if isinstance(node, ast.IfExp):
        return [node.test]
    if isinstance(node, ast.Compare):
        return [node.left, node.comparators[0]]
    if isinstance(node, ast.Lambda):
        return [item for item in (*node.args.defaults, *node.args.kw_defaults) if item is not None]
    if isinstance(node, _COMPREHENSIONS):
        return [node.generators[0].iter]
    return ast.iter_child_nodes(node)
