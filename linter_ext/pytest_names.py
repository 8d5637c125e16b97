"""Which module name pytest gives a test file, where it imports by names from the import path."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from linter_ext.pytest_files import CONFTEST, folders_to
from linter_ext.source.tree import PACKAGE_FILE

_PACKAGE_FILE = f"{PACKAGE_FILE}.py"


class ModuleNames:
    """Who has which module name, in one session.

    A file in a package has the name of the package before its own; all others are modules of
    their own, so that two of them may not be called alike.
    """

    def __init__(self, files: Iterable[str]) -> None:
        self._files = frozenset(files)
        self._owners: dict[str, str] = {}
        self._bases: dict[str, str] = {}

    def owner(self, path: str) -> str | None:
        """Return the other file that has the name a file needs; None if there is none."""
        base, name = self._name(path)
        owner = self._owners.get(name)
        return owner if owner is not None and self._bases[name] != base else None

    def take(self, path: str) -> None:
        """Note that a file, or the package it lies in, has been imported."""
        base, name = self._name(path)
        if name and name not in self._owners:
            self._owners[name] = self.holder(path)
            self._bases[name] = base

    def holder(self, path: str) -> str:
        """Return the file that has a module name: that of the outermost package, or the file."""
        base, name = self._name(path)
        package = f"{base}/{name}/{_PACKAGE_FILE}".lstrip("/")
        return package if package in self._files else path

    def depth(self, path: str) -> int:
        """Return how many packages a file lies in, one in another."""
        folders = folders_to(path)
        packages = itertools.takewhile(self._is_package, reversed(folders))
        return len(list(packages))

    def _name(self, path: str) -> tuple[str, str]:
        """Return the folder on the import path, and the first component of the module name.

        A `conftest.py` outside every package has no name: pytest forgets the one before it.
        """
        folder, _, file = path.rpartition("/")
        top = file.removesuffix(".py")
        while self._is_package(folder):
            folder, _, top = folder.rpartition("/")
            file = ""
        return folder, "" if file == CONFTEST else top

    def _is_package(self, folder: str) -> bool:
        is_named = folder.rpartition("/")[2].isidentifier()
        return is_named and f"{folder}/{_PACKAGE_FILE}" in self._files
