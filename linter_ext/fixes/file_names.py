"""The names in a file: which are taken, and which can be bound by one more import."""

from __future__ import annotations

from functools import cached_property

from linter_ext.fixes.symbols import Scope, read_scopes
from linter_ext.source.file import SourceFile


class FileNames:
    """The names in one file."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file

    @cached_property
    def _scopes(self) -> tuple[Scope, ...]:
        return read_scopes(self._file.source.text)

    @cached_property
    def all(self) -> frozenset[str]:
        """Every name that is bound or read anywhere."""
        return frozenset().union(*(scope.bound | scope.read for scope in self._scopes))

    @property
    def of_module(self) -> frozenset[str]:
        """Every name that is bound or read outside functions and classes."""
        return self._scopes[0].bound | self._scopes[0].read

    def is_free(self, root: str) -> bool:
        """Return whether a name can be bound to a package by a plain import."""
        if root not in self.all:
            return True
        if any(root in scope.bound - scope.imported for scope in self._scopes):
            return False
        own = [item for item in self._file.imports if item.local_name == root]
        return bool(own) and all(item.name is None and item.alias is None for item in own)

    @cached_property
    def changed(self) -> frozenset[str]:
        """Every name that something else than an import binds or unbinds."""
        return frozenset().union(*(scope.bound - scope.imported for scope in self._scopes))
