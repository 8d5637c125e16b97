"""The strings of a file that the run time resolves, found by a reading of our own."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_SETTERS = frozenset({"setattr", "delattr"})
_IMPORTERS = frozenset({"import_module", "importorskip", "__import__"})


class Kind(StrEnum):
    """What the run time does with the string."""

    ATTRIBUTE = "attribute"
    """It gets all but the last part, of which the last part must be an attribute."""
    OBJECT = "object"
    """It gets the whole path."""
    MODULE = "module"
    """It imports the path."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A string that the run time resolves.

    Attributes:
        line:       where the string stands (1-based).
        target:     the dotted path.
        kind:       what is done with it.
        attributes: further attributes that it must have.
        may_lack:   whether the last part may be missing (`create=True`, `raising=False`).
    """

    line: int
    target: str
    kind: Kind
    attributes: tuple[str, ...] = ()
    may_lack: bool = False


def references_of(module: ast.Module) -> list[Reference]:
    """Return the references of a module, in no particular order."""
    constants = _constants(module)
    found: list[Reference] = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            found.extend(_in_call(node, constants))
    for statement in module.body:
        found.extend(_plugins(statement))
    return found


def _in_call(node: ast.Call, constants: Mapping[str, str]) -> Iterator[Reference]:
    name, owner = _called(node.func)
    first = node.args[0] if node.args else _keyword(node, "target")
    target = _string(first, constants)
    if first is None or target is None:
        return
    if name in _IMPORTERS or name == "resolve_name":
        if not target.startswith(".") and _is_path(target.replace(":", ".")):
            kind = Kind.OBJECT if name == "resolve_name" else Kind.MODULE
            yield Reference(first.lineno, target, kind)
    elif _is_path(target):
        yield from _patched(node, name, owner, Reference(first.lineno, target, Kind.ATTRIBUTE))


def _patched(node: ast.Call, name: str, owner: str, found: Reference) -> Iterator[Reference]:
    lenient = _is(node, "create", value=True) or _is(node, "raising", value=False)
    if name == "patch" and "." in found.target:
        yield Reference(found.line, found.target, Kind.ATTRIBUTE, may_lack=lenient)
    elif name == "dict" and owner == "patch" and "." in found.target:
        yield Reference(found.line, found.target, Kind.OBJECT)
    elif name == "multiple" and owner == "patch":
        known = {"spec", "create", "spec_set", "autospec", "new_callable", "target"}
        keywords = [item.arg for item in node.keywords if item.arg and item.arg not in known]
        attributes = () if lenient else tuple(keywords)
        yield Reference(found.line, found.target, Kind.OBJECT, attributes)
    elif name in _SETTERS and owner and "." in found.target and _is_short(node, name):
        yield Reference(found.line, found.target, Kind.ATTRIBUTE, may_lack=lenient)


def _is_short(node: ast.Call, name: str) -> bool:
    """Return whether the string is the whole target, not an object with its attribute."""
    return len(node.args) <= (2 if name == "setattr" else 1)


def _called(function: ast.expr) -> tuple[str, str]:
    """Return the last name of what is called, and the one before it."""
    if isinstance(function, ast.Attribute):
        value = function.value
        owner = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "?")
        return function.attr, owner
    return getattr(function, "id", ""), ""


def _keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((item.value for item in node.keywords if item.arg == name), None)


def _is(node: ast.Call, keyword: str, *, value: bool) -> bool:
    found = _keyword(node, keyword)
    return isinstance(found, ast.Constant) and found.value is value


def _plugins(statement: ast.stmt) -> Iterator[Reference]:
    if not isinstance(statement, ast.Assign):
        return
    if any(
        isinstance(item, ast.Name) and item.id == "pytest_plugins" for item in statement.targets
    ):
        for node in ast.walk(statement.value):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield Reference(node.lineno, node.value, Kind.MODULE)


def _constants(module: ast.Module) -> dict[str, str]:
    """Return the names of a module that are bound once, at its top, to a string."""
    found: dict[str, str] = {}
    for statement in module.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                text = value.value
                if isinstance(text, str) and _stores(module, target.id) == 1:
                    found[target.id] = text
    return found


def _stores(module: ast.Module, name: str) -> int:
    return sum(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in ast.walk(module)
    )


def _string(node: ast.expr | None, constants: Mapping[str, str]) -> str | None:
    """Return the constant string that an expression comes to."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [_string(node.left, constants), _string(node.right, constants)]
        return None if None in parts else "".join(part or "" for part in parts)
    if isinstance(node, ast.JoinedStr):
        return _joined(node, constants)
    return None


def _joined(node: ast.JoinedStr, constants: Mapping[str, str]) -> str | None:
    text = ""
    for part in node.values:
        value = part.value if isinstance(part, ast.FormattedValue) else part
        known = _string(value, constants)
        if known is None:
            return None
        text += known
    return text


def _is_path(text: str) -> bool:
    return bool(text) and all(part.isidentifier() for part in text.split("."))
