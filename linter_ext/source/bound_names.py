"""What one statement binds, whatever it is; the statements inside it are on their own."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def own_nodes(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the statement and the nodes of its own expressions, in no particular order."""
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        yield node
        stack += (item for item in ast.iter_child_nodes(node) if not isinstance(item, ast.stmt))


def names_bound_by(statement: ast.stmt) -> Iterator[str]:
    """Yield what a statement binds or unbinds, star imports aside.

    The targets of comprehensions are among it, as are annotated names without a value.
    """
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
            return
    for node in own_nodes(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.alias(name=path, asname=alias):
                yield alias or path.partition(".")[0]
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield name
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
