"""Which imports a contract about cycles looks at, and which modules they may bind in circles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linter_ext.engine import Ignore
from linter_ext.names import matches, matches_package
from linter_ext.rules.cycles import Components
from linter_ext.rules.import_candidates import ImportCandidates
from linter_ext.source.index import Index


@dataclass(frozen=True, slots=True)
class Scope:
    """Which imports are looked at.

    Attributes:
        modules: the module expressions of the importers; none means all.
        ignores: the imports that are left alone.
    """

    modules: tuple[str, ...]
    ignores: tuple[Ignore, ...]

    def __call__(self, index: Index) -> Surroundings:
        """Return the circles that modules may be in; made once for an index."""
        return Surroundings(index, self)

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


class Surroundings:
    """The modules with which others may be in a circle, by the look of their lines.

    Only what a module reaches is read, so that one file can be judged by itself; all files
    together are read once.
    """

    def __init__(self, index: Index, scope: Scope) -> None:
        self._candidates = index.derived(ImportCandidates)
        self._scope = scope
        self._components = Components(self._imported_by)

    def of(self, module: str) -> frozenset[str]:
        """Return the modules of the circles that a module may be in; none if there is none."""
        found = self._components.of(module)
        return found if len(found) > 1 or module in self._imported_by(module) else frozenset()

    def _imported_by(self, module: str) -> tuple[str, ...]:
        return self._scope.limit(module, self._candidates.of(module))
