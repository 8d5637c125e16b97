"""The module graph: grimp's, or, where grimp cannot build it, the same from our own facts."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property

import grimp
from grimp import ImportGraph
from importlinter.application.app_config import settings

from linter_ext.graph_contracts.canonical_graph import copied
from linter_ext.graph_contracts.module_imports import (
    GraphScope,
    ModuleImport,
    find_module_imports,
)
from linter_ext.names import is_under, prefixes
from linter_ext.project import Project
from linter_ext.roots import is_imported_from
from linter_ext.source.facts import Span
from linter_ext.source.file import SourceFile
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import PACKAGE_FILE, ModuleName, Root

_PANIC = "PanicException"
"""How pyo3 calls the exception for a panic in Rust; it can be imported from nowhere."""


@dataclass(frozen=True, slots=True)
class GraphOptions:
    """What the session options say of the graph, read as import-linter reads them.

    Attributes:
        external:      whether packages from outside are in it.
        type_checking: whether imports under `TYPE_CHECKING` are.
    """

    external: bool
    type_checking: bool


def graph_options(session: Mapping[str, object]) -> GraphOptions:
    """Return the options of a session."""
    yes = ("True", "true")
    return GraphOptions(
        external=session.get("include_external_packages") in yes,
        type_checking=session.get("exclude_type_checking_imports") not in yes,
    )


class Graph:
    """The modules of the root packages and what they import.

    Attributes:
        project:    the project.
        options:    what is in it.
        unreadable: the modules whose files could not be read: their own imports are missing.
    """

    def __init__(
        self, project: Project, options: GraphOptions, built: ImportGraph | None = None
    ) -> None:
        self.project = project
        self.options = options
        self._given = built
        self.unreadable: frozenset[str] = frozenset()
        self._roots = tuple(root for root in project.tree.roots if root.is_package)
        self._imports: dict[str, tuple[SourceFile, tuple[ModuleImport, ...]]] = {}
        self._edited: tuple[SourceFile, Graph] | None = None

    @cached_property
    def built(self) -> ImportGraph:
        """The graph. Contracts change it, so each gets a copy."""
        return self._given or self._by_grimp() or self._by_facts()

    @cached_property
    def modules(self) -> Set[str]:
        """The names of all modules in it."""
        return self.built.modules

    @cached_property
    def scope(self) -> GraphScope:
        """What it holds."""
        modules = (name for name in self.modules if self._is_file(name))
        return self._scope(frozenset(modules))

    def imports_of(self, file: SourceFile) -> tuple[ModuleImport, ...]:
        """Return the modules a file imports; none if it cannot be parsed."""
        known = self._imports.get(file.path)
        if known is not None and known[0] is file:
            return known[1]
        try:
            found = find_module_imports(file, self.scope)
        except UnreadableError:
            found = ()
        self._imports[file.path] = (file, found)
        return found

    def lines_of(self, importer: str, imported: str) -> tuple[ModuleImport, ...]:
        """Return the statements by which a module imports another, known by their lines only."""
        details = self.built.get_import_details(importer=importer, imported=imported)
        lines = sorted({detail["line_number"] for detail in details}) or [1]
        return tuple(ModuleImport(imported, Span(line, 1, line, 1), line) for line in lines)

    def edited(self, file: SourceFile) -> Graph:
        """Return the graph in which a module imports what this text of it does.

        Raises:
            UnreadableError: if the text is not valid Python.
        """
        if self._edited is None or self._edited[0] is not file:
            graph = self._with(file)
            made = self if graph is None else Graph(self.project, self.options, graph)
            self._edited = (file, made)
        return self._edited[1]

    def _with(self, file: SourceFile) -> ImportGraph | None:
        """Return a graph with a module's imports replaced; None where they are what they were."""
        name = file.module.name
        scope = replace(self.scope, modules=self.scope.modules | {name})
        imports = find_module_imports(file, scope)
        is_new = name not in self.modules
        known = set() if is_new else self.built.find_modules_directly_imported_by(name)
        lines = {(item, place.line) for item in known for place in self.lines_of(name, item)}
        if not is_new and {(item.imported, item.line) for item in imports} == lines:
            return None
        graph = copied(self.built)
        for imported in known:
            graph.remove_import(importer=name, imported=imported)
        _add(graph, name, imports, scope)
        return graph

    def _is_file(self, name: str) -> bool:
        path = self.project.index.path_of(name)
        return path is not None and path.endswith(".py")

    def _scope(self, modules: frozenset[str]) -> GraphScope:
        return GraphScope(
            modules=modules,
            packages=tuple(root.name for root in self._roots),
            external=self.options.external,
            type_checking=self.options.type_checking,
        )

    def _by_grimp(self) -> ImportGraph | None:
        """Return what grimp builds; None if it cannot.

        It finds packages by the import system, which must lead it to the project's own, and
        must not import them on the way. What it reads it keeps in a cache, as under lint-imports.
        """
        if any(map(self._runs_code, self._roots)):
            return None
        with self._on_import_path(), _quiet_panics():
            root = self.project.root
            if not all(is_imported_from(item.name, root / item.path) for item in self._roots):
                return None
            try:
                return grimp.build_graph(
                    *(root.name for root in self._roots),
                    include_external_packages=self.options.external,
                    exclude_type_checking_imports=not self.options.type_checking,
                    cache_dir=self._cache_folder(str(settings.DEFAULT_CACHE_DIR)),
                )
            except Exception:  # noqa: BLE001 - whatever it is, our own way does not need it.
                return None
            except BaseException as error:
                if type(error).__name__ != _PANIC:
                    raise
                return None

    def _cache_folder(self, name: str) -> str | None:
        """Return where grimp's cache lies; None where nothing can be written."""
        folder = os.path.join(self.project.root, name)
        place = folder if os.path.isdir(folder) else str(self.project.root)
        return folder if os.access(place, os.W_OK) else None

    def _runs_code(self, root: Root) -> bool:
        """Return whether the import system would import a package on its way to a root."""
        above = root.path
        for _ in range(root.name.count(".")):
            above = above.rpartition("/")[0]
            if (self.project.root / above / f"{PACKAGE_FILE}.py").is_file():
                return True
        return root.is_file

    @contextlib.contextmanager
    def _on_import_path(self) -> Iterator[None]:
        """Put the folders that hold the roots first on the import path."""
        holders = [_holder(self.project, root) for root in self._roots]
        path, modules = list(sys.path), set(sys.modules)
        sys.path[:0] = dict.fromkeys(holders)
        importlib.invalidate_caches()
        try:
            yield
        finally:
            sys.path[:] = path
            names = {prefix for root in self._roots for prefix in prefixes(root.name)}
            for name in names & (sys.modules.keys() - modules):
                del sys.modules[name]

    def _by_facts(self) -> ImportGraph:
        """Build the graph without grimp's scanner; what cannot be read imports nothing."""
        files = dict(self._files())
        scope = self._scope(frozenset(module.name for module in files.values()))
        unreadable = set()
        graph = ImportGraph()
        for path, module in files.items():
            graph.add_module(module.name)
            for prefix in prefixes(module.name):
                if self.project.tree.is_first_party(prefix):
                    graph.add_module(prefix)
            try:
                file = self.project.index.open(path, module)
                imports = find_module_imports(file, scope)
                file.settle()
            except UnreadableError:
                unreadable.add(module.name)
            else:
                self._imports[path] = (file, imports)
                _add(graph, module.name, imports, scope)
        self.unreadable = frozenset(unreadable)
        return graph

    def _files(self) -> Iterator[tuple[str, ModuleName]]:
        """Yield the files of the root packages that grimp would look at."""
        for path, module in self.project.index.listed():
            if module.root.is_package and path.endswith(".py") and self._is_looked_at(module):
                yield path, module

    def _is_looked_at(self, module: ModuleName) -> bool:
        """Return whether no folder on the way is without `__init__.py` below one that has it."""
        packages = [
            (self.project.index.path_of(prefix) or "").endswith(f"/{PACKAGE_FILE}.py")
            for prefix in prefixes(module.name if module.is_package else module.package)
            if is_under(prefix, module.root.name)
        ]
        is_named = all(part.isidentifier() for part in module.name.split(".")[:-1])
        return is_named and packages == sorted(packages, reverse=True)


def _add(
    graph: ImportGraph, importer: str, imports: tuple[ModuleImport, ...], scope: GraphScope
) -> None:
    graph.add_module(importer)
    for item in imports:
        is_ours = any(is_under(item.imported, package) for package in scope.packages)
        graph.add_module(item.imported, is_squashed=not is_ours)
        graph.add_import(
            importer=importer,
            imported=item.imported,
            line_number=item.line,
            line_contents="",
        )


def _holder(project: Project, root: Root) -> str:
    """Return the folder in which a root's name begins."""
    folder = project.root / root.path
    for _ in root.name.split("."):
        folder = folder.parent
    return os.fspath(folder)


@contextlib.contextmanager
def _quiet_panics() -> Iterator[None]:
    """Keep Rust from printing on standard error what goes wrong; nothing else prints meanwhile."""
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # There is no standard error.
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
