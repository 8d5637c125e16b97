"""The modules of a project, read when they are asked for, and where their names come from."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from linter_ext.source.asked import Asked
from linter_ext.source.build_files import BuildFiles
from linter_ext.source.deprecations import Deprecation, Deprecations
from linter_ext.source.facts import Import
from linter_ext.source.file import SourceFile
from linter_ext.source.import_roots import (
    CONFTEST,
    ImportPath,
    ImportRoots,
    absolute_module,
    folders_around,
)
from linter_ext.source.locations import Locations
from linter_ext.source.outside import Outside
from linter_ext.source.reader import Reader
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import STUB_SUFFIX, ModuleName, SourceTree


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a name is defined: a module's own name, or (name None) a module itself."""

    module: str
    name: str | None

    @property
    def path(self) -> str:
        """The dotted path."""
        return self.module if self.name is None else f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True)
class DeprecatedName:
    """A definition under `@deprecated`: the module it stands in, and what the decorator says."""

    module: str
    deprecation: Deprecation


Definitions = frozenset[Definition]
UNKNOWN: Definitions = frozenset()
"""Nothing can be said from source text: never a reason to report."""

_SOMEWHERE = Definition("", None)
"""While names are followed: some branch binds the name to what source text cannot tell."""

T = TypeVar("T")

_Question = tuple[str, str, bool]
"""A module, a name, and whether the module's submodules count."""


