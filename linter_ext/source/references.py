"""Calls and assignments whose strings name modules and objects.

The callables are those of `unittest.mock`, pytest, pytest-mock, `importlib` and `pkgutil`, as
their documentation describes them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linter_ext.names import is_dotted_name, join
from linter_ext.source.facts import Reference, ReferenceKind
from linter_ext.source.parser import last_name, module_statements
from linter_ext.source.scopes import Scope
from linter_ext.source.text import SourceText

_PATCH = "patch"
_PLUGINS = "pytest_plugins"


@dataclass(frozen=True, slots=True)
class _Referrer:
    """A callable that takes a dotted path.

    Attributes:
        keyword: the parameter that takes it (also the first positional one).
        kind:    what the path names.
        method:  whether it is only ever called on something (`monkeypatch.setattr`).
        dotted:  whether a path without a dot is none.
    """

    keyword: str
    kind: ReferenceKind
    method: bool = False
    dotted: bool = True


_REFERRERS: Mapping[str, _Referrer] = {
    "patch": _Referrer("target", ReferenceKind.OBJECT),
    "patch.dict": _Referrer("in_dict", ReferenceKind.OBJECT),
    "patch.multiple": _Referrer("target", ReferenceKind.OBJECT, dotted=False),
    "setattr": _Referrer("target", ReferenceKind.OBJECT, method=True),
    "delattr": _Referrer("target", ReferenceKind.OBJECT, method=True),
    "resolve_name": _Referrer("name", ReferenceKind.OBJECT, dotted=False),
    "import_module": _Referrer("name", ReferenceKind.MODULE, dotted=False),
    "importorskip": _Referrer("modname", ReferenceKind.MODULE, dotted=False),
    "__import__": _Referrer("name", ReferenceKind.MODULE, dotted=False),
}
TRIGGERS = frozenset({*(name.partition(".")[0] for name in _REFERRERS), _PLUGINS})
"""A file whose text has none of these words holds no reference."""

# What follows a callable's name where its path is a string, or where it gets another name.
_TAKES_A_PATH = re.compile(
    r"""[\s\\)]*(?:\.[\s\\]*(?:dict|multiple)[\s\\)]*)?\("""
    r"""(?:[\s\\]|\#[^\n]*+)*+(?:[rRuU]?["'(]|\w+[\s\\]*=)"""
    r"""|[\s\\]+as\b"""
)


def may_refer(text: str) -> bool:
    """Return whether a file may hold a reference; its text may promise too much."""
    return _PLUGINS in text or any(_is_called(word, text) for word in TRIGGERS)


def _is_called(word: str, text: str) -> bool:
    start = text.find(word)
    while start >= 0:
        start += len(word)
        if _TAKES_A_PATH.match(text, start):
            return True
        start = text.find(word, start)
    return False


def call_reference(call: ast.Call, scope: Scope, source: SourceText) -> Reference | None:
    """Return what the call refers to by a string, if it does."""
    referrer = _REFERRERS.get(_callee(call.func, scope))
    if referrer is None or (referrer.method and isinstance(call.func, ast.Name)):
        return None
    literal = _argument(call, 0, referrer.keyword)
    target = _target(call, literal, referrer)
    if literal is None or not is_dotted_name(target) or (referrer.dotted and "." not in target):
        return None
    return Reference(target, referrer.kind, source.span(literal), call.lineno)


def plugin_references(tree: ast.Module, source: SourceText) -> Iterator[Reference]:
    """Yield the modules that `pytest_plugins` names, at module level, where pytest reads it."""
    if _PLUGINS not in source.text:
        return
    for statement in module_statements(tree):
        value = _plugins(statement)
        for element in value.elts if isinstance(value, (ast.List, ast.Tuple)) else [value]:
            path = _string(element)
            if element is not None and is_dotted_name(path):
                span = source.span(element)
                yield Reference(path, ReferenceKind.MODULE, span, statement.lineno)


def _plugins(statement: ast.stmt) -> ast.expr | None:
    """Return what the statement assigns or adds to `pytest_plugins`."""
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, (ast.AnnAssign, ast.AugAssign)):
        targets = [statement.target]
    else:
        return None
    named = any(isinstance(target, ast.Name) and target.id == _PLUGINS for target in targets)
    return statement.value if named else None


def _callee(function: ast.expr, scope: Scope) -> str:
    """Return the callable's own name, whatever it was imported as: `patch`, `patch.dict`."""
    if isinstance(function, ast.Name):
        return _imported_as(function, scope)
    if not isinstance(function, ast.Attribute):
        return ""
    name = f"{_PATCH}.{function.attr}"
    if name not in _REFERRERS:
        return function.attr
    owner = function.value
    of_patch = (
        _imported_as(owner, scope) == _PATCH
        if isinstance(owner, ast.Name)
        else last_name(owner) == _PATCH
    )
    return name if of_patch else ""


def _imported_as(function: ast.Name, scope: Scope) -> str:
    """Return the name by which a function of ours was imported; `__import__` needs no import."""
    found = scope.imports_of(function.id, (function.lineno, function.col_offset))
    if not found and function.id == "__import__":
        return function.id
    return next((item.name for item in found if item.name and item.name in _REFERRERS), "")


def _argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    if len(call.args) > position:
        return call.args[position]
    return next((item.value for item in call.keywords if item.arg == keyword), None)


def _string(expression: ast.expr | None) -> str:
    """Return the text of a string literal; nothing for any other expression."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return expression.value
    return ""


def _target(call: ast.Call, literal: ast.expr | None, referrer: _Referrer) -> str:
    """Return the absolute dotted path that the string stands for; nothing if it stands for none."""
    text = _string(literal)
    if referrer is _REFERRERS["resolve_name"]:
        return text.replace(":", ".", 1).removesuffix(".")
    if referrer is _REFERRERS["import_module"] and text.startswith("."):
        name = text.lstrip(".")
        package = _string(_argument(call, 1, "package"))
        parts = package.split(".") if package else []
        kept = len(parts) - (len(text) - len(name)) + 1
        return join(*parts[:kept], name) if kept > 0 else ""
    return text
