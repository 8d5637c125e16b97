"""What the modules of a project do while they are imported, read once each."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from linter_ext.source.asked import Asked
from linter_ext.source.facts import Context
from linter_ext.source.file import SourceFile
from linter_ext.source.import_time import Steps
from linter_ext.source.index import Index
from linter_ext.source.loading import find_steps

_LATER = Context.FUNCTION | Context.TYPE_CHECKING


class ImportTimes:
    """The steps of each module. One for each index: `index.derived(ImportTimes)`."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._steps: dict[str, Steps] = {}

    def steps(self, file: SourceFile) -> Steps:
        """Return what a file does while it is imported.

        Raises:
            UnreadableError: if it is not valid Python.
        """
        if file.path not in self._steps:
            self.note(file)
            file.settle()
            file.rest()
        return self._steps[file.path]

    def note(self, file: SourceFile) -> None:
        """Read a file that is being judged: its syntax tree is still needed afterwards.

        Raises:
            UnreadableError: if it is not valid Python.
        """
        if file.path not in self._steps:
            self._steps[file.path] = self._find(file)

    def _find(self, file: SourceFile) -> Steps:
        asked = self._index.asked(file)
        places = {(item.item.span.line, item.item.span.column): item for item in asked}

        def asked_at(alias: ast.alias) -> Asked | None:
            line = alias.lineno
            return places.get((line, file.source.column(line, alias.col_offset)))

        modules = frozenset(self._modules_among(asked))
        return find_steps(file.tree, file.source.text, asked_at, modules)

    def _modules_among(self, asked: Iterable[Asked]) -> Iterator[str]:
        """Yield the local names that imports may bind to first-party modules."""
        tree = self._index.tree
        for item in asked:
            # `import ns.app.mod` binds the namespace around a root package.
            path = item.module if item.item.name is None else item.bound
            if item.item.context & _LATER or not tree.is_first_party(path):
                continue
            if item.item.name is None or self._index.is_module(item.path):
                yield item.item.local_name