class Index:
    """The modules of a project.

    Each file is read at most once; what it holds never changes while the index lives, so an
    index must not outlive one run.

    Args:
        tree:        the project's roots.
        reader:      gives its texts.
        outside:     the modules that are not the project's.
        import_path: tells how pytest imports files, when it is first asked.
    """

    def __init__(
        self,
        tree: SourceTree,
        reader: Reader,
        outside: Outside | None = None,
        import_path: Callable[[], ImportPath] = ImportPath,
    ) -> None:
        self.tree = tree
        self.outside = Outside() if outside is None else outside
        self._reader = reader
        self._build_files = BuildFiles(reader)
        self._locations = Locations(tree, reader)
        packages = {root.name.partition(".")[0] for root in tree.roots if root.is_package}
        self._import_roots = ImportRoots(reader, packages, import_path)
        self._files: dict[str, SourceFile] = {}
        self._peeked: dict[str, str] = {}
        self._modules: dict[str, SourceFile | None] = {}
        self._asked: dict[str, tuple[Asked, ...]] = {}
        self._definitions: dict[_Question, Definitions] = {}
        self._cycles = 0
        self._deprecated_name: dict[tuple[str, str], DeprecatedName | None] = {}
        self._deprecated_names: dict[str, Mapping[str, DeprecatedName]] = {}
        self._warning: dict[str, tuple[str, Deprecation] | None] = {}
        self._derived: dict[object, object] = {}

    def derived(self, kind: Callable[[Index], T]) -> T:
        """Return what a kind makes of this index; it is made once."""
        if kind not in self._derived:
            self._derived[kind] = kind(self)
        return cast("T", self._derived[kind])

    def add(self, file: SourceFile) -> None:
        """Put a file into the index as it is, in place of what the disk holds."""
        self._files[file.path] = file
        self._asked.pop(file.path, None)
        self._modules.pop(file.module.name, None)
        self._locations.add(file.path, file.module.name)

    def release(self, file: SourceFile) -> None:
        """Let go of a file that is not judged again, but for what others ask of it.

        Raises:
            UnreadableError: if its text is not valid Python.
        """
        file.rest()
        self._asked.pop(file.path, None)
        if not file.module.root.is_package:
            self._files.pop(file.path, None)
            self._modules.pop(file.module.name, None)

    def open(self, path: str, module: ModuleName) -> SourceFile:
        """Return the file at a path.

        Raises:
            UnreadableError: if it cannot be read.
        """
        file = self._files.get(path)
        if file is None:
            text = self._peeked.get(path)
            file = SourceFile(path, module, self._reader.read(path) if text is None else text)
            self._files[path] = file
        return file

    def file(self, module: str) -> SourceFile | None:
        """Return the file of a first-party module; None if there is none that can be read."""
        if module not in self._modules:
            self._modules[module] = self._find(module)
        return self._modules[module]

    def path_of(self, module: str) -> str | None:
        """Return the path of a first-party module's file; None if it has none."""
        return self._locations.path_of(module)

    def is_module(self, module: str) -> bool:
        """Return whether the name is a first-party module, package or namespace folder."""
        return self._locations.is_module(module)

    def is_package(self, module: str) -> bool:
        """Return whether the name is a first-party package or namespace folder."""
        return self._locations.is_package(module)

    def listed(self) -> Iterator[tuple[str, ModuleName]]:
        """Yield every source file of the project: its path, and which module it is."""
        for path in self._reader.listed():
            module = self.tree.module_of(path)
            if module is not None:
                yield path, module

    def peek(self, path: str) -> str:
        """Return a file's text, of which no facts are kept; nothing, if it cannot be had."""
        file = self._files.get(path)
        if file is not None:
            return file.source.text
        if path not in self._peeked:
            try:
                self._peeked[path] = self._reader.read(path)
            except UnreadableError:
                return ""
        return self._peeked[path]

    def children(self, package: str) -> frozenset[str]:
        """Return the names of a first-party package's modules and folders."""
        return self._locations.children(package)

    def is_beside(self, top: str) -> bool:
        """Return whether a top-level name lies beside the root packages, or in the project root.

        It may then be imported although it is not one of the project's roots.
        """
        folders = {root.path.rpartition("/")[0] for root in self.tree.roots if root.is_package}
        return any(
            self._reader.is_file(f"{place}{top}.py") or self._reader.is_folder(f"{place}{top}")
            for place in ("", *(f"{folder}/" for folder in folders if folder))
        )

    def is_compiled(self, module: str) -> bool:
        """Return whether a first-party module has no Python source, but something compiled."""
        path = self._locations.path_of(module)
        if path is not None and not path.endswith(STUB_SUFFIX):
            return False
        return self._build_files.compile(self.tree.candidates(module))

    def is_generated(self, module: str) -> bool:
        """Return whether the project's build makes a module that is not there yet."""
        return self._build_files.make(module, self.tree.candidates(module))

    def build_texts(self) -> Mapping[str, str]:
        """Return the texts of the project's build and dependency files, by their names."""
        return self._build_files.texts

    def is_unreadable(self, module: str) -> bool:
        """Return whether a first-party module has a file, but its text cannot be had."""
        return self._locations.path_of(module) is not None and self.file(module) is None

    def conftests(self, file: SourceFile) -> Iterator[SourceFile]:
        """Yield pytest's conftest.py files in and above a file's folder; unreadable ones not."""
        folder = file.path.rpartition("/")[0]
        for place in (*folders_around(folder), ""):
            path = f"{place}/{CONFTEST}" if place else CONFTEST
            module = self.tree.module_of(path)
            if path != file.path and module is not None and self._reader.is_file(path):
                with contextlib.suppress(UnreadableError):
                    yield self.open(path, module)

    def absolute(self, file: SourceFile, item: Import) -> str | None:
        """Return the module an import asks for, relative levels resolved (PEP 328).

        None if the levels climb out of the topmost package.
        """
        return absolute_module(file.module, item)

    def asked(self, file: SourceFile) -> tuple[Asked, ...]:
        """Return what each import of a file asks for; those that climb out of it ask nothing."""
        found = self._asked.get(file.path)
        if found is None:
            asked = (self.ask(file, item) for item in file.imports)
            found = tuple(item for item in asked if item is not None)
            self._asked[file.path] = found
        return found

    def identity(self, file: SourceFile, module: str) -> str:
        """Return the first-party name of a module that the file imports by another."""
        if file.module.root.is_package:
            return module
        return self._import_roots.identity(file.path, module)

    def is_orphan(self, file: SourceFile, level: int) -> bool:
        """Return whether a relative import of a test file finds no package under pytest."""
        return bool(level) and self._import_roots.is_orphan(file.path, level)

    def importable(self, file: SourceFile, module: str) -> str:
        """Return the name by which the file can import a module it shares a package with."""
        if file.module.root.is_package:
            return module
        return self._import_roots.importable(file.path, module)

    def definitions(self, module: str, name: str) -> Definitions:
        """Return where a name of a first-party module is defined, through all re-exports.

        Several, if several branches bind it; UNKNOWN, if source text cannot tell.
        """
        found = self._follow((module, name, True), frozenset())
        return UNKNOWN if _SOMEWHERE in found else found

    def route(self, module: str, name: str) -> tuple[str, ...]:
        """Return the modules a name passes through, from one that offers it to its origins."""
        steps = [(module, name)]
        for step in steps:  # Grows while it is walked.
            file = self._readable(step[0])
            found = self._sources(file, step[1]) if file is not None else ()
            steps.extend(source for source in found if source not in steps)
        return tuple(dict.fromkeys(module for module, _ in steps))

    def deprecations(self, module: str) -> Deprecations:
        """Return what a module itself declares deprecated; nothing, if it cannot be read."""
        file = self._readable(module)
        return file.deprecations if file is not None else Deprecations()

    def passed_on(self, module: str) -> Sequence[str]:
        """Return the names that a module binds by imports and aliases; none, if unreadable."""
        file = self._readable(module)
        return sorted({*file.bindings.imports, *file.bindings.aliases}) if file is not None else ()

    def deprecated_name(self, module: str, name: str) -> DeprecatedName | None:
        """Return the `@deprecated` definition that a name of a module leads to, if there is one."""
        key = (module, name)
        if key not in self._deprecated_name:
            self._deprecated_name[key] = self._find_deprecated_name(module, name)
        return self._deprecated_name[key]

    def _find_deprecated_name(self, module: str, name: str) -> DeprecatedName | None:
        file = self._readable(module)
        if file is not None and file.bindings.only_defines(name):  # The usual case, at once.
            found = file.deprecations.names.get(name)
            return DeprecatedName(module, found) if found is not None else None
        for definition in sorted(self.definitions(module, name), key=lambda found: found.path):
            if definition.name is not None:
                found = self.deprecations(definition.module).names.get(definition.name)
                if found is not None:
                    return DeprecatedName(definition.module, found)
        return None

    def deprecated_names(self, module: str) -> Mapping[str, DeprecatedName]:
        """Return the names of a module that lead to `@deprecated` definitions."""
        known = self._deprecated_names.get(module)
        if known is None:
            names = (*self.deprecations(module).names, *self.passed_on(module))
            found = ((name, self.deprecated_name(module, name)) for name in names)
            known = {name: deprecated for name, deprecated in found if deprecated is not None}
            self._deprecated_names[module] = known
        return known

    def reads(self, module: str, name: str) -> bool | None:
        """Return whether a module's own code reads a plain name; None if it cannot be read."""
        file = self._readable(module)
        return name in file.expressions.names if file is not None else None

    def deprecated_module(self, module: str) -> tuple[str, Deprecation] | None:
        """Return the nearest of a module and its packages that warns when it is imported."""
        if module not in self._warning:
            found = self.deprecations(module).module
            parent = module.rpartition(".")[0]
            above = self.deprecated_module(parent) if parent else None
            own = (module, self._with_absolute(module, found)) if found is not None else None
            self._warning[module] = own or above
        return self._warning[module]

    def _with_absolute(self, module: str, deprecation: Deprecation) -> Deprecation:
        """Return the deprecation with its replacement, an absolute path, if there is one."""
        file, source = self.file(module), deprecation.source
        asked = self.ask(file, source) if file is not None and source is not None else None
        if asked is None:
            return deprecation
        path = asked.written if asked.item.module else asked.written_path
        return replace(deprecation, replacement=path)

    def _find(self, module: str) -> SourceFile | None:
        path = self._locations.path_of(module)
        name = self.tree.module_of(path) if path is not None else None
        if path is None or name is None:
            return None
        try:
            return self.open(path, name)
        except UnreadableError:
            return None  # Reported where the file itself is checked.

    def _readable(self, module: str) -> SourceFile | None:
        """Return the module's file with the facts that others ask of it, or None."""
        file = self.file(module)
        try:
            if file is not None:
                file.settle()
        except UnreadableError:
            return None
        return file

    # Where names come from. Nothing found is not the same as unknown: it adds nothing to what
    # other branches bind.

    def _follow(self, question: _Question, seen: frozenset[_Question]) -> Definitions:
        known = self._definitions.get(question)
        if known is not None:
            return known
        if question in seen:
            self._cycles += 1
            return frozenset()
        cycles = self._cycles
        found = self._lookup(question, seen | {question})
        if not seen or cycles == self._cycles:  # Inside a cycle it answers this question only.
            self._definitions[question] = found
        return found

    def _lookup(self, question: _Question, seen: frozenset[_Question]) -> Definitions:
        module, name, with_submodules = question
        file, cycles = self._readable(module), self._cycles
        found = self._attribute(file, name, seen) if file is not None else frozenset()
        if found or not with_submodules:
            return found
        if self.is_module(f"{module}.{name}"):
            return frozenset({Definition(f"{module}.{name}", None)})
        return frozenset() if cycles != self._cycles else frozenset({_SOMEWHERE})

    def _attribute(self, file: SourceFile, name: str, seen: frozenset[_Question]) -> Definitions:
        """Return where a module's own name comes from; `__init__` binds before submodules count."""
        bindings = file.bindings
        if name in bindings.aliases and name not in bindings.imports:
            return self._alias(file, name, seen)
        found: set[Definition] = set()
        if name in bindings.definitions:
            found.add(Definition(file.module.name, name))
        for item in bindings.imports.get(name, ()):
            found |= self._imported(file, item, seen)
        if not found:
            for source, is_listed in self._stars(file, name):
                found |= self._follow((source.module.name, name, is_listed), seen)
        return frozenset(found)

    def _imported(self, file: SourceFile, item: Import, seen: frozenset[_Question]) -> Definitions:
        asked = self.ask(file, item)
        if asked is None:
            return frozenset({_SOMEWHERE})
        if item.name is None:
            return frozenset({Definition(asked.bound, None)})
        if self.tree.is_first_party(asked.module):
            return self._follow((asked.module, item.name, True), seen)
        return frozenset({Definition(asked.module, item.name)})

    def _alias(self, file: SourceFile, name: str, seen: frozenset[_Question]) -> Definitions:
        """Follow `name = other.path` where `other` leads to a module, or is imported."""
        path = file.bindings.aliases[name]
        found = frozenset({_SOMEWHERE})
        if path[0] in file.bindings.imports:
            found = self._along(file, path, seen)
        is_known = found and _SOMEWHERE not in found
        return found if is_known else frozenset({Definition(file.module.name, name)})

    def _along(
        self, file: SourceFile, path: Sequence[str], seen: frozenset[_Question]
    ) -> Definitions:
        """Return what a dotted expression of a file stands for."""
        found = self._follow((file.module.name, path[0], True), seen)
        for part in path[1:]:
            modules = [item.module for item in found if item.name is None]
            each = [self._follow((module, part, True), seen) for module in modules]
            found = frozenset().union(*each)
        return found

    def _stars(self, file: SourceFile, name: str) -> Iterator[tuple[SourceFile, bool]]:
        """Yield the modules whose star import brings the name, and whether `__all__` lists it."""
        for item in file.bindings.stars:
            asked = self.ask(file, item)
            source = self.file(asked.module) if asked is not None else None
            listed = source.surely_listed if source is not None else None
            if asked is None or (listed is not None and name not in listed):
                continue
            source = self._readable(asked.module)
            if source is not None:
                exported = source.bindings.exported
                is_listed = exported is not None and name in exported
                if is_listed or (exported is None and not name.startswith("_")):
                    yield source, is_listed

    def _sources(self, file: SourceFile, name: str) -> Iterator[tuple[str, str]]:
        """Yield the modules that a module takes a name from, and the name it has there."""
        bindings = file.bindings
        *path, last = bindings.aliases.get(name, (name,))
        for found in self._along(file, path, frozenset()) if path else ():
            if found.name is None and found != _SOMEWHERE:
                yield found.module, last
        for item in bindings.imports.get(last, ()) if not path else ():
            asked = self.ask(file, item)
            if asked is not None and item.name is not None:
                yield asked.module, item.name
        if name not in bindings.imports and name not in bindings.definitions:
            for source, _ in self._stars(file, name):
                yield source.module.name, name

    def ask(self, file: SourceFile, item: Import) -> Asked | None:
        """Return what an import asks for; None if its levels climb out of the topmost package."""
        module = self.absolute(file, item)
        return Asked(item, module, self.identity(file, module)) if module is not None else None
