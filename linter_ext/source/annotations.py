"""Strings that are types: forward references in annotations and in `typing`'s own calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linter_ext.source.facts import Import, Span
from linter_ext.source.parser import parse_expression
from linter_ext.source.scopes import Scope
from linter_ext.source.text import SourceText

_Arguments = tuple[slice, str]
"""Which arguments of a call are types: those at some positions, and one given by keyword."""

_TYPE_ARGUMENTS: Mapping[str, _Arguments] = {
    "cast": (slice(0, 1), "typ"),
    "NewType": (slice(1, 2), "tp"),
    "TypeVar": (slice(1, None), "bound"),
}
_NO_ARGUMENTS: _Arguments = (slice(0), "")
_LITERAL = "Literal"
_ANNOTATED = "Annotated"
_TYPING = frozenset({"typing", "typing_extensions", "collections.abc"})


@dataclass(frozen=True, slots=True)
class Forward:
    """A string that holds an expression.

    Attributes:
        tree:    the expression, parsed as if it stood in parentheses.
        literal: the string literal.
        shift:   what leads from a column of the tree to one of the source; None where the
                 string's characters do not stand in the source one for one.
    """

    tree: ast.Expression
    literal: Span
    shift: int | None

    def span(self, node: ast.expr) -> Span:
        """Return where a node of the expression stands, as nearly as can be told."""
        if self.shift is None:
            return self.literal
        line = self.literal.line
        end = node.end_col_offset or node.col_offset
        return Span(line, self.shift + node.col_offset, line, self.shift + end)


def is_typing(item: Import) -> bool:
    """Return whether the import is of a module whose subscripts and calls take types."""
    return item.module in _TYPING and not item.level


def may_hold_strings(annotation: ast.expr) -> bool:
    """Return whether it pays to look for strings in an annotation; it seldom does."""
    if isinstance(annotation, ast.Constant):
        return isinstance(annotation.value, str)
    return not isinstance(annotation, (ast.Name, ast.Attribute))


def root_of(node: ast.expr) -> ast.Name | None:
    """Return what `name` or `name.attribute` starts from."""
    root = node.value if isinstance(node, ast.Attribute) else node
    return root if isinstance(root, ast.Name) else None


def types_in(node: ast.Subscript | ast.Call, scope: Scope) -> Iterator[ast.expr]:
    """Yield what is a type in an expression that is none itself: `cast("T", x)`, `List["T"]`."""
    base = node.value if isinstance(node, ast.Subscript) else node.func
    root = root_of(base)
    if root is None or not any(map(is_typing, _imports_of(root, scope))):
        return
    if isinstance(node, ast.Subscript):
        yield node
        return
    positions, keyword = _TYPE_ARGUMENTS.get(_own_name(base, scope), _NO_ARGUMENTS)
    yield from node.args[positions]
    yield from (item.value for item in node.keywords if item.arg == keyword)


def strings_in(annotation: ast.expr, scope: Scope) -> Iterator[ast.Constant]:
    """Yield the strings in a type that stand for types."""
    stack = [annotation]
    while stack:
        match stack.pop():
            case ast.Constant(value=str()) as constant:
                yield constant
            case ast.Subscript(value=base, slice=inner):
                name = _own_name(base, scope)
                if name == _ANNOTATED and isinstance(inner, ast.Tuple):
                    stack.append(inner.elts[0])
                elif name != _LITERAL:
                    stack.append(inner)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                stack.extend(elements)
            case ast.BinOp(left=left, right=right):
                stack += (left, right)
            case ast.Starred(value=value):
                stack.append(value)


def read_forward(
    constant: ast.Constant, literal: Span, scope: Scope, source: SourceText
) -> Iterator[Forward]:
    """Yield the expression in a string, and those in the strings inside it."""
    text = str(constant.value)
    tree = parse_expression(text)
    if tree is None:
        return  # Not a type; a type checker says so, imports are not concerned.
    forward = Forward(tree, literal, _shift(text, literal, source))
    yield forward
    for inner in strings_in(tree.body, scope):
        yield from read_forward(inner, forward.span(inner), scope, source)


def _shift(text: str, literal: Span, source: SourceText) -> int | None:
    if literal.line != literal.end_line or not text.isascii():
        return None
    written = source.lines[literal.line - 1][literal.column - 1 : literal.end_column - 1]
    start = written.find(text)
    body = written[start:].removeprefix(text) if start > 0 else ""
    quote = written[:start].lstrip("rRuU")
    return literal.column + start - 1 if body and body == quote else None


def _own_name(node: ast.expr, scope: Scope) -> str:
    """Return the name of a type or function, whatever it was imported as."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if not isinstance(node, ast.Name):
        return ""
    names = (item.name for item in _imports_of(node, scope))
    return next((name for name in names if name is not None), node.id)


def _imports_of(name: ast.Name, scope: Scope) -> tuple[Import, ...]:
    return scope.imports_of(name.id, (name.lineno, name.col_offset))
