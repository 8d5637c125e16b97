"""Which modules a file puts into `sys.modules`, also in its functions: those of tests do so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from linter_ext.source.conditions import spelling
from linter_ext.source.excerpts import parse_around
from linter_ext.source.parser import last_name

MODULES = "sys.modules"
_TAKING = frozenset({"clear", "copy", "get", "items", "keys", "pop", "popitem", "values"})
_PUTTING = frozenset({"setdefault", "setitem"})
_LOOKING = frozenset({"delitem", "dict", "len", "list", "set", "sorted", "tuple"})


@dataclass(slots=True)
class PutModules:
    """What a file puts into `sys.modules`.

    Attributes:
        names:   the dotted paths that its text tells.
        is_open: whether there may be others.
    """

    names: set[str] = field(default_factory=set)
    is_open: bool = False


def find_put_modules(text: str) -> PutModules:
    """Return what any code of a file puts into `sys.modules`; what it puts back does not count.

    Raises:
        UnreadableError: if the text is not valid Python, as far as it has to be parsed.
    """
    tree = parse_around([found.start() for found in re.finditer(re.escape(MODULES), text)], text)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    search = _Search(parents, frozenset(_kept(tree)))
    for node in parents:
        if isinstance(node, (ast.Attribute, ast.Constant)) and _is_modules(node):
            search.use(node)
    return search.found


def _is_modules(node: ast.Attribute | ast.Constant) -> bool:
    """Return whether an expression stands for `sys.modules`, or a string for its path."""
    return node.value == MODULES if isinstance(node, ast.Constant) else spelling(node) == MODULES


def _kept(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names that hold what was taken from `sys.modules`, each with its module."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(value=owner, attr="pop" | "get"), args=[key, *_])
                | ast.Subscript(value=owner, slice=key),
            ) if spelling(owner) == MODULES:
                yield name, _text(key) or ""


class _Search:
    def __init__(
        self, parents: Mapping[ast.AST, ast.AST], kept: frozenset[tuple[str, str]]
    ) -> None:
        self.found = PutModules()
        self._parents = parents
        self._kept = kept

    def use(self, node: ast.expr) -> None:
        """Look at where `sys.modules` stands."""
        parent = self._parents[node]
        match parent:
            case ast.Subscript(ctx=ast.Store(), slice=key):
                self._assign(parent, key)
            case ast.Subscript() | ast.Compare() | ast.For() | ast.comprehension() | ast.Expr():
                pass
            case ast.Attribute(attr=name) if name in _TAKING:
                pass
            case ast.Attribute(attr=name):
                self._call(name, self._parents[parent], is_method=True)
            case ast.Call(func=function):
                self._call(last_name(function) or "", parent, is_method=False)
            case _:
                self.found.is_open = True

    def _assign(self, target: ast.Subscript, key: ast.expr) -> None:
        statement = self._parents[target]
        value = statement.value if isinstance(statement, ast.Assign) else None
        held = value.id if isinstance(value, ast.Name) else ""
        if (held, _text(key) or "") not in self._kept:
            self._put(key)

    def _call(self, name: str, call: ast.AST, *, is_method: bool) -> None:
        """Look at a call of a method of `sys.modules`, or one that is given it."""
        if not isinstance(call, ast.Call):
            self.found.is_open = True
            return
        given = call.args if is_method else call.args[1:]
        is_patch = not is_method and name == "dict" and isinstance(call.func, ast.Attribute)
        if name in _PUTTING and given:
            self._put(given[0])
        elif name == "update" or is_patch:
            self._put_all(given, call.keywords)
        elif is_method or name not in _LOOKING:
            self.found.is_open = True

    def _put_all(self, given: list[ast.expr], keywords: list[ast.keyword]) -> None:
        """Note the keys of tables; `patch.dict` may be told to do no more than put back."""
        for table in given:
            if isinstance(table, ast.Dict):
                for key in table.keys:
                    self._put(key)
            else:
                self.found.is_open = True
        for keyword in keywords:
            if keyword.arg is None or keyword.arg in ("values", "in_dict"):
                self.found.is_open = True
            elif keyword.arg != "clear":
                self.found.names.add(keyword.arg)

    def _put(self, key: ast.expr | None) -> None:
        name = _text(key)
        if name is None:
            self.found.is_open = True
        else:
            self.found.names.add(name)


def _text(expression: ast.expr | None) -> str | None:
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return expression.value
    return None
