"""How a module may offer names and submodules that no statement of its own binds.

`globals()[…]`, `sys.modules[…]`, `exec`, `__path__`, and PEP 562's `__getattr__`. What cannot be
read off the text makes the module open: nothing asked of it is missing for certain.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linter_ext.source.lazy_names import find_lazy_names
from linter_ext.source.parser import last_name
from linter_ext.source.statements_on import lines_with, statements_on

_WORDS = (
    "__path__",
    "_convert_",
    "declare_namespace",
    "exec",
    "global",
    "import_module",
    "locals",
    "meta_path",
    "modules",
    "path_hooks",
    "vars",
)
"""What is on the lines of every statement that opens a module."""

_SCOPES = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda})
"""What has names of its own, which `locals()` and `vars()` are then about."""
_READING = frozenset({"get", "keys", "values", "items", "copy"})
_READERS = frozenset({"dict", "set", "list", "sorted", "eval", "len"})
_READING_NODES = (
    ast.Attribute,
    ast.BinOp,
    ast.Compare,
    ast.For,
    ast.Subscript,
    ast.comprehension,
)
_LOOKING = frozenset({"dir", "getattr", "getmembers", "hasattr"})
"""Functions that look at a module and leave it as it is."""
_WRITABLE = frozenset({"__class__", "__dict__", "__setattr__"})
"""Attributes by which a module may get others."""
_SPREADING = frozenset({"global_enum", "_convert_"})
"""What of `enum` puts the members of an enumeration into its module."""

_LOOKED_AT = frozenset(
    {
        ast.Attribute,
        ast.Call,
        ast.ClassDef,
        ast.Global,
        ast.ImportFrom,
        ast.Name,
        ast.Subscript,
    }
)


@dataclass(frozen=True, slots=True)
class Openness:
    """What a module may offer beyond its bindings.

    Attributes:
        names:            names that it offers, or may offer, by other means than a binding.
        has_open_names:   whether any further name may be there.
        lazy:             the names of `names` that only the module's `__getattr__` offers.
        is_asked:         whether only that can offer further names.
        has_open_modules: whether any further submodule may be there.
        registered:       dotted paths that it puts into `sys.modules`.
    """

    names: frozenset[str] = frozenset()
    has_open_names: bool = False
    lazy: frozenset[str] = frozenset()
    is_asked: bool = False
    has_open_modules: bool = False
    registered: frozenset[str] = frozenset()


CLOSED = Openness()


def find_openness(tree: ast.Module, text: str) -> Openness:
    """Return what the text says of names and submodules that are not bound by statements."""
    lines = lines_with(_WORDS, text)
    has_getattr = "__getattr__" in text
    if not lines and not has_getattr:
        return CLOSED
    search = _Search()
    search.run([item for item in tree.body if not _is_getattr(item)], lines)
    is_closed = not search.opens_names and "__getattr__" not in search.names
    search.run([item for item in tree.body if _is_getattr(item)], lines)
    lazy = find_lazy_names(tree) if has_getattr else frozenset[str]()
    is_open = search.opens_names or lazy is None or "__getattr__" in search.names
    return Openness(
        names=frozenset(search.names | (lazy or set())),
        has_open_names=is_open,
        lazy=(lazy or frozenset()) - search.names,
        is_asked=is_closed and lazy != frozenset(),
        has_open_modules=search.opens_modules,
        registered=frozenset(search.registered),
    )


def _is_getattr(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "__getattr__"


class _Search:
    """A search through a whole file: functions count, since they may run at import."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.registered: set[str] = set()
        self.opens_names = False
        self.opens_modules = False
        self._is_local = False

    def run(self, body: Iterable[ast.stmt], lines: Sequence[int]) -> None:
        """Visit the nodes of all statements, inner ones too, that some of the lines belong to."""
        for statement, is_inside in statements_on(lines, body):
            self._look(statement, statement)
            self._visit(statement, is_local=is_inside)

    def _visit(self, statement: ast.stmt, *, is_local: bool) -> None:
        """Visit the nodes of a statement, but for the statements inside it."""
        stack: list[tuple[ast.AST, bool]] = [(statement, is_local)]
        while stack:
            node, is_local = stack.pop()
            is_local = is_local or type(node) in _SCOPES
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.stmt):
                    continue
                if type(child) in _LOOKED_AT:
                    self._is_local = is_local
                    self._look(child, node)
                stack.append((child, is_local))

    def _look(self, node: ast.AST, parent: ast.AST) -> None:
        self._statement(node)
        if _is_own_module(node):
            self._hand_on(parent)
        match node:
            case ast.Call() if self._is_namespace(node):
                self.opens_names |= not _only_reads(parent)
            case ast.Call(func=function):
                self._call(node, last_name(function))
            case ast.Name(id="__path__", ctx=ast.Store()):
                self.opens_modules = True
            case ast.Attribute(attr="meta_path" | "path_hooks"):
                self.opens_modules = True
            case ast.Attribute() if _is_sys_modules(node):
                self.opens_modules |= not _only_reads(parent)
            case ast.Subscript():
                self._subscript(node)

    def _statement(self, node: ast.AST) -> None:
        match node:
            case ast.Global(names=names):
                self.names.update(names)
            case ast.ImportFrom(module="sys", names=aliases):
                if any(alias.name == "modules" for alias in aliases):
                    self.opens_names = self.opens_modules = True
            case ast.ClassDef(decorator_list=decorators):
                self.opens_names |= any(last_name(item) in _SPREADING for item in decorators)

    def _call(self, call: ast.Call, called: str | None) -> None:
        is_bare_exec = called in ("exec", "exec_") and len(call.args) == 1 and not call.keywords
        if is_bare_exec or called in _SPREADING:
            self.opens_names = True
        elif called == "declare_namespace":
            self.opens_modules = True
        elif isinstance(call.func, ast.Attribute):
            self._method(call, call.func)

    def _method(self, call: ast.Call, function: ast.Attribute) -> None:
        owner, method = function.value, function.attr
        if isinstance(owner, ast.Name) and owner.id == "__path__":
            self.opens_modules = True
        elif _is_sys_modules(owner) and method in ("update", "setdefault"):
            self._register(call.args[0] if method == "setdefault" and call.args else None)
        elif self._is_namespace(owner) and method not in _READING:
            self._assign_all(call if method == "update" else None)

    def _subscript(self, node: ast.Subscript) -> None:
        if isinstance(node.ctx, ast.Load):
            return
        if self._is_namespace(node.value):
            name = _text(node.slice)
            self.names.update([name] if name is not None else [])
            self.opens_names |= name is None
        elif _is_sys_modules(node.value) and isinstance(node.ctx, ast.Store):
            self._register(node.slice)

    def _hand_on(self, parent: ast.AST) -> None:
        """Note what may become of the module itself, by what its expression stands in."""
        match parent:
            case ast.Attribute(attr=name, ctx=ast.Store()) if name not in _WRITABLE:
                self.names.add(name)
            case ast.Attribute(attr=name):
                self.opens_names |= name in _WRITABLE
            case ast.Call(func=function):
                self.opens_names |= last_name(function) not in _LOOKING
            case ast.Expr():
                pass
            case _:
                self.opens_names = True

    def _is_namespace(self, node: ast.AST) -> bool:
        """Return whether it is a call that gives the table of the module's names."""
        match node:
            case ast.Call(func=ast.Name(id="globals"), args=[]):
                return True
            case ast.Call(func=ast.Name(id="locals" | "vars"), args=[]):
                return not self._is_local
        return False

    def _register(self, key: ast.expr | None) -> None:
        path = _text(key)
        if path is not None:
            self.registered.add(path)
            return
        is_own = key is not None and _tells_own_name(key)
        self.opens_modules |= not is_own  # What takes the module's place keeps its `__path__`.
        self.opens_names |= is_own or key is None or isinstance(key, ast.Name)

    def _assign_all(self, call: ast.Call | None) -> None:
        """Note what `globals().update(…)` binds; any name, if that cannot be read."""
        tables = [item for item in call.args if isinstance(item, ast.Dict)] if call else []
        keys = [_text(key) for table in tables for key in table.keys]
        names = [key for key in keys if key is not None]
        is_plain = call is not None and len(tables) == len(call.args) and len(names) == len(keys)
        words = [item.arg for item in call.keywords] if call else []
        self.names.update(names, (word for word in words if word is not None))
        self.opens_names |= not is_plain or None in words


