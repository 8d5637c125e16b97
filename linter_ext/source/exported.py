"""What `__all__` lists, in the forms that the typing specification lets a reader understand."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from linter_ext.source.bound_names import own_nodes
from linter_ext.source.lazy_names import names_read_by
from linter_ext.source.parser import is_own_scope
from linter_ext.source.statements_on import lines_with, stands_on, statements_on

_ALL = "__all__"
_QUOTED = ("'__all__'", '"__all__"')


@dataclass(frozen=True, slots=True)
class _Change:
    """A statement about `__all__`.

    Attributes:
        names: what it lists or adds; None if source text cannot tell.
    """

    names: frozenset[str] | None


def find_exported(statements: Iterable[ast.stmt], text: str) -> frozenset[str] | None:
    """Return what `__all__` lists, whatever the branch.

    None where no statement is about it, or where one does what cannot be read off the text.
    """
    found: frozenset[str] | None = None
    lines = lines_with((_ALL,), text)
    for statement in statements if lines else ():
        if not stands_on(lines, statement):
            continue
        change = _change_later(statement) if is_own_scope(statement) else _change(statement)
        if change is None:
            continue
        if change.names is None:
            return None
        found = change.names if found is None else found | change.names
    return found


def find_plain_listed(text: str) -> frozenset[str] | None:
    """Return the strings of the one display that a text calls `__all__`, without parsing it.

    What `find_listed` returns is among them. None, if they cannot be told.
    """
    if text.count(_ALL) - sum(map(text.count, _QUOTED)) != 1:
        return None
    found = _plain_display().search(text)
    if found is None:
        return None
    listed = re.findall(r"""#[^\n]*|["']([\w.]+)""", found["names"] or found["name"])
    return frozenset(filter(None, listed))


@functools.cache
def _plain_display() -> re.Pattern[str]:
    """Return the pattern of a list or tuple of strings, each on a line of its own or not."""
    string = r"""(?:"[\w.]+"|'[\w.]+')"""
    blank = r"(?:\s|\#[^\n]*)*+"
    several = rf"(?:{blank}{string}{blank},)+(?:{blank}{string})?"
    return re.compile(
        rf"^{_ALL}[ \t]*=[ \t]*(?:[\[(](?P<names>{several}){blank}[\])]"
        rf"|\[(?P<name>{blank}{string}){blank}\])[ \t]*(?=[\n#;]|\Z)",
        re.MULTILINE,
    )


def find_listed(tree: ast.Module, text: str) -> frozenset[str]:
    """Return what `__all__` lists in any case, once the module has been imported.

    Nothing, where something may take names out of it again.
    """
    found: frozenset[str] = frozenset()
    assignments, is_own = 0, False
    for statement in tree.body:
        change = _change(statement)
        if change is None:
            continue
        names = change.names or frozenset()
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            is_shared = isinstance(statement, ast.Assign) and len(statement.targets) > 1
            is_own = change.names is not None and not is_shared
            found, assignments = frozenset(), assignments + 1
        if is_own:  # No other name stands for the list.
            found |= names
    concerned = statements_on(lines_with((_ALL,), text), tree.body)
    nodes = [node for statement, _ in concerned for node in own_nodes(statement)]
    harmless = sum(name == _ALL for node in nodes for name in names_read_by(node))
    harmless += sum(map(_adds, nodes))
    return found if sum(map(_is_all, nodes)) == assignments + harmless else frozenset()


def _adds(node: ast.AST) -> bool:
    """Return whether a node stands around an `__all__` that it can only add to."""
    match node:
        case ast.AugAssign(target=target, op=ast.Add()):
            return _is_all(target)
        case ast.Attribute(value=owner, attr="append" | "extend" | "insert"):
            return _is_all(owner)
    return False


def _change(statement: ast.stmt) -> _Change | None:
    match statement:
        case ast.Assign(targets=targets, value=value):
            if any(_is_all(target) for target in targets):
                return _Change(_names(value))
            if any(_is_all(node) for target in targets for node in ast.walk(target)):
                return _Change(None)  # `__getattr__, __all__ = attach(...)`
        case ast.AnnAssign(target=target, value=ast.expr() as value) if _is_all(target):
            return _Change(_names(value))
        case ast.AugAssign(target=target, value=value) if _is_all(target):
            return _Change(_names(value))
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner, attr=method), args=[value])):
            if _is_all(owner):
                return _Change(_called(method, value))
    return None


def _change_later(statement: ast.stmt) -> _Change | None:
    """Return what a function may do to `__all__` when it is called: `__all__.append(name)`."""
    for node in ast.walk(statement):
        match node:
            case ast.Attribute(value=owner) if _is_all(owner):
                return _Change(None)
            case ast.Global(names=names) if _ALL in names:
                return _Change(None)
    return None


def _called(method: str, value: ast.expr) -> frozenset[str] | None:
    """Return what `__all__.append(value)` or `__all__.extend(value)` adds."""
    if method == "extend":
        return _names(value)
    return _names(ast.List(elts=[value], ctx=ast.Load())) if method == "append" else None


def _names(value: ast.expr) -> frozenset[str] | None:
    """Return the strings of a list, a tuple, or a sum of them."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        left, right = _names(value.left), _names(value.right)
        return None if left is None or right is None else left | right
    if not isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        return None
    found: set[str] = set()
    for element in value.elts:
        if not isinstance(element, ast.Constant) or not isinstance(element.value, str):
            return None
        found.add(element.value)
    return frozenset(found)


def _is_all(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == _ALL
