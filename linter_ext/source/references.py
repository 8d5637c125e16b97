"""Calls and assignments whose strings name modules and objects.

The callables are those of `unittest.mock`, pytest, pytest-mock, `importlib` and `pkgutil`, as
their documentation describes them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from linter_ext.names import is_dotted_name, join
from linter_ext.source.facts import Reference, ReferenceKind
from linter_ext.source.scopes import Scope
from linter_ext.source.text import SourceText

_PATCH = "patch"


@dataclass(frozen=True, slots=True)
class _Referrer:
    """A callable that takes a dotted path.

    Attributes:
        keyword: the parameter that takes it (also the first positional one).
        kind:    what the path names.
        method:  whether it is only ever called on something (`monkeypatch.setattr`).
    """

    keyword: str
    kind: ReferenceKind
    method: bool = False


_REFERRERS = {
    "patch": _Referrer("target", ReferenceKind.OBJECT),
    "patch.dict": _Referrer("in_dict", ReferenceKind.OBJECT),
    "patch.multiple": _Referrer("target", ReferenceKind.OBJECT),
    "setattr": _Referrer("target", ReferenceKind.OBJECT, method=True),
    "delattr": _Referrer("target", ReferenceKind.OBJECT, method=True),
    "resolve_name": _Referrer("name", ReferenceKind.OBJECT),
    "import_module": _Referrer("name", ReferenceKind.MODULE),
    "importorskip": _Referrer("modname", ReferenceKind.MODULE),
    "__import__": _Referrer("name", ReferenceKind.MODULE),
}
TRIGGERS = frozenset({*(name.partition(".")[0] for name in _REFERRERS), "pytest_plugins"})
"""A file whose text has none of these words holds no reference."""


def call_reference(call: ast.Call, scope: Scope, source: SourceText) -> Reference | None:
    """Return what the call refers to by a string, if it does."""
    referrer = _REFERRERS.get(_callee(call.func, scope) or "")
    if referrer is None or (referrer.method and isinstance(call.func, ast.Name)):
        return None
    argument = _argument(call, referrer.keyword)
    if argument is None:
        return None
    target = _target(str(argument.value), call, referrer)
    if not is_dotted_name(target):
        return None
    if referrer.kind is ReferenceKind.OBJECT and "." not in target:
        return None
    return Reference(target, referrer.kind, source.span(argument), call.lineno)


def plugin_references(node: ast.Assign, source: SourceText) -> Iterator[Reference]:
    """Yield the modules that `pytest_plugins = …` names."""
    if not any(isinstance(item, ast.Name) and item.id == "pytest_plugins" for item in node.targets):
        return
    value = node.value
    elements = value.elts if isinstance(value, (ast.List, ast.Tuple, ast.Set)) else [value]
    for element in elements:
        if isinstance(element, ast.Constant) and is_dotted_name(str(element.value)):
            span = source.span(element)
            yield Reference(str(element.value), ReferenceKind.MODULE, span, node.lineno)


def _callee(function: ast.expr, scope: Scope) -> str | None:
    """Return the callable's own name, whatever it was imported as: `patch`, `patch.dict`."""
    if isinstance(function, ast.Name):
        if function.id == "__import__":
            return function.id
        taken = {item.name for item in scope.imports_of(function.id)}
        return next((name for name in sorted(_REFERRERS) if name in taken), None)
    if not isinstance(function, ast.Attribute):
        return None
    if f"{_PATCH}.{function.attr}" in _REFERRERS:
        owner = function.value
        if isinstance(owner, ast.Attribute):
            called_on_patch = owner.attr == _PATCH
        else:
            called_on_patch = isinstance(owner, ast.Name) and _callee(owner, scope) == _PATCH
        return f"{_PATCH}.{function.attr}" if called_on_patch else None
    return function.attr


def _argument(call: ast.Call, keyword: str) -> ast.Constant | None:
    """Return the string that is the call's first argument, or is given by keyword."""
    given = [item.value for item in call.keywords if item.arg == keyword]
    argument = call.args[0] if call.args else next(iter(given), None)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument
    return None


def _target(text: str, call: ast.Call, referrer: _Referrer) -> str:
    """Return the absolute dotted path that the string stands for."""
    if referrer is _REFERRERS["resolve_name"]:
        return text.replace(":", ".", 1)
    if referrer is _REFERRERS["import_module"] and text.startswith("."):
        package = _package(call)
        level = len(text) - len(text.lstrip("."))
        base = package.split(".")[: len(package.split(".")) - level + 1]
        return join(*base, text.lstrip(".")) if package and base else ""
    return text


def _package(call: ast.Call) -> str:
    """Return the `package` argument of `importlib.import_module`, or nothing."""
    given = [item.value for item in call.keywords if item.arg == "package"]
    argument = next(iter([*call.args[1:2], *given]), None)
    return str(argument.value) if isinstance(argument, ast.Constant) else ""
