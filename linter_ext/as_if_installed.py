"""Imports played through as if every package that the project imports were installed.

The environment that linter-ext runs in need not be the project's own.
"""

from __future__ import annotations

from linter_ext.source.asked import Asked
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Answer, Gap, State
from linter_ext.source.index import Index
from linter_ext.source.loader import Loader
from linter_ext.source.presence import Presence
from linter_ext.source.standard_library import is_standard


class PresenceAsIfInstalled(Presence):
    """Tells what is there; what is missing outside the project is unknown."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self._tree = index.tree
        self._known = index.derived(Presence)

    def module(self, module: str) -> Answer:
        """Return THERE, UNKNOWN, or what is missing of a module's absolute name."""
        return self._if_own(self._known.module(module))

    def name(self, module: str, name: str) -> Answer:
        """Return whether a module that is there offers a name at run time, or has it below it."""
        return self._if_own(self._known.name(module, name))

    def of_import(self, file: SourceFile, asked: Asked) -> Answer:
        """Return whether what an import asks for is there, as the importer would meet it."""
        return self._if_own(self._known.of_import(file, asked))

    def file(self, module: str) -> SourceFile | None:
        """Return the file of a module, first-party or not; None if there is none to be read."""
        return self._known.file(module)

    def _if_own(self, answer: Answer) -> Answer:
        if not isinstance(answer, Gap) or is_standard(answer.path):
            return answer
        return answer if self._tree.is_first_party(answer.path) else State.UNKNOWN


class LoaderAsIfInstalled(Loader):
    """One process in an environment in which nothing is missing."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self._presence = index.derived(PresenceAsIfInstalled)
