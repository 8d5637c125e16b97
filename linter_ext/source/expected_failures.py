"""Where a test expects that an import or an attribute is missing, and where code never runs."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from linter_ext.source.facts import Span
from linter_ext.source.parser import inner_blocks, last_name

_FAILURES = frozenset({"AttributeError", "ImportError", "ModuleNotFoundError"})
_CATCHING_ALL = frozenset({"BaseException", "Exception"})
_EXPECTING = frozenset(
    {"assertRaises", "assertRaisesRegex", "assertRaisesRegexp", "raises", "suppress"}
)
_LEAVING = frozenset({"skip", "skipTest", "exit", "_exit"})


def is_meant_to_fail(tree: ast.Module, span: Span, *, is_import: bool) -> bool:
    """Return whether a lookup may fail where it stands, or is never made.

    Args:
        tree:      the file's syntax tree.
        span:      where the lookup stands.
        is_import: whether it is an import, which handlers of all errors may be meant for too.
    """
    expected = _FAILURES | _CATCHING_ALL if is_import else _FAILURES
    body: list[ast.stmt] = tree.body
    while True:
        before, statement = _find(body, span)
        if statement is None:
            return False
        if any(map(_leaves, before)) or _hedges(statement, span, expected):
            return True
        blocks = [block for block in inner_blocks(statement) if _find(block, span)[1] is not None]
        if not blocks:
            return False
        body = blocks[0]


def _find(body: list[ast.stmt], span: Span) -> tuple[list[ast.stmt], ast.stmt | None]:
    """Return the statement of a block that a span lies in, and those before it."""
    for number, statement in enumerate(body):
        if _holds(statement, span):
            return body[:number], statement
    return body, None


def _holds(statement: ast.stmt, span: Span) -> bool:
    first = statement.lineno
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        first = min([first, *(item.lineno for item in statement.decorator_list)])
    return first <= span.line and span.end_line <= (statement.end_lineno or first)


def _hedges(statement: ast.stmt, span: Span, expected: frozenset[str]) -> bool:
    """Return whether the statement takes care of a failure at the span."""
    match statement:
        case ast.With(items=items) | ast.AsyncWith(items=items):
            return any(_expects(item.context_expr) for item in items)
        case ast.Try(body=body, handlers=handlers) | ast.TryStar(body=body, handlers=handlers):
            is_inside = _find(body, span)[1] is not None
            return is_inside and any(_catches(item, expected) for item in handlers)
        case ast.If(test=ast.Constant(value=value), body=body):
            return not value and _find(body, span)[1] is not None
    return False


def _expects(expression: ast.expr) -> bool:
    """Return whether it is `pytest.raises(ImportError)`, `suppress(AttributeError)` and so on."""
    if not isinstance(expression, ast.Call) or last_name(expression.func) not in _EXPECTING:
        return False
    return any(name in _FAILURES for item in expression.args for name in _names(item))


def _catches(handler: ast.ExceptHandler, expected: frozenset[str]) -> bool:
    if any(isinstance(item, ast.Raise) for item in handler.body):
        return False
    if handler.type is None:
        return "Exception" in expected
    return any(name in expected for name in _names(handler.type))


def _names(expression: ast.expr) -> Iterator[str | None]:
    elements: Iterable[ast.expr] = (
        expression.elts if isinstance(expression, ast.Tuple) else [expression]
    )
    yield from map(last_name, elements)


def _leaves(statement: ast.stmt) -> bool:
    """Return whether nothing after the statement runs in its block."""
    match statement:
        case ast.Return() | ast.Raise() | ast.Continue() | ast.Break():
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))):
            return name in _LEAVING
    return False
