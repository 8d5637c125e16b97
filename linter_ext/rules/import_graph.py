"""Which first-party modules import which while they are imported themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linter_ext.rules.import_candidates import running_file
from linter_ext.source.asked import Asked
from linter_ext.source.facts import Span
from linter_ext.source.import_time import Asks, all_steps
from linter_ext.source.import_times import ImportTimes
from linter_ext.source.index import Definition, Index
from linter_ext.source.text import UnreadableError


@dataclass(frozen=True, slots=True)
class ImportStatement:
    """A statement by which one module imports another.

    Attributes:
        imported: the other module.
        line:     the statement's first line (1-based).
        asked:    those of its names that lead to the other module.
        binds:    whether it binds names of the module (not so in a class).
    """

    imported: str
    line: int
    asked: tuple[Asked, ...]
    binds: bool

    @property
    def span(self) -> Span:
        """Where the other module stands: as the module asked for, or as the name taken."""
        first = self.asked[0]
        is_name = first.item.name is None or first.path == self.imported != first.module
        return first.item.span if is_name else first.item.module_span


Statements = Mapping[str, tuple[ImportStatement, ...]]
"""Imported modules, each with the statements that import it, in the order of the text."""


class ImportGraph:
    """The explicit imports that run at import time. One for each index: `index.derived`.

    The packages around an imported module are loaded too, but nobody asks for them.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._times = index.derived(ImportTimes)
        self._imports: dict[str, Statements] = {}

    def imports_of(self, module: str) -> Statements:
        """Return the first-party modules that a module imports, sorted, with the statements."""
        if module not in self._imports:
            self._imports[module] = self._find(module)
        return self._imports[module]

    def _find(self, module: str) -> Statements:
        file = running_file(module, self._index)
        try:
            steps = self._times.steps(file) if file is not None else ()
        except UnreadableError:
            return {}
        found: dict[str, list[ImportStatement]] = {}
        for step in all_steps(steps):
            for statement in self._leads(module, step) if isinstance(step, Asks) else ():
                found.setdefault(statement.imported, []).append(statement)
        return {
            imported: tuple(sorted(found[imported], key=lambda item: item.asked[0].item.span))
            for imported in sorted(found)
        }

    def _leads(self, importer: str, step: Asks) -> Iterator[ImportStatement]:
        """Yield where a statement leads, once for each module."""
        found: dict[str, list[Asked]] = {}
        for asked in step.asked:
            module = self._module_behind(importer, asked)
            if self._index.tree.is_first_party(module) and self._index.is_module(module):
                found.setdefault(module, []).append(asked)
        for module, names in found.items():
            yield ImportStatement(module, step.line, tuple(names), step.binds)

    def _module_behind(self, importer: str, asked: Asked) -> str:
        """Return the module that is asked for: a submodule too, if its package does not hide it."""
        item = asked.item
        if item.name is None or item.is_star or not self._index.is_package(asked.module):
            return asked.module
        if not self._index.is_module(asked.path):
            return asked.module
        if importer == asked.module:  # `from . import sub`: later names hide nothing yet.
            return asked.path
        definitions = self._index.definitions(asked.module, item.name)
        return asked.path if definitions <= {Definition(asked.path, None)} else asked.module
