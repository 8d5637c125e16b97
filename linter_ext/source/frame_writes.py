"""Which names functions put into the modules that call them, by way of stack frames."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linter_ext.source.parser import all_statements, module_statements
from linter_ext.source.statements_on import lines_with, stands_on

_WORDS = frozenset({"f_globals", "f_locals", "_getframe", "currentframe", "stack"})
_BACK = "f_back"
_SPACES = frozenset({"f_globals", "f_locals"})
_READING = frozenset({"copy", "get", "items", "keys", "values"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Written(NamedTuple):
    """What is known of a name that is put somewhere: how it begins and ends.

    Attributes:
        start:    its beginning.
        end:      its end.
        is_whole: whether the beginning is all of it.
    """

    start: str = ""
    end: str = ""
    is_whole: bool = False

    def may_be(self, name: str) -> bool:
        """Return whether it may be a name."""
        if self.is_whole:
            return name == self.start
        return name.startswith(self.start) and name.endswith(self.end)


_ANY = Written()


def find_frame_writes(tree: ast.Module, text: str) -> frozenset[Written]:
    """Return what the functions of a module may put into the globals of their callers."""
    constants = dict(_constants(tree))
    lines = lines_with((*_WORDS, _BACK), text)
    found: set[Written] = set()
    for node in all_statements(tree):
        if isinstance(node, _FUNCTIONS) and stands_on(lines, node):
            found.update(_Function(node, constants).writes())
    return frozenset(found)


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for statement in module_statements(tree):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                yield name, text


class _Function:
    """One function, those inside it among it.

    A name that may stand for a frame, or for the names of one, is tainted.
    """

    def __init__(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, constants: Mapping[str, str]
    ) -> None:
        self._nodes = [item for item in ast.walk(node) if item is not node]
        self._constants = constants
        self._tainted = self._find_tainted()

    def writes(self) -> Iterator[Written]:
        """Yield what it may put into a caller."""
        parents = {child: node for node in self._nodes for child in ast.iter_child_nodes(node)}
        for node in self._nodes:
            if self._is_space(node):
                yield from self._by_use(node, parents)

    def _find_tainted(self) -> frozenset[str]:
        tainted: set[str] = set()
        assigned = [
            (target.id, node.value)
            for node in self._nodes
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        ]
        for _ in range(len(assigned) + 1):
            before = len(tainted)
            tainted |= {name for name, value in assigned if self._leads_to(value, tainted)}
            if len(tainted) == before:
                break
        return frozenset(tainted)

    @staticmethod
    def _leads_to(value: ast.expr, tainted: Iterable[str]) -> bool:
        """Return whether a value may be a frame, or the names of one."""
        match value:
            case ast.BoolOp(values=values):
                return any(_Function._leads_to(item, tainted) for item in values)
            case ast.IfExp(body=body, orelse=orelse):
                return any(_Function._leads_to(item, tainted) for item in (body, orelse))
            case ast.Name(id=name):
                return name in tainted
            case ast.Attribute(attr=name, value=inner):
                return name in _SPACES or (name == _BACK and bool(inner))
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
                return name in _WORDS
        return isinstance(value, ast.Subscript) and "stack" in ast.dump(value)

    def _is_space(self, node: ast.AST) -> bool:
        """Return whether a node may stand for the names of a frame."""
        if isinstance(node, ast.Name):
            return node.id in self._tainted and isinstance(node.ctx, ast.Load)
        return isinstance(node, ast.Attribute) and node.attr in _SPACES

    def _by_use(self, node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> Iterator[Written]:
        """Yield what may be written where the names of a frame are used."""
        parent = parents.get(node)
        match parent:
            case ast.Subscript(ctx=ast.Load()) | ast.Compare():
                return
            case ast.Subscript(slice=key):
                yield self._key(key)
            case ast.Attribute(attr=name) if name in _SPACES or name in (_BACK, "f_code"):
                return
            case ast.Attribute(attr=name) if name in _READING or name.startswith("f_"):
                return
            case ast.Attribute(attr="setdefault"):
                call = parents.get(parent)
                is_told = isinstance(call, ast.Call) and bool(call.args)
                yield self._key(call.args[0]) if isinstance(call, ast.Call) and is_told else _ANY
            case ast.BoolOp() | ast.IfExp():
                yield from self._by_use(parent, parents)
            case ast.Assign(targets=[ast.Name()]) | ast.Delete() | ast.If():
                return
            case _:
                yield _ANY

    def _key(self, key: ast.expr) -> Written:
        match key:
            case ast.Constant(value=str(text)):
                return Written(text, is_whole=True)
            case ast.Name(id=name) if name in self._constants:
                return Written(self._constants[name], is_whole=True)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                first, last = self._key(left), self._key(right)
                end = last.start if last.is_whole else last.end
                return Written(first.start, end)
            case ast.JoinedStr(values=[*_, _] as parts):
                texts = [part.value if isinstance(part, ast.Constant) else "" for part in parts]
                return Written(str(texts[0]), str(texts[-1]) if len(texts) > 1 else "")
        return _ANY
