"""The modules of one process: which it has, how far they are, and what they offer by now."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, field

from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Gap, Lack, State
from linter_ext.source.import_time import Reads
from linter_ext.source.index import Index
from linter_ext.source.presence import Presence

_IMPLICIT = frozenset(dir(types.ModuleType("module"))) | {
    "__builtins__",
    "__cached__",
    "__file__",
    "__path__",
}
"""What every module has before its first statement runs."""


@dataclass(slots=True)
class Module:
    """A module that has begun to run.

    Attributes:
        name:      its name.
        file:      its file.
        bound:     the names it has bound so far, each with the module it stands for, if it does.
        is_loaded: whether it has run to its end.
        is_vague:  whether any further name may be bound by now.
    """

    name: str
    file: SourceFile
    bound: dict[str, str | None] = field(default_factory=dict)
    is_loaded: bool = False
    is_vague: bool = False


@dataclass(frozen=True, slots=True)
class Untaken:
    """A name that a module does not offer.

    Attributes:
        path: the dotted path.
        gap:  what is not there; None if it is only too early.
    """

    path: str
    gap: Gap | None


class Process:
    """What a process has imported.

    Attributes:
        modules:        its `sys.modules`; None for what is no file of the project.
        takes_anything: whether modules may have been put there that the text does not tell.
    """

    def __init__(self, index: Index) -> None:
        self.modules: dict[str, Module | None] = {}
        self.takes_anything = False
        self._index = index
        self._presence = index.derived(Presence)
        self._registered: set[str] = set()

    def fork(self) -> Process:
        """Return another process in the same state. No module may be running."""
        other = Process(self._index)
        other.modules.update(self.modules)
        other.takes_anything = self.takes_anything
        other._registered |= self._registered
        return other

    def register(self, module: str | None) -> None:
        """Play `sys.modules[…] = …` through; None for a name that is not known."""
        if module is None:
            self.takes_anything = True
        else:
            self.modules.setdefault(module, None)
            self._registered.add(module)

    def progress(self, module: str) -> int:
        """Return how many names a module has bound so far; -1 for one that is not there."""
        found = self.modules.get(module)
        return len(found.bound) if found is not None else -(module not in self.modules)

    def has(self, module: str, name: str) -> bool:
        """Return whether a name can be taken from a module for certain."""
        source = self.modules.get(module)
        is_bound = source is not None and name in source.bound
        return is_bound or f"{module}.{name}" in self.modules or module in self._registered

    def needs_submodule(self, module: str, name: str) -> bool:
        """Return whether taking a name from a module makes the import system load a submodule."""
        if self.has(module, name) or not self._index.is_package(module):
            return False
        return self._index.is_module(f"{module}.{name}")

    def meaning(self, module: str, name: str) -> str | None:
        """Return the module that a name of a module stands for, if it does."""
        source = self.modules.get(module)
        if source is not None and name in source.bound:
            return source.bound[name]
        return f"{module}.{name}" if f"{module}.{name}" in self.modules else None

    def may_offer(self, source: Module, name: str) -> bool:
        """Return whether a module may offer a name that no statement has bound by now."""
        if source.is_vague or self.takes_anything or "__getattr__" in source.bound:
            return True
        if name in _IMPLICIT or name in source.file.bindings.openness.names:
            return True
        return self._presence.name(source.name, name) is not State.THERE

    def public_names(self, source: Module) -> Iterator[str]:
        """Yield the names that a star import brings from a module without `__all__`."""
        yield from (name for name in source.bound if not name.startswith("_"))
        below = f"{source.name}."
        for name, module in self.modules.items():
            last = name.removeprefix(below)
            is_attribute = module is None or module.is_loaded
            if name.startswith(below) and "." not in last and is_attribute:
                yield last

    def has_listed_all(self, source: Module) -> bool:
        """Return whether no statement of a module can still add to its `__all__`."""
        return source.is_loaded or source.file.source.text.count("__all__") == 1

    def listed_too_early(self, source: Module) -> str | None:
        """Return a name that a running module lists in `__all__` and will bind only later."""
        exported = source.file.bindings.exported or ()
        early = (name for name in sorted(exported) if not self.has(source.name, name))
        return next(
            (f"{source.name}.{name}" for name in early if self._will_bind(source, name)), None
        )

    def follow(self, module: Module, chain: Reads) -> Untaken | None:
        """Return where an attribute chain asks a module for what it does not offer.

        None if it does not, or if that cannot be told.
        """
        path = module.bound.get(chain.root)
        for attribute in chain.attributes:
            source = self.modules.get(path) if path is not None else None
            below = f"{path}.{attribute}"
            if source is None and below not in self.modules:
                return self._of_folder(path, attribute) if path is not None else None
            if source is None:  # A namespace around a root package.
                if not self._is_loaded(below):
                    return Untaken(below, None)
                path = below
            elif attribute in source.bound:
                path = source.bound[attribute]
            elif below in self.modules and self._is_loaded(below):
                path = below
            elif self._will_bind(source, attribute):
                return Untaken(below, None)
            else:
                return self._never_bound(source, attribute)
        return None

    def _of_folder(self, module: str, name: str) -> Untaken | None:
        """Return the gap if a module is a folder without an `__init__` that has no such module."""
        is_told = module in self._registered or self.takes_anything
        if is_told or module not in self.modules or self._index.file(module) is not None:
            return None
        found = self._presence.name(module, name)
        return Untaken(f"{module}.{name}", found) if isinstance(found, Gap) else None

    def _never_bound(self, source: Module, name: str) -> Untaken | None:
        path = f"{source.name}.{name}"
        found = self._presence.name(source.name, name)
        if isinstance(found, Gap):
            return None if self.takes_anything or source.is_vague else Untaken(path, found)
        if not source.is_loaded or self._index.is_module(path) or self.may_offer(source, name):
            return None
        return Untaken(path, Gap(path, Lack.UNBOUND))

    def _will_bind(self, source: Module, name: str) -> bool:
        """Return whether a module does not offer a name now, but will when all is loaded."""
        below = f"{source.name}.{name}"
        is_to_come = not source.is_loaded and not self._index.is_module(below)
        is_running = below in self.modules
        return (is_to_come or is_running) and not self.may_offer(source, name)

    def _is_loaded(self, module: str) -> bool:
        found = self.modules[module]
        return found is None or found.is_loaded