def _only_reads(parent: ast.AST) -> bool:
    """Return whether a table of names stands where it is looked at, not handed on.

    Subscripts and methods are looked at on their own.
    """
    if isinstance(parent, ast.Call):
        return isinstance(parent.func, ast.Name) and parent.func.id in _READERS
    if isinstance(parent, ast.keyword):
        return parent.arg is None  # `f(**globals())` hands on a copy.
    return isinstance(parent, _READING_NODES)


def _is_own_module(node: ast.AST) -> bool:
    """Return whether it is `sys.modules[__name__]`, or a call that gives the same."""
    match node:
        case ast.Subscript(value=owner, slice=key, ctx=ast.Load()):
            return _is_sys_modules(owner) and _tells_own_name(key)
        case ast.Call(func=ast.Attribute(value=owner, attr="get"), args=[key, *_]):
            return _is_sys_modules(owner) and _tells_own_name(key)
        case ast.Call(func=function, args=[key, *_]):
            return last_name(function) == "import_module" and _tells_own_name(key)
    return False


def _tells_own_name(key: ast.expr) -> bool:
    return isinstance(key, ast.Name) and key.id == "__name__"


def _is_sys_modules(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "modules"
        and isinstance(node.value, ast.Name)
        and node.value.id in ("sys", "_sys")
    )


def _text(expression: ast.expr | None) -> str | None:
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return expression.value
    return None
