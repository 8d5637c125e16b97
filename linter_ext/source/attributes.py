"""How a dotted path in a string resolves at run time: modules, then attributes.

As `pkgutil.resolve_name` and pytest's `monkeypatch` do it: the longest prefix that is a module,
then attributes of the module, of the class that one of them is, and of its bases. What lies past
functions, constants and instances is unknown, and so is what comes from outside the project.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linter_ext.source.class_attributes import Class, ClassAttributes
from linter_ext.source.facts import ReferenceKind, Referrer
from linter_ext.source.gaps import Gap, State
from linter_ext.source.index import Definition, Index
from linter_ext.source.plain_attributes import PlainAttributes
from linter_ext.source.presence import Presence


@dataclass(frozen=True, slots=True)
class Unoffered:
    """An attribute that a class does not have.

    Attributes:
        path:  the class and the attribute, by where the class is defined.
        owner: the class.
        names: what the class does offer.
    """

    path: str
    owner: str
    names: frozenset[str]


Answer = Gap | Unoffered | State
"""What is missing; or THERE; or UNKNOWN."""


class Attributes:
    """Tells what strings name. What is asked once is remembered.

    One for each index: `index.derived(Attributes)`.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._presence = index.derived(Presence)
        self._classes = index.derived(ClassAttributes)
        self._plain = index.derived(PlainAttributes)
        self._found: dict[tuple[str, ReferenceKind, Referrer], Answer] = {}

    def find(self, path: str, kind: ReferenceKind, referrer: Referrer) -> Answer:
        """Return whether a path is there, or what is missing of it.

        Args:
            path:     the path, by its first-party name.
            kind:     what it names; only a module can be meant by a reference to a module.
            referrer: who looks it up.
        """
        key = (path, kind, referrer)
        if key not in self._found:
            is_module = kind is ReferenceKind.MODULE
            found = self._presence.module(path) if is_module else self._object(path, referrer)
            self._found[key] = found
        return self._found[key]

    def may_lack(self, path: str) -> bool:
        """Return whether the first name after the modules of a first-party path may be missing.

        Much faster than `find` where it is, as no other file is searched for it.
        """
        module, parts = self._longest_module(path, kept=0)
        if not parts or self._presence.module(module) is not State.THERE:
            return False
        return self._presence.may_lack(module, parts[0])

    def lacking(self, path: str, kind: ReferenceKind, referrer: Referrer) -> Gap | Unoffered | None:
        """Return what is missing of a path, as `find` does; None if nothing is, or may be."""
        is_object = kind is ReferenceKind.OBJECT and referrer is not Referrer.MONKEYPATCH
        if is_object and self._is_plain(path):
            return None
        found = self.find(path, kind, referrer)
        return None if isinstance(found, State) else found

    def _is_plain(self, path: str) -> bool:
        """Return whether texts alone tell that nothing can be missing of a path."""
        module, parts = self._longest_module(path, kept=0)
        return len(parts) > 1 and self._plain.has(module, parts[0], parts[1])

    def split(self, path: str) -> tuple[str, list[str]]:
        """Return the longest prefix of a path that is a module, and the parts that follow it."""
        return self._longest_module(path, kept=0)

    def _object(self, path: str, referrer: Referrer) -> Answer:
        if not self._index.tree.is_first_party(path):
            return State.UNKNOWN
        if referrer is Referrer.MONKEYPATCH:
            return self._by_attributes(path)
        last_is_attribute = referrer is Referrer.PATCH
        module, parts = self._longest_module(path, kept=int(last_is_attribute))
        found: Answer = self._presence.module(module)
        if found is not State.THERE or not parts:
            return found
        is_last = last_is_attribute and len(parts) == 1
        if is_last and hasattr(builtins, parts[0]):
            return State.THERE  # `patch` creates it, if need be.
        found = self._in_module(module, parts)
        if isinstance(found, Gap) and not is_last and self._may_hold(module, parts[0]):
            return State.UNKNOWN
        return found

    def _may_hold(self, module: str, name: str) -> bool:
        """Return whether a module may have a submodule although no file is."""
        if self._index.is_package(module):
            return self._presence.module(f"{module}.{name}") is State.UNKNOWN
        file = self._presence.file(module)
        openness = file.bindings.openness if file is not None else None
        return openness is None or openness.has_open_modules or bool(openness.registered)

    def _by_attributes(self, path: str) -> Answer:
        top, parts = self._from_root(path)
        found = self._presence.module(top)
        return self._in_module(top, parts) if found is State.THERE and parts else found

    def _from_root(self, path: str) -> tuple[str, list[str]]:
        """Return the root that a path lies under (`ns.app`), and the parts below it."""
        root = self._index.tree.root_of(path)
        module = root.name if root is not None else path.partition(".")[0]
        return module, path[len(module) + 1 :].split(".") if path != module else []

    def _longest_module(self, path: str, kept: int) -> tuple[str, list[str]]:
        """Return the longest prefix that is a module, and the parts after it, `kept` at least.

        Told by the names of files alone: to look for more, all files would have to be read.
        """
        module, parts = self._from_root(path)
        while len(parts) > kept and self._index.is_package(module):
            below = f"{module}.{parts[0]}"
            if not self._index.is_module(below):
                break
            module = below
            parts.pop(0)
        return module, parts

    def _in_module(self, module: str, parts: Sequence[str]) -> Answer:
        if not self._index.tree.is_first_party(module):
            return State.UNKNOWN
        name, *further = parts
        if further:
            self._classes.read_ahead(module, name)
        found = self._presence.name(module, name)
        if found is not State.THERE or not further:
            return found
        definitions = sorted(self._index.definitions(module, name), key=lambda item: item.path)
        return _best([self._past(definition, further) for definition in definitions])

    def _past(self, definition: Definition, parts: Sequence[str]) -> Answer:
        """Return whether the attributes are there of what a definition stands for."""
        if definition.name is None:
            return self._in_module(definition.module, parts)
        owner = self._classes.class_of(definition)
        is_own = self._index.tree.is_first_party(definition.module)
        return self._in_class(owner, parts) if owner is not None and is_own else State.UNKNOWN

    def _in_class(self, owner: Class, parts: Sequence[str]) -> Answer:
        name, *further = parts
        found = self._classes.offer(owner, name)
        if isinstance(found, Class):
            return self._in_class(found, further) if further else State.THERE
        if found is State.MISSING:
            return Unoffered(f"{owner.path}.{name}", owner.path, self._classes.names(owner))
        return State.UNKNOWN if further else found


def _best(answers: Iterable[Answer]) -> Answer:
    """Return the answer of alternatives of which one is taken: missing only if all are."""
    found = list(answers)
    if not found or State.UNKNOWN in found:
        return State.UNKNOWN
    return next((item for item in found if item is State.THERE), found[0])
