"""What `getattr` finds on a class: its own body, then its bases, in the project and outside."""

from __future__ import annotations

import abc
import builtins
import enum
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter_ext.source.classes import Classes, ClassFacts
from linter_ext.source.facts import Import
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import State
from linter_ext.source.homes import Homes
from linter_ext.source.import_roots import absolute_module
from linter_ext.source.index import Definition, Index
from linter_ext.source.presence import Presence
from linter_ext.source.text import UnreadableError

_STUB = ".pyi"
_FARTHEST = 10
"""How many modules from outside the project a name is followed through."""


def _offered_by(kind: type) -> frozenset[str]:
    """Return the names that a class of Python's own offers, those of its metaclass included."""
    owners = [*kind.__mro__, *type.mro(type(kind))]
    return frozenset(name for owner in owners for name in vars(owner))


_BUILTIN = {name: value for name, value in vars(builtins).items() if isinstance(value, type)}
_OF_EVERY_CLASS = _offered_by(abc.ABC) | {
    "__annotations__",
    "__attrs_attrs__",
    "__class_getitem__",
    "__dataclass_fields__",
    "__match_args__",
    "__orig_bases__",
    "__parameters__",
    "__slots__",
    "__type_params__",
    "__weakref__",
}
"""What `object`, `type` and `ABCMeta` offer, and what Python and decorators add on their own."""

_PROTOCOL = _offered_by(vars(typing)["Protocol"])
_NAMED_TUPLE = frozenset({"_asdict", "_field_defaults", "_fields", "_make", "_replace"})
_ENUMS: Sequence[type] = (enum.Enum, enum.IntEnum, enum.StrEnum, enum.Flag, enum.IntFlag)

_KNOWN: Mapping[str, frozenset[str]] = {
    "typing.Generic": _OF_EVERY_CLASS,
    "typing.NamedTuple": _offered_by(tuple) | _NAMED_TUPLE,
    "typing.Protocol": _PROTOCOL,
    "typing_extensions.Protocol": _PROTOCOL,
    **{f"enum.{kind.__name__}": _offered_by(kind) for kind in _ENUMS},
}
"""What classes offer whose own source does not say it."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class, in the file that defines it.

    Attributes:
        file:   the file.
        path:   the dotted path of the class.
        each:   its class statements; there may be one for each branch.
        around: the class in whose body it stands, if it stands in one.
    """

    file: SourceFile
    path: str
    each: tuple[ClassFacts, ...]
    around: Class | None = None

    def inner(self, name: str) -> Class | None:
        """Return a class in the body of this one."""
        each = tuple(inner for facts in self.each for inner in facts.classes.get(name, ()))
        return Class(self.file, f"{self.path}.{name}", each, self) if each else None

    def binds(self, name: str) -> bool:
        """Return whether the body of the class, or something done to it, binds the name."""
        return any(name in facts.names for facts in self.each)


_Base = Class | frozenset[str] | None
"""A class; or the names that a class of Python's own offers; or what cannot be told."""


