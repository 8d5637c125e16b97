"""`acyclic_imports`: no module waits for itself while it is imported."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from linter_ext.rules.base import SourceRule
from linter_ext.rules.import_candidates import running_file
from linter_ext.rules.import_scope import Scope
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.violations import Finding


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
        running = running_file(file.module.name, index)
        if running is None or running.path != file.path:
            return  # A stub, or a module that another file stands in for: it never runs.
        if index.derived(self._scope.with_all()).of(file.module.name):
            # Most modules are in no circle, and it takes long to load.
            from linter_ext.rules.cycle_findings import find_cycles  # noqa: PLC0415

            yield from find_cycles(file, self._scope, index)

    def surroundings(self, module: str, index: Index) -> frozenset[str]:
        """Return the modules in which a cycle may be shown that a module is part of."""
        return index.derived(self._scope.with_all()).of(module)

    @cached_property
    def _scope(self) -> Scope:
        return Scope(tuple(self.source_modules), tuple(self.ignore_imports))
