"""By which names a file can import others: relative ones, and those of its neighbours."""

from __future__ import annotations

from linter_ext.names import join
from linter_ext.source.facts import Import
from linter_ext.source.reader import Reader
from linter_ext.source.tree import PACKAGE_FILE, ModuleName


class ImportRoots:
    """The folders where the module names of files outside every package begin.

    Such a file imports its neighbours by the names they have from its import root: the first
    folder upward without an `__init__.py` (which pytest puts on the import path, and which is a
    script's own folder). `helpers` is then `tests.unit.helpers`.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._roots: dict[str, str] = {}
        self._identities: dict[tuple[str, str], str] = {}

    def identity(self, path: str, module: str) -> str:
        """Return a module's name from the project root, if it is a neighbour of the file."""
        base = self._root_of(path)
        if not base:
            return module
        known = self._identities.get((base, module))
        if known is None:
            known = self._identities[base, module] = self._from(base, module)
        return known

    def importable(self, path: str, module: str) -> str:
        """Return the name by which the file can import a module it shares a package with."""
        folder = path.rpartition("/")[0]
        if not self._is_package(folder):
            return module
        return module.removeprefix(f"{self._root_of(path).replace('/', '.')}.")

    def _from(self, base: str, module: str) -> str:
        below = module.replace(".", "/")
        first = f"{base}/{below.partition('/')[0]}"
        is_neighbour = self._reader.is_file(f"{first}.py") or (
            self._reader.is_folder(first)
            and (self._is_package(first) or self._is_module(f"{base}/{below}"))
        )
        return join(base.replace("/", "."), module) if is_neighbour else module

    def _root_of(self, path: str) -> str:
        """Return the first folder upward without an `__init__.py`; empty for the project root."""
        folder = path.rpartition("/")[0]
        if folder not in self._roots:
            inside = bool(folder) and self._is_package(folder)
            self._roots[folder] = self._root_of(folder) if inside else folder
        return self._roots[folder]

    def _is_module(self, stem: str) -> bool:
        return self._reader.is_file(f"{stem}.py") or self._is_package(stem)

    def _is_package(self, folder: str) -> bool:
        return self._reader.is_file(f"{folder}/{PACKAGE_FILE}.py")


def absolute_module(importer: ModuleName, item: Import) -> str | None:
    """Return the module an import asks for, or None if its levels climb out of the root."""
    if not item.level:
        return item.module
    parts = importer.package.split(".") if importer.package else []
    top = importer.root.name.count(".") if importer.root.is_package else 0
    kept = len(parts) - (item.level - 1)
    if kept <= top:
        return None
    return join(".".join(parts[:kept]), item.module)
