"""The module graph: grimp's, or, where grimp cannot build it, the same from our own facts."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

import grimp
from grimp import ImportGraph
from importlinter.application.app_config import settings

from linter_ext.graph_contracts.canonical_graph import canonical, copied
from linter_ext.graph_contracts.module_imports import (
    GraphScope,
    ModuleImport,
    find_module_imports,
)
from linter_ext.graph_contracts.statements import imports_on
from linter_ext.names import is_under, prefixes
from linter_ext.project import Project
from linter_ext.roots import is_imported_from
from linter_ext.source.facts import Import, Span
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
        self._written: dict[tuple[str, str], tuple[ModuleImport, ...]] = {}
        self._lines: dict[str, Sequence[str]] = {}
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

    @cached_property
    def canonical(self) -> ImportGraph:
        """The same graph, built in alphabetical order."""
        return canonical(self.built)

    def written(self, importer: str, imported: str) -> tuple[ModuleImport, ...]:
        """Return the statements by which a module imports another: at least one.

        Where the file does not show them, only their lines are known.
        """
        link = (importer, imported)
        if link not in self._written:
            numbers = self._numbers(importer, imported)
            found = self._statements(importer, imported, numbers)
            self._written[link] = found or tuple(
                ModuleImport(imported, Span(line, 1, line, 1), line) for line in numbers or [1]
            )
        return self._written[link]

    def _numbers(self, importer: str, imported: str) -> list[int]:
        """Return the lines on which the statements begin."""
        details = self.built.get_import_details(importer=importer, imported=imported)
        return sorted({detail["line_number"] for detail in details})

    def _statements(
        self, importer: str, imported: str, numbers: Iterable[int]
    ) -> tuple[ModuleImport, ...]:
        path = self.project.index.path_of(importer)
        module = self.project.tree.module_of(path) if path is not None else None
        if path is None or module is None:
            return ()
        if path not in self._lines:
            self._lines[path] = self.project.index.peek(path).split("\n")
        imports: list[Import] = []
        for number in numbers:
            found = imports_on(self._lines[path], number)
            if found is None:
                imports = list(self._all_imports(path, module))
                break
            imports.extend(found)
        return tuple(
            item
            for item in find_module_imports(module, imports, self.scope)
            if item.imported == imported
        )

    def _all_imports(self, path: str, module: ModuleName) -> tuple[Import, ...]:
        try:
            return self.project.index.open(path, module).imports
        except UnreadableError:
            return ()

    def edited(self, file: SourceFile) -> Graph:
        """Return the graph in which a module imports what this text of it does.

        Raises:
            UnreadableError: if the text is not valid Python.
        """
        if self._edited is None or self._edited[0] is not file:
            graph = self._with(self.built, file)
            made = self if graph is None else Graph(self.project, self.options, graph)
            self._edited = (file, made)
        return self._edited[1]

    def replacing(self, project: Project, files: Iterable[SourceFile]) -> Graph:
        """Return the graph of a project in which files of this one have other texts.

        Raises:
            UnreadableError: if one of them is not valid Python.
        """
        graph = self.built
        for file in files:
            if any(is_under(file.module.name, root.name) for root in self._roots):
                graph = self._with(graph, file) or graph
        return Graph(project, self.options, graph)

    def _with(self, built: ImportGraph, file: SourceFile) -> ImportGraph | None:
        """Return a graph with a module's imports replaced; None where they are what they were."""
        name = file.module.name
        scope = replace(self.scope, modules=self.scope.modules | {name})
        imports = find_module_imports(file.module, file.imports, scope)
        is_new = name not in self.modules
        known = set() if is_new else built.find_modules_directly_imported_by(name)
        lines = {(item, number) for item in known for number in self._numbers(name, item)}
        if not is_new and {(item.imported, item.line) for item in imports} == lines:
            return None
        graph = copied(built) if built is self.built else built
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
                imports = find_module_imports(module, file.imports, scope)
                file.settle()
            except UnreadableError:
                unreadable.add(module.name)
            else:
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
