"""The cycles of a project, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linter_ext.codes import Code
from linter_ext.rules.cycle_breaking import Breaking
from linter_ext.rules.cycles import Components, Cycle, shortest_cycles
from linter_ext.rules.entries import Entries, Failure
from linter_ext.rules.import_graph import ImportGraph
from linter_ext.rules.import_scope import Scope
from linter_ext.source.file import SourceFile
from linter_ext.source.import_times import ImportTimes
from linter_ext.source.index import Index
from linter_ext.violations import Finding, Link


@dataclass(frozen=True, slots=True)
class _In:
    """What is looked at; makes the cycles of an index, once."""

    scope: Scope

    def __call__(self, index: Index) -> Cycles:
        return Cycles(index, self.scope)


class Cycles:
    """The cycles in a scope. What is asked once is remembered.

    Only what may be in a circle by the look of its lines is parsed.
    """

    def __init__(self, index: Index, scope: Scope) -> None:
        self._surroundings = index.derived(scope)
        self._graph = index.derived(ImportGraph)
        self._entries = index.derived(Entries)
        self._scope = scope
        self._components = Components(self._imported_by)
        self._cycles: dict[frozenset[str], Mapping[str, list[Cycle]]] = {}
        self._failures: dict[frozenset[str], tuple[Failure, ...]] = {}

    def component(self, module: str) -> frozenset[str]:
        """Return the modules that a module imports and that import it, by whatever way."""
        return self._components.of(module)

    def first_in(self, module: str) -> list[Cycle]:
        """Return the shortest cycles of which a module is alphabetically the first one."""
        component = self.component(module)
        if component not in self._cycles:
            found: dict[str, list[Cycle]] = {}
            for cycle in shortest_cycles(component, self._imported_by):
                found.setdefault(cycle[0], []).append(cycle)
            self._cycles[component] = found
        return self._cycles[component].get(module, [])

    def failures(self, component: frozenset[str]) -> tuple[Failure, ...]:
        """Return what cycles stop when one of a component's modules is imported first."""
        if component not in self._failures:
            self._failures[component] = self._entries.failures(component)
        return self._failures[component]

    def _imported_by(self, module: str) -> tuple[str, ...]:
        """Return what a module imports, as far as that is looked at and may be in a circle."""
        around = self._surroundings.of(module)
        imported = self._graph.imports_of(module) if around else ()
        return self._scope.limit(module, (item for item in imported if item in around))


def find_cycles(file: SourceFile, scope: Scope, index: Index) -> Iterator[Finding]:
    """Yield the findings of one file that is in some circle, by the look of its lines."""
    index.derived(ImportTimes).note(file)
    yield from _left_alone(file.module.name, scope, index)
    cycles = index.derived(_In(scope))
    for cycle in cycles.first_in(file.module.name):
        yield _finding(cycle, cycles, index)


def _left_alone(importer: str, scope: Scope, index: Index) -> Iterator[Finding]:
    """Yield the imports that are left alone and would be part of a cycle."""
    if not scope.ignores:
        return
    component = index.derived(_In(scope.with_all())).component(importer)
    for imported, statements in index.derived(ImportGraph).imports_of(importer).items():
        if imported in component and scope.ignores_import(importer, imported):
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
        chain=tuple(
            Link(link.file.path, link.statements[0].span, link.importer, link.imported)
            for link in breaking.links
        ),
    )
