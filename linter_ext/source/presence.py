"""What is there when an import runs: modules and names, found in source text alone.

The semantics are those of the language reference (5.3 to 5.5, 7.11): a package beats a module of
its name, a module beats a namespace folder; a name is an attribute of the module, or else a
submodule. What source text cannot tell is unknown, which is never the same as missing.
"""

from __future__ import annotations

import contextlib
import types
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from linter_ext.names import is_under
from linter_ext.source.asked import Asked
from linter_ext.source.bindings import Bindings
from linter_ext.source.callers import Callers
from linter_ext.source.facts import Context, Import
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Answer, Gap, Lack, State
from linter_ext.source.homes import Homes
from linter_ext.source.index import Index
from linter_ext.source.module_presence import ModulePresence, bindings_of
from linter_ext.source.standard_library import is_standard
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import STUB_SUFFIX

if TYPE_CHECKING:
    from linter_ext.source.module_getattr import Lookup, ModuleGetattr

_IMPLICIT = frozenset(dir(types.ModuleType)) | {
    "__builtins__",
    "__cached__",
    "__file__",
    "__loader__",
    "__name__",
    "__package__",
    "__path__",
    "__spec__",
}
"""What every module has (language reference, 5.4.6, and `types.ModuleType`)."""


class Presence:
    """Tells what is there. What is asked once is remembered.

    One for each index: `index.derived(Presence)`.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._modules = ModulePresence(index)
        self._names: dict[tuple[str, str], Answer] = {}
        self._asking: set[tuple[str, str]] = set()
        self._weighing: set[tuple[str, str]] = set()
        self._cycles = 0

    def module(self, module: str) -> Answer:
        """Return THERE, UNKNOWN, or what is missing of a module's absolute name.

        First-party, standard-library and installed modules alike.
        """
        return self._modules.module(module)

    def file(self, module: str) -> SourceFile | None:
        """Return the file of a module, first-party or not; None if there is none to be read."""
        return self._modules.file(module)

    def name(self, module: str, name: str) -> Answer:
        """Return whether a module that is there offers a name at run time, or has it below it."""
        found = self._offered(module, name)
        if isinstance(found, Gap) and self._is_set(module, name):
            return State.UNKNOWN
        return found

    def may_lack(self, module: str, name: str) -> bool:
        """Return whether a module's own text does not offer a name; others may still set it."""
        return isinstance(self._offered(module, name), Gap)

    def _is_set(self, module: str, name: str) -> bool:
        """Return whether a name is put into a module, or into one it takes all names from."""
        homes, callers = self._index.derived(Homes), self._index.derived(Callers)
        modules = [module]
        for source in modules:  # Grows while it is walked.
            file = self.file(source)
            if homes.is_set(source, name) or (file and callers.may_get(file, name)):
                return True
            further = self._star_sources(file, name) if file is not None else ()
            modules += (item for item in further if item not in modules)
        return False

    def _star_sources(self, file: SourceFile, name: str) -> Iterator[str]:
        """Yield the modules whose star imports may bring a name, whoever sets it there."""
        for item in _stars(file):
            asked = self._index.ask(file, item)
            source = self.file(asked.module) if asked is not None else None
            listed = source.surely_listed if source is not None else None
            if asked is not None and (listed is None or name in listed):
                yield asked.module

    def _offered(self, module: str, name: str) -> Answer:
        """Return whether a module offers a name, or has it below it, by its own text."""
        key = (module, name)
        if key in self._names:
            return self._names[key]
        if key in self._asking:  # Star imports in a circle: this way adds nothing.
            self._cycles += 1
            return Gap(f"{module}.{name}", Lack.NO_NAME)
        cycles = self._cycles
        self._asking.add(key)
        found = self._find_name(module, name)
        self._asking.remove(key)
        if not self._asking or cycles == self._cycles or found is State.THERE:
            self._names[key] = found
        return found

    def of_import(self, file: SourceFile, asked: Asked) -> Answer:
        """Return whether what an import asks for is there, as the importer would meet it."""
        found = self.of_asked(asked)
        if found is State.THERE and self._only_from_itself(file, asked):
            found = Gap(asked.path, Lack.NO_NAME)
        return self._as_met(found, file, asked.item) if isinstance(found, Gap) else found

    def _only_from_itself(self, file: SourceFile, asked: Asked) -> bool:
        """Return whether nothing binds a name but the module's own imports of it.

        `from . import gone` in an `__init__` binds the name that it asks for.
        """
        module, name = asked.module, asked.item.name
        if module != file.module.name or name is None or asked.item.is_star:
            return False
        if asked.written != module:  # What is meant may be a package of that name.
            return False
        bindings = bindings_of(file)
        if bindings is None or self._is_submodule(module, name) or self._is_set(module, name):
            return False
        if name in bindings.definitions or name in bindings.openness.names:
            return False
        items = bindings.imports.get(name, ())
        others = [self._index.ask(file, item) for item in items if item.name == name]
        is_own = len(others) == len(items) > 0 and all(
            other is not None and other.module == module for other in others
        )
        gap = Gap(asked.path, Lack.NO_NAME)
        by_star = is_own and not isinstance(self._from_stars(file, bindings, name), Gap)
        return is_own and not by_star and not self._may_have_more(file, gap, name)

    def of_asked(self, asked: Asked) -> Answer:
        """Return whether what an import asks for is there, whoever the importer is."""
        item = asked.item
        found = self.module(asked.module)
        if found is State.THERE and item.name is not None:
            by_star = item.is_star
            found = self._all(asked.module) if by_star else self.name(asked.module, item.name)
        return found

    def _all(self, module: str) -> Answer:
        """Return whether all is there that `__all__` lists: a star import fails if it is not."""
        file = self.file(module)
        if file is None or "__all__" not in file.source.text:
            return State.THERE
        plain = file.plain_listed
        if plain is not None and not any(self.may_lack(module, name) for name in sorted(plain)):
            return State.THERE
        listed = file.listed if bindings_of(file) is not None else ()
        answers = (self.name(module, name) for name in sorted(listed))
        gaps = (answer for answer in answers if isinstance(answer, Gap))
        return next(gaps, State.THERE)

    def _find_name(self, module: str, name: str) -> Answer:
        if name in _IMPLICIT or self._is_submodule(module, name):
            return State.THERE
        file = self.file(module)
        if file is None:
            return self._without_file(module, name)
        if name in file.plain_names:
            return State.THERE
        bindings = bindings_of(file)
        found = State.UNKNOWN if bindings is None else self._bound(file, bindings, name)
        if self._may_have_more(file, found, name):
            return State.UNKNOWN
        lookup = self._refusal(file, name) if isinstance(found, Gap) else None
        if isinstance(found, Gap) and lookup is not None:
            return replace(found, behind=lookup.behind)
        return found

    def _may_have_more(self, file: SourceFile, found: Answer, name: str) -> bool:
        """Return whether a module may have a name although no statement binds it."""
        bindings = bindings_of(file) if isinstance(found, Gap) else None
        if bindings is None:
            return False
        if file.path.endswith(STUB_SUFFIX) or file.module.name in bindings.openness.registered:
            return True
        below = f"{file.module.name}.{name}"
        if file.module.is_package and not isinstance(self.module(below), Gap):
            return True
        return bindings.openness.has_open_names and self._refusal(file, name) is None

    @cached_property
    def _getattr(self) -> ModuleGetattr:
        from linter_ext.source.module_getattr import (  # noqa: PLC0415 - few modules have one
            ModuleGetattr,
        )

        return ModuleGetattr(self._index, self.module, self.name)

    def _refusal(self, file: SourceFile, name: str) -> Lookup | None:
        """Return what becomes of a name that only a module's `__getattr__` may offer, if nothing.

        None, if there may be others, or if it may offer the name.
        """
        bindings = bindings_of(file) if self._index.file(file.module.name) is file else None
        if bindings is None or not bindings.openness.is_asked:
            return None
        found = self._getattr.look_up(file, name)
        return found if found.is_refused else None

    def loads(self, module: str, name: str) -> tuple[str, ...]:
        """Return the modules that a module's `__getattr__` imports for a name it does not bind."""
        file = self._index.file(module)
        bindings = bindings_of(file) if file is not None else None
        if file is None or bindings is None or not bindings.openness.is_asked:
            return ()
        return self._getattr.look_up(file, name).loads

    def _without_file(self, module: str, name: str) -> Answer:
        """Return what a module offers that has no file to be read."""
        is_folder = self._index.tree.is_first_party(module) and self._index.is_package(module)
        if not is_folder or self._index.is_unreadable(module):
            return State.UNKNOWN
        below = self.module(f"{module}.{name}")
        return Gap(f"{module}.{name}", Lack.NO_NAME) if isinstance(below, Gap) else below

    def _is_submodule(self, module: str, name: str) -> bool:
        below = f"{module}.{name}"
        if self._index.is_module(module) or not self._modules.is_installed(module):
            return self._index.is_module(below) and self._index.is_package(module)
        return self._index.outside.find(below) is not None

    def _bound(self, file: SourceFile, bindings: Bindings, name: str) -> Answer:
        """Return what the module's own statements say of a name."""
        path = f"{file.module.name}.{name}"
        is_bound = name in bindings.imports or name in bindings.definitions
        if name in bindings.openness.names:
            is_lazy = name in bindings.openness.lazy and not is_bound
            lookup = self._refusal(file, name) if is_lazy else None
            return Gap(path, Lack.NO_NAME, lookup.behind) if lookup is not None else State.THERE
        is_typed = name in bindings.typing_only
        unbound = self._depending(file, bindings, name) if is_bound and not is_typed else None
        if unbound is State.THERE:
            return unbound
        found = self._from_stars(file, bindings, name)
        if unbound is not None:
            return unbound if isinstance(found, Gap) else found
        if not isinstance(found, Gap) or found.lack is Lack.TYPING_ONLY:
            return found
        if is_bound:
            return Gap(path, Lack.TYPING_ONLY)
        is_listed = bindings.exported is not None and name in bindings.exported
        return Gap(path, Lack.LISTED_ONLY if is_listed else Lack.NO_NAME)

    def _depending(self, file: SourceFile, bindings: Bindings, name: str) -> Answer:
        """Return whether a bound name is there: no import before it, in a `try`, fails."""
        each = bindings.dependent.get(name)
        if each is None or not all(
            any(self._fails(file, need) for need in needs) for needs in each
        ):
            return State.THERE
        return Gap(f"{file.module.name}.{name}", Lack.UNBOUND)

    def _fails(self, file: SourceFile, item: Import) -> bool:
        asked = self._index.ask(file, item)
        if asked is None:
            return True
        if (asked.module, item.name) in self._asking:
            return False  # A circle of imports is no proof.
        found = self.of_import(file, asked)
        return isinstance(found, Gap) and self._is_settled(found.path)

    def _is_settled(self, path: str) -> bool:
        """Return whether the project's own environment has the same under this path."""
        return self._index.tree.is_first_party(path) or is_standard(path)

    def _from_stars(self, file: SourceFile, bindings: Bindings, name: str) -> Answer:
        path = f"{file.module.name}.{name}"
        found: Answer = Gap(path, Lack.NO_NAME)
        if any(self._surely_brings(file, item, name) for item in bindings.stars):
            return State.THERE
        for item in bindings.stars:
            asked = self._index.ask(file, item)
            brought = self._brought(asked.module, name) if asked is not None else State.UNKNOWN
            if isinstance(brought, Gap):
                if self._is_settled(brought.path):
                    continue
                brought = State.UNKNOWN
            if item.context & Context.TYPE_CHECKING:
                found = Gap(path, Lack.TYPING_ONLY) if isinstance(found, Gap) else found
            elif brought is State.THERE:
                return brought
            else:
                found = brought
        return found

    def _surely_brings(self, file: SourceFile, item: Import, name: str) -> bool:
        """Return whether a star import brings a name for certain, by the text alone."""
        asked = self._index.ask(file, item)
        is_there = asked is not None and self.module(asked.module) is State.THERE
        source = self.file(asked.module) if asked is not None and is_there else None
        if source is None or item.context & Context.TYPE_CHECKING:
            return False
        if "__all__" in source.source.text:
            is_public = source.plain_listed is not None and name in source.plain_listed
        else:
            is_public = not name.startswith("_")
        return is_public and name in source.plain_names

    def _brought(self, module: str, name: str) -> Answer:
        """Return whether `from module import *` brings a name (language reference, 7.11)."""
        file = self.file(module) if self.module(module) is State.THERE else None
        if file is None:  # From a folder come those submodules that are imported by then.
            found = self._without_file(module, name)
            return found if isinstance(found, Gap) else State.UNKNOWN
        listed = file.surely_listed
        if listed is not None and name not in listed and _is_valid(file):
            return Gap(f"{module}.{name}", Lack.NO_NAME)
        bindings = bindings_of(file)
        if bindings is None or _hides_exported(bindings):
            return State.UNKNOWN
        is_listed = bindings.exported is not None and name in bindings.exported
        is_public = bindings.exported is None and not name.startswith("_")
        if not (is_listed or is_public):
            return Gap(f"{module}.{name}", Lack.NO_NAME)
        found = self._offered(module, name)
        if is_public and found is State.THERE and self._only_submodule(file, bindings, name):
            return State.UNKNOWN  # An attribute only once something imports the submodule.
        return found

    def _only_submodule(self, file: SourceFile, bindings: Bindings, name: str) -> bool:
        key = (file.module.name, name)
        if not self._is_submodule(*key):
            return False
        if key in self._weighing:  # Star imports in a circle: this way adds nothing.
            self._cycles += 1
            return True
        self._weighing.add(key)
        found = self._bound(file, bindings, name)
        self._weighing.remove(key)
        return isinstance(found, Gap)

    # What the importer itself makes of it.

    def _as_met(self, gap: Gap, file: SourceFile, item: Import) -> Answer:
        is_typed = bool(item.context & Context.TYPE_CHECKING) or file.path.endswith(STUB_SUFFIX)
        if gap.lack in (Lack.TYPING_ONLY, Lack.UNBOUND) and is_typed:
            return State.THERE
        if file.path.endswith(STUB_SUFFIX) and gap.lack in (Lack.NO_NAME, Lack.LISTED_ONLY):
            return State.UNKNOWN
        if any(_puts_in_place(other, gap) for other in self._around(file)):
            return State.UNKNOWN
        return gap

    def _around(self, file: SourceFile) -> Iterable[SourceFile]:
        """Yield the file, and each conftest.py above it, which runs before it."""
        yield file
        yield from self._index.conftests(file)


def _stars(file: SourceFile) -> Iterator[Import]:
    """Yield the star imports of a file; none, if it is not valid Python."""
    with contextlib.suppress(UnreadableError):
        yield from (item for item in file.bare_imports if item.is_star)


def _is_valid(file: SourceFile) -> bool:
    try:
        file.validate()
    except UnreadableError:
        return False
    return True


def _hides_exported(bindings: Bindings) -> bool:
    """Return whether there is an `__all__` that source text does not tell."""
    is_bound = "__all__" in bindings.definitions or "__all__" in bindings.imports
    return is_bound and bindings.exported is None


def _puts_in_place(file: SourceFile, gap: Gap) -> bool:
    """Return whether a file puts something into `sys.modules`, or on `sys.path`, for the import."""
    text = file.source.text
    if gap.lack is Lack.NOT_INSTALLED and ("sys.path" in text or "pythonpath" in text):
        return True
    if "sys.modules" not in text or not any(f"{quote}{gap.path}" in text for quote in "\"'"):
        return False
    put = file.put_modules
    return put.is_open or any(
        is_under(name, gap.path) or is_under(gap.path, name) for name in put.names
    )
