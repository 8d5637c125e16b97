"""`acyclic_imports`: no module waits for itself while it is imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from linter_ext.codes import Code
from linter_ext.engine import Ignore
from linter_ext.names import matches, matches_package
from linter_ext.rules.base import SourceRule
from linter_ext.rules.cycle_breaking import Breaking
from linter_ext.rules.cycles import Components, Cycle, shortest_cycles
from linter_ext.rules.entries import Entries, Failure
from linter_ext.rules.import_graph import ImportGraph
from linter_ext.source.file import SourceFile
from linter_ext.source.import_times import ImportTimes
from linter_ext.source.index import Index
from linter_ext.violations import Finding


@dataclass(frozen=True, slots=True)
class Scope:
    """Which imports are looked at.

    Attributes:
        modules: the module expressions of the importers; none means all.
        ignores: the imports that are left alone.
    """

    modules: tuple[str, ...]
    ignores: tuple[Ignore, ...]

    def __call__(self, index: Index) -> Cycles:
        """Return the cycles that these imports make; made once for an index."""
        return Cycles(index, self)

    def limit(self, importer: str, imported: Iterable[str]) -> tuple[str, ...]:
        """Return those of a module's imports that are looked at and not left alone."""
        if self.modules and not any(matches_package(item, importer) for item in self.modules):
            return ()
        if not self.ignores:
            return tuple(imported)
        return tuple(item for item in imported if not self.ignores_import(importer, item))

    def ignores_import(self, importer: str, imported: str) -> bool:
        """Return whether an import is left alone."""
        return any(
            matches(item.importer, importer) and matches(item.imported, imported)
            for item in self.ignores
        )

    def with_all(self) -> Scope:
        """Return the same without anything left alone."""
        return Scope(self.modules, ())


class Cycles:
    """The cycles in a scope. What is asked once is remembered.

    Only what a module reaches is read, so that one file can be judged by itself; all files
    together are read once. And only what may be in a circle, by the look of its lines, is parsed.
    """

    def __init__(self, index: Index, scope: Scope) -> None:
        self._graph = index.derived(ImportGraph)
        self._scope = scope
        self._wide = Components(self._may_import)
        self._exact = Components(self.imported_by)
        self._entries = index.derived(Entries)
        self._cycles: dict[frozenset[str], Mapping[str, list[Cycle]]] = {}
        self._failures: dict[frozenset[str], tuple[Failure, ...]] = {}

    def may_be_in_one(self, module: str) -> bool:
        """Return whether a module may be in a cycle."""
        return len(self._wide.of(module)) > 1 or module in self._may_import(module)

    def imported_by(self, module: str) -> tuple[str, ...]:
        """Return what a module imports, as far as that is looked at and may be in a circle."""
        around = self._wide.of(module)
        imported = (item for item in self._graph.imports_of(module) if item in around)
        return self._scope.limit(module, imported)

    def component(self, module: str) -> frozenset[str]:
        """Return the modules that a module imports and that import it, by whatever way."""
        may_be_more = self.may_be_in_one(module)
        return self._exact.of(module) if may_be_more else frozenset({module})

    def _may_import(self, module: str) -> tuple[str, ...]:
        return self._scope.limit(module, self._graph.may_import(module))

    def first_in(self, module: str) -> list[Cycle]:
        """Return the shortest cycles of which a module is alphabetically the first one."""
        component = self.component(module)
        if component not in self._cycles:
            found: dict[str, list[Cycle]] = {}
            for cycle in shortest_cycles(component, self.imported_by):
                found.setdefault(cycle[0], []).append(cycle)
            self._cycles[component] = found
        return self._cycles[component].get(module, [])

    def failures(self, component: frozenset[str]) -> tuple[Failure, ...]:
        """Return what cycles stop when one of a component's modules is imported first."""
        if component not in self._failures:
            self._failures[component] = self._entries.failures(component)
        return self._failures[component]


class AcyclicImports(SourceRule):
    """No first-party modules import each other in a circle while they are imported.

    Imports in functions and under `TYPE_CHECKING` make no cycle. Imports that `ignore_imports`
    names are taken out before cycles are sought.
    """

    type_name = "acyclic_imports"

    def judge(self, file: SourceFile, index: Index) -> Iterator[Finding]:
        """Yield one finding for each cycle, in the module of it that comes first by its name.

        Every import that is part of a cycle is part of one that is reported. An import that is
        left alone yields a finding of its own if it would be part of one, for the engine to
        hide and count.
        """
        graph = index.derived(ImportGraph)
        running = graph.file(file.module.name)
        if running is None or running.path != file.path:
            return  # A stub, or a module that another file stands in for: it never runs.
        everything = index.derived(self._scope.with_all())
        if not everything.may_be_in_one(file.module.name):
            return
        index.derived(ImportTimes).note(file)
        yield from self._ignored(file.module.name, everything, index)
        cycles = index.derived(self._scope)
        for cycle in cycles.first_in(file.module.name):
            yield _finding(cycle, cycles, index)

    @cached_property
    def _scope(self) -> Scope:
        return Scope(tuple(self.source_modules), tuple(self.ignore_imports))

    def _ignored(self, importer: str, everything: Cycles, index: Index) -> Iterator[Finding]:
        """Yield what the imports that are left alone would be part of."""
        component = everything.component(importer) if self._scope.ignores else frozenset[str]()
        for imported, statements in index.derived(ImportGraph).imports_of(importer).items():
            if imported in component and self._scope.ignores_import(importer, imported):
                yield Finding(
                    code=Code.CYCLE,
                    span=statements[0].span,
                    line=statements[0].line,
                    module=imported,
                    name=None,
                    target=imported,
                    message=f"'{imported}' imports '{importer}'",
                )


def _finding(cycle: Cycle, cycles: Cycles, index: Index) -> Finding:
    """Return the finding of a cycle, at the first statement of its first link.

    Its target is the whole way, so that cycles which begin alike are told apart.
    """
    component = cycles.component(cycle[0])
    breaking = Breaking(cycle, component, cycles.failures(component), index)
    statement = breaking.links[0].statements[0]
    way = " -> ".join((*cycle[1:], cycle[0]))
    message = f"import cycle {cycle[0]} -> {way} ({breaking.places})"
    return Finding(
        code=Code.CYCLE,
        span=statement.span,
        line=statement.line,
        module=statement.imported,
        name=None,
        target=way,
        message=f"{message}, {breaking.severity}; {breaking.remedy}",
    )
