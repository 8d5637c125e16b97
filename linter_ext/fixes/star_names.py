"""Which names a star import brings."""

from __future__ import annotations

import ast
import contextlib

from linter_ext.source.conditions import spelling
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.text import UnreadableError

_ALL = "__all__"
_MODULES = "sys.modules"


def star_names(module: str, index: Index) -> frozenset[str] | None:
    """Return the names that a star import of a first-party module brings.

    None, if source text cannot tell. A module that takes its `__all__` from another one brings
    what that one lists; one that puts another in its own place brings what that one does.
    """
    return _star_names(module, index, frozenset())


def _star_names(module: str, index: Index, seen: frozenset[str]) -> frozenset[str] | None:
    if module in seen:
        return frozenset()
    file = index.file(module)
    with contextlib.suppress(UnreadableError):
        return None if file is None else _names_of(file, index, seen | {module})
    return None


def _names_of(file: SourceFile, index: Index, seen: frozenset[str]) -> frozenset[str] | None:
    bindings, text = file.bindings, file.source.text
    if bindings.exported is not None:
        return bindings.exported
    other = _stand_in(file, index) if _MODULES in text else None
    if other is None and _ALL in bindings.imports:
        other = _lister(file, index)
    if other is not None:
        return _star_names(other, index, seen)
    if _ALL in text or bindings.openness.has_open_names:
        return None
    found = {*bindings.imports, *bindings.definitions, *bindings.aliases}
    for item in bindings.stars:
        asked = index.ask(file, item)
        inner = _star_names(asked.module, index, seen) if asked is not None else None
        if inner is None:
            return None
        found |= inner
    return frozenset(name for name in found if not name.startswith("_") and name != "*")


def _lister(file: SourceFile, index: Index) -> str | None:
    """Return the module that a file takes its `__all__` from, and nothing else."""
    items = file.bindings.imports[_ALL]
    asked = index.ask(file, items[0]) if len(items) == 1 else None
    is_own = asked is not None and asked.item.name == _ALL and _ALL not in file.bindings.definitions
    return asked.module if asked is not None and is_own else None


def _stand_in(file: SourceFile, index: Index) -> str | None:
    """Return the module that a file puts in its own place: `sys.modules[__name__] = other`."""
    for statement in file.tree.body:
        match statement:
            case ast.Assign(
                targets=[ast.Subscript(value=owner, slice=ast.Name(id="__name__"))],
                value=ast.Name(id=name),
            ) if spelling(owner) == _MODULES:
                items = file.bindings.imports.get(name, ())
                asked = index.ask(file, items[0]) if len(items) == 1 else None
                is_module = asked is not None and index.is_module(asked.bound)
                return asked.bound if asked is not None and is_module else None
    return None
