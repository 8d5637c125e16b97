"""The modules of a project, read when they are asked for, and where their names come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from linter_ext.names import join
from linter_ext.source.bindings import Bindings
from linter_ext.source.deprecations import Deprecation, Deprecations
from linter_ext.source.facts import Import
from linter_ext.source.file import SourceFile
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import PACKAGE_FILE, ModuleName, SourceTree


class Reader(Protocol):
    """Where the index gets its texts. Paths are relative to the project root."""

    def read(self, path: str) -> str:
        """Return a file's text, or raise UnreadableError."""

    def is_file(self, path: str) -> bool:
        """Return whether the file exists."""

    def is_folder(self, path: str) -> bool:
        """Return whether the folder exists."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a name is defined: a module's own name, or (name None) a module itself."""

    module: str
    name: str | None

    @property
    def path(self) -> str:
        """The dotted path."""
        return self.module if self.name is None else f"{self.module}.{self.name}"


Definitions = frozenset[Definition]
UNKNOWN: Definitions = frozenset()
"""Nothing can be said from source text: never a reason to report."""


class Index:
    """The modules of a project.

    Each file is read at most once; what it holds never changes while the index lives, so an
    index must not outlive one run.
    """

    def __init__(self, tree: SourceTree, reader: Reader) -> None:
        self.tree = tree
        self._reader = reader
        self._files: dict[str, SourceFile] = {}
        self._modules: dict[str, SourceFile | None] = {}
        self._definitions: dict[tuple[str, str], Definitions] = {}
        self._warning: dict[str, tuple[str, Deprecation] | None] = {}
        self._import_roots: dict[str, str] = {}

    def add(self, file: SourceFile) -> None:
        """Put a file into the index as it is, in place of what the disk holds."""
        self._files[file.path] = file

    def open(self, path: str, module: ModuleName) -> SourceFile:
        """Return the file at a path.

        Raises:
            UnreadableError: if it cannot be read.
        """
        file = self._files.get(path)
        if file is None:
            file = SourceFile(path, module, self._reader.read(path))
            self._files[path] = file
        return file

    def file(self, module: str) -> SourceFile | None:
        """Return the file of a first-party module; None if there is none that can be read."""
        if module not in self._modules:
            self._modules[module] = self._find(module)
        return self._modules[module]

    def is_module(self, module: str) -> bool:
        """Return whether the name is a first-party module, package or namespace folder."""
        return self.file(module) is not None or any(
            path.endswith(f"/{PACKAGE_FILE}.py")
            and self._reader.is_folder(path.removesuffix(f"/{PACKAGE_FILE}.py"))
            for path in self.tree.candidates(module)
        )

    def absolute(self, file: SourceFile, item: Import) -> str | None:
        """Return the module an import asks for, relative levels resolved (PEP 328).

        None if the levels climb out of the topmost package.
        """
        return absolute_module(file.module, item)

    def identity(self, file: SourceFile, module: str) -> str:
        """Return the first-party name of a module that the file imports by another.

        A file outside every package imports its neighbours by the names they have from its
        import root: the first folder upward without an `__init__.py` (pytest's `rootdir`-less
        default, and a script's own folder). `helpers` is then `tests.unit.helpers`.
        """
        base = "" if file.module.root.is_package else self._import_root(file.path)
        if not base:
            return module
        whole, first = (
            f"{base}/{name.replace('.', '/')}" for name in (module, module.partition(".")[0])
        )
        if any(
            self._reader.is_file(f"{path}{ending}")
            for path in (first, whole)
            for ending in (".py", f"/{PACKAGE_FILE}.py")
        ):
            return join(base.replace("/", "."), module)
        return module

    def importable(self, file: SourceFile, module: str) -> str:
        """Return the name by which the file can import a module it shares a package with."""
        folder = file.path.rpartition("/")[0]
        if file.module.root.is_package or not self._is_package(folder):
            return module
        return module.removeprefix(f"{self._import_root(file.path).replace('/', '.')}.")

    def definitions(self, module: str, name: str) -> Definitions:
        """Return where a name of a first-party module is defined, through all re-exports.

        Several, if several branches bind it; UNKNOWN, if source text cannot tell.
        """
        return self._follow(module, name, frozenset())

    def route(self, module: str, name: str) -> tuple[str, ...]:
        """Return the modules a name passes through from a module that offers it to its origin."""
        passed = [module]
        file = self._readable(module)
        while file is not None and file.bindings.imports.get(name):
            item = file.bindings.imports[name][0]
            asked = self.absolute(file, item)
            if asked is None or item.name is None:
                break
            module, name = self.identity(file, asked), item.name
            if module in passed:
                break
            passed.append(module)
            file = self._readable(module)
        return tuple(passed)

    def deprecations(self, module: str) -> Deprecations:
        """Return what a module itself declares deprecated; nothing, if it cannot be read."""
        file = self._readable(module)
        return file.deprecations if file is not None else Deprecations()

    def deprecated_module(self, module: str) -> tuple[str, Deprecation] | None:
        """Return the nearest of a module and its packages that warns when it is imported."""
        if module not in self._warning:
            found = self.deprecations(module).module
            parent = module.rpartition(".")[0]
            above = self.deprecated_module(parent) if parent else None
            self._warning[module] = (module, found) if found is not None else above
        return self._warning[module]

    def _find(self, module: str) -> SourceFile | None:
        for path in self.tree.candidates(module):
            if path not in self._files and not self._reader.is_file(path):
                continue
            name = self.tree.module_of(path)
            if name is not None:
                try:
                    return self.open(path, name)
                except UnreadableError:
                    return None  # Reported where the file itself is checked.
        return None

    def _readable(self, module: str) -> SourceFile | None:
        """Return the module's file with the facts that others ask of it, or None."""
        file = self.file(module)
        try:
            if file is not None:
                file.settle()
        except UnreadableError:
            return None
        return file

    def _is_package(self, folder: str) -> bool:
        return self._reader.is_file(f"{folder}/{PACKAGE_FILE}.py")

    def _import_root(self, path: str) -> str:
        """Return the first folder upward without an `__init__.py`; empty for the project root."""
        folder = path.rpartition("/")[0]
        if folder not in self._import_roots:
            inside = bool(folder) and self._is_package(folder)
            self._import_roots[folder] = self._import_root(folder) if inside else folder
        return self._import_roots[folder]

    def _follow(self, module: str, name: str, seen: frozenset[tuple[str, str]]) -> Definitions:
        key = (module, name)
        if key in self._definitions:
            return self._definitions[key]
        if key in seen:
            return UNKNOWN
        found = self._lookup(module, name, seen | {key})
        if not seen:  # Inside a cycle an answer holds for this question only.
            self._definitions[key] = found
        return found

    def _lookup(self, module: str, name: str, seen: frozenset[tuple[str, str]]) -> Definitions:
        file = self._readable(module)
        if file is not None:
            bindings = file.bindings
            if name in bindings.aliases and name not in bindings.imports:
                return self._alias(file, bindings.aliases[name], name, seen)
            found = self._bound(file, bindings, name, seen)
            if found:
                return found
        if self.is_module(f"{module}.{name}"):
            return frozenset({Definition(f"{module}.{name}", None)})
        return self._starred(file, name, seen) if file is not None else UNKNOWN

    def _bound(
        self, file: SourceFile, bindings: Bindings, name: str, seen: frozenset[tuple[str, str]]
    ) -> Definitions:
        found: set[Definition] = set()
        if name in bindings.definitions:
            found.add(Definition(file.module.name, name))
        for item in bindings.imports.get(name, ()):
            found |= self._imported(file, item, seen)
        return frozenset(found)

    def _imported(
        self, file: SourceFile, item: Import, seen: frozenset[tuple[str, str]]
    ) -> Definitions:
        asked = self.absolute(file, item)
        if asked is None:
            return UNKNOWN
        module = self.identity(file, asked)
        if item.name is None:
            bound = module if item.alias else module.partition(".")[0]
            return frozenset({Definition(bound, None)})
        if self.tree.is_first_party(module):
            return self._follow(module, item.name, seen)
        return frozenset({Definition(module, item.name)})

    def _alias(
        self, file: SourceFile, path: tuple[str, ...], name: str, seen: frozenset[tuple[str, str]]
    ) -> Definitions:
        """Follow `name = other.path` where `other` leads to a module, or is imported."""
        own = frozenset({Definition(file.module.name, name)})
        if path[0] not in file.bindings.imports:
            return own
        found = self._follow(file.module.name, path[0], seen)
        for part in path[1:]:
            modules = [item.module for item in found if item.name is None]
            found = frozenset(
                definition for module in modules for definition in self._follow(module, part, seen)
            )
        return found or own

    def _starred(
        self, file: SourceFile, name: str, seen: frozenset[tuple[str, str]]
    ) -> Definitions:
        found: set[Definition] = set()
        for item in file.bindings.stars:
            asked = self.absolute(file, item)
            source = self._readable(self.identity(file, asked)) if asked else None
            if source is None or not _is_public(source.bindings, name):
                continue
            found |= self._follow(source.module.name, name, seen)
        return frozenset(found)


def absolute_module(importer: ModuleName, item: Import) -> str | None:
    """Return the module an import asks for, or None if its levels climb out of the root."""
    if not item.level:
        return item.module
    parts = importer.package.split(".") if importer.package else []
    top = importer.root.name.count(".") if importer.root.is_package else 0
    kept = len(parts) - (item.level - 1)
    if kept <= top:
        return None
    return join(".".join(parts[:kept]), item.module)


def _is_public(bindings: Bindings, name: str) -> bool:
    if bindings.exported is not None:
        return name in bindings.exported
    return not name.startswith("_")