class ClassAttributes:
    """Tells what classes offer. One for each index: `index.derived(ClassAttributes)`."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._presence = index.derived(Presence)

    def class_of(self, definition: Definition) -> Class | None:
        """Return the class that a name is defined as; None if it is none, or not for certain."""
        if definition.name is None:
            return None
        file = self._presence.file(definition.module)
        if file is None or file.path.endswith(_STUB):
            return None
        each = _classes(file).get(definition.name)
        return Class(file, definition.path, each) if each else None

    def read_ahead(self, module: str, name: str) -> None:
        """Read a module's classes before anything else is asked of it, if one has the name."""
        file = self._presence.file(module)
        if file is not None and f"class {name}" in file.source.text:
            _classes(file)

    def offer(self, owner: Class, name: str) -> Class | State:
        """Return what a class has under a name: a class, THERE, MISSING, or UNKNOWN."""
        found = self._offer(owner, name, frozenset())
        homes = self._index.derived(Homes)
        if found is State.MISSING and any(
            homes.is_set(item.path, name) for item in self._lineage(owner, frozenset())
        ):
            return State.UNKNOWN
        return found

    def names(self, owner: Class) -> frozenset[str]:
        """Return what is known of the names that a class offers."""
        each = (facts for item in self._lineage(owner, frozenset()) for facts in item.each)
        return frozenset(name for facts in each for name in facts.names)

    def _offer(self, owner: Class, name: str, seen: frozenset[str]) -> Class | State:
        inner = owner.inner(name)
        if inner is not None:
            return inner
        if owner.binds(name):
            return State.THERE
        is_open = any(facts.is_open for facts in owner.each)
        for base in self._bases(owner):
            found = self._offer_of_base(base, name, seen | {owner.path})
            if isinstance(found, Class) or found is State.THERE:
                return found
            is_open |= found is State.UNKNOWN
        if name in _OF_EVERY_CLASS:
            return State.THERE
        return State.UNKNOWN if is_open else State.MISSING

    def _offer_of_base(self, base: _Base, name: str, seen: frozenset[str]) -> Class | State:
        if isinstance(base, Class):
            return State.MISSING if base.path in seen else self._offer(base, name, seen)
        if base is None:
            return State.UNKNOWN
        return State.THERE if name in base else State.MISSING

    def _lineage(self, owner: Class, seen: frozenset[str]) -> Iterator[Class]:
        """Yield a class and those it inherits from, as far as they are known."""
        yield owner
        for base in self._bases(owner):
            if isinstance(base, Class) and base.path not in seen:
                yield from self._lineage(base, seen | {owner.path})

    # Bases: what a dotted name in a class statement stands for.

    def _bases(self, owner: Class) -> Iterator[_Base]:
        for path in (path for facts in owner.each for path in facts.bases if path):
            around = owner.around
            if around is not None and around.binds(path[0]):
                yield around.inner(path[0]) if len(path) == 1 else None
            elif self._is_builtin(owner.file, path):
                yield _offered_by(_BUILTIN[path[0]])
            else:
                found = sorted(self._meanings(owner.file, path), key=lambda item: item.path)
                yield from (self._base(item) for item in found or [Definition("", None)])

    def _is_builtin(self, file: SourceFile, path: Sequence[str]) -> bool:
        bindings = file.bindings
        is_bound = path[0] in bindings.definitions or path[0] in bindings.imports
        return len(path) == 1 and path[0] in _BUILTIN and not is_bound

    def _base(self, definition: Definition) -> _Base:
        known = _KNOWN.get(definition.path)
        return self.class_of(definition) if known is None else known

    def _meanings(self, file: SourceFile, path: Sequence[str]) -> Iterable[Definition]:
        """Return what a dotted name stands for in a file; nothing, if that cannot be told."""
        found = set(self._definitions(file.module.name, path[0], 0))
        for part in path[1:]:
            if any(item.name is not None for item in found):
                return ()
            found = {inner for item in found for inner in self._definitions(item.module, part, 0)}
        return {end for item in found for end in self._ends(item)}

    def _definitions(self, module: str, name: str, depth: int) -> Iterable[Definition]:
        if self._index.tree.is_first_party(module):
            return self._index.definitions(module, name)
        return self._outside(module, name, depth)

    def _ends(self, definition: Definition) -> Iterable[Definition]:
        """Return where a name from outside, once imported, is really defined."""
        if definition.name is None or self._index.tree.is_first_party(definition.module):
            return {definition}
        return self._outside(definition.module, definition.name, 0) or {definition}

    def _outside(self, module: str, name: str, depth: int) -> Iterable[Definition]:
        """Return where a name of a module from outside is defined; nothing, if it is not known."""
        here = Definition(module, name)
        file = self._presence.file(module) if here.path not in _KNOWN else None
        if here.path in _KNOWN or (file is not None and name in _classes(file)):
            return {here}
        if file is None or depth == _FARTHEST or not _is_readable(file):
            return ()
        imports = file.bindings.imports.get(name, ())
        if len(imports) == 1 and name not in file.bindings.definitions:
            return self._imported(file, imports[0], depth)
        is_module = self._presence.module(here.path) is State.THERE
        return {Definition(here.path, None)} if is_module and not imports else ()

    def _imported(self, file: SourceFile, item: Import, depth: int) -> Iterable[Definition]:
        asked = absolute_module(file.module, item)
        if asked is None:
            return ()
        if item.name is not None:
            return self._definitions(asked, item.name, depth + 1)
        return {Definition(asked if item.alias is not None else item.local_name, None)}


def _classes(file: SourceFile) -> Classes:
    """Return the classes of a file; none, if it is not valid Python.

    They are read first, while the tree is there: a file that has settled has let go of it.
    """
    try:
        found = file.classes
        file.settle()
    except UnreadableError:
        return {}
    return found


def _is_readable(file: SourceFile) -> bool:
    try:
        file.settle()
    except UnreadableError:
        return False
    return True
