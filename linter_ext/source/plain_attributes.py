"""Tells from texts alone that a name leads to a class with some method, or to the outside.

Where several statements bind a name, one is enough: nothing is missing that one of them offers.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from linter_ext.source.facts import STAR, Context, Import
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import State
from linter_ext.source.index import Index
from linter_ext.source.plain_classes import PlainClass
from linter_ext.source.presence import Presence
from linter_ext.source.tree import STUB_SUFFIX

_FARTHEST = 10
"""How many imports are followed, and how many bases."""


class _Elsewhere(Enum):
    """Where an import leads that leaves the project."""

    OUTSIDE = auto()


_OUTSIDE = _Elsewhere.OUTSIDE


class _Class(NamedTuple):
    """A class, in the file that defines it."""

    file: SourceFile
    found: PlainClass


class PlainAttributes:
    """Looks at the margins of files, which need not be parsed for it.

    One for each index: `index.derived(PlainAttributes)`.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._presence = index.derived(Presence)

    def has(self, module: str, name: str, member: str) -> bool:
        """Return whether a name of a module is a class with a method, or comes from outside.

        Args:
            module: a first-party module.
            name:   the name.
            member: the method.
        """
        found = self._follow(module, name)
        return found is _OUTSIDE or (found is not None and self._offers(found, member, _FARTHEST))

    def _follow(self, module: str, name: str) -> _Class | _Elsewhere | None:
        """Return where a name leads by imports: to a class, or outside; None if nothing shows."""
        for _ in range(_FARTHEST):
            file = self._open(module, name)
            found = file.plain_classes.get(name) if file is not None else None
            if file is not None and found is not None:
                return _Class(file, found)
            item = self._import_of(file, name) if file is not None else None
            asked = self._index.ask(file, item) if file is not None and item is not None else None
            if asked is None:
                return None
            if not self._index.tree.is_first_party(asked.module):
                return _OUTSIDE
            if asked.item.name is None:
                return None
            module, name = asked.module, asked.item.name
        return None

    def _offers(self, owner: _Class, member: str, steps: int) -> bool:
        """Return whether a class, or one that it is derived from in the project, has the method."""
        if member in owner.found.methods:
            return True
        bases = (self._base(owner.file, base.split(".")) for base in owner.found.bases)
        return steps > 0 and any(
            isinstance(base, _Class) and self._offers(base, member, steps - 1) for base in bases
        )

    def _base(self, file: SourceFile, base: Sequence[str]) -> _Class | _Elsewhere | None:
        """Return what a dotted name in the header of a class leads to."""
        *path, name = base
        module: str | None = file.module.name
        for part in path:
            module = self._module_behind(module, part) if module is not None else None
        is_ours = module is not None and self._index.tree.is_first_party(module)
        return self._follow(module, name) if module is not None and is_ours else None

    def _module_behind(self, module: str, name: str) -> str | None:
        """Return the module that a name of a module stands for, if an import says so."""
        file = self._open(module, name)
        item = self._import_of(file, name) if file is not None else None
        asked = self._index.ask(file, item) if file is not None and item is not None else None
        if item is None or asked is None:
            return None
        if item.name is None:
            return asked.bound
        package = self._index.file(asked.module)
        may_be_other = package is not None and item.name in package.source.text
        return asked.path if self._index.is_module(asked.path) and not may_be_other else None

    def _open(self, module: str, name: str) -> SourceFile | None:
        """Return the file of a module that is there and binds the name at its margin."""
        file = self._index.file(module)
        if file is None or file.path.endswith(STUB_SUFFIX) or name not in file.plain_names:
            return None
        return file if self._presence.module(module) is State.THERE else None

    def _import_of(self, file: SourceFile, name: str) -> Import | None:
        """Return an import at the margin that binds the name."""
        for item in file.told_imports or ():
            is_meant = item.local_name == name and item.name != STAR
            if is_meant and item.context is Context.MODULE:
                return item
        return None
