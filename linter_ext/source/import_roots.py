"""By which names a file can import others: relative ones, and those of its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from fnmatch import fnmatchcase
from functools import cached_property
from typing import NamedTuple

from linter_ext.names import join
from linter_ext.source.facts import Import
from linter_ext.source.reader import Reader
from linter_ext.source.standard_library import is_standard
from linter_ext.source.tree import PACKAGE_FILE, ModuleName

CONFTEST = "conftest.py"
_TEST_FILES = ("test_*.py", "*_test.py", CONFTEST)


class ImportPath(NamedTuple):
    """How pytest is told to import files.

    Attributes:
        folders:     further folders on the import path.
        whole_names: whether it imports files by their names from the project root, and not from
                     the first folder without an `__init__.py`.
    """

    folders: tuple[str, ...] = ()
    whole_names: bool = False


class ImportRoots:
    """The folders where the module names of files outside every package begin.

    Such a file imports its neighbours by the names they have from its import root: the first
    folder upward without an `__init__.py` (which pytest puts on the import path, and which is a
    script's own folder). `helpers` is then `tests.unit.helpers`. pytest also puts the import
    roots of the conftest.py files above it there, and the folders of its option `pythonpath`.

    Args:
        reader:   tells which files there are.
        packages: the top-level names of the root packages.
        path:     tells how pytest imports files, when it is first asked.
    """

    def __init__(
        self,
        reader: Reader,
        packages: Set[str] = frozenset(),
        path: Callable[[], ImportPath] = ImportPath,
    ) -> None:
        self._reader = reader
        self._packages = packages
        self._find_path = path
        self._roots: dict[str, str] = {}
        self._bases: dict[str, tuple[str, ...]] = {}
        self._identities: dict[tuple[str, str], str] = {}

    def identity(self, path: str, module: str) -> str:
        """Return a module's name from the project root, if it is a neighbour of the file."""
        key = (path.rpartition("/")[0], module)
        if key not in self._identities:
            self._identities[key] = self._find(*key)
        return self._identities[key]

    def _find(self, folder: str, module: str) -> str:
        for base in self._bases_of(folder):
            if self._is_neighbour(base, module):
                return join(base.replace("/", "."), module)
        top = module.partition(".")[0]
        if top not in self._packages and not is_standard(module):
            for base in self._path.folders:
                if self._is_neighbour(base, module):
                    return join(base.replace("/", "."), module)
        return module

    def is_orphan(self, path: str, level: int) -> bool:
        """Return whether a relative import of a test file climbs out of all packages.

        pytest imports a test file by its name from the first folder without an `__init__.py`.
        """
        folder, _, name = path.rpartition("/")
        if not level or not any(fnmatchcase(name, pattern) for pattern in _TEST_FILES):
            return False
        depth = len(_parts(folder)) - len(_parts(self._root_of(folder)))
        return level > depth and not self._path.whole_names

    @cached_property
    def _path(self) -> ImportPath:
        return self._find_path()

    def _bases_of(self, folder: str) -> tuple[str, ...]:
        """Return the import roots of a folder and of the conftest.py files in and above it."""
        if folder not in self._bases:
            with_conftest = (
                place for place in folders_around(folder) if self._has(place, CONFTEST)
            )
            roots = map(self._root_of, (folder, *with_conftest))
            self._bases[folder] = tuple(root for root in dict.fromkeys(roots) if root)
        return self._bases[folder]

    def importable(self, path: str, module: str) -> str:
        """Return the name by which the file can import a module it shares a package with."""
        folder = path.rpartition("/")[0]
        if not self._is_package(folder):
            return module
        return module.removeprefix(f"{self._root_of(folder).replace('/', '.')}.")

    def _is_neighbour(self, base: str, module: str) -> bool:
        below = module.replace(".", "/")
        first = f"{base}/{below.partition('/')[0]}"
        return self._reader.is_file(f"{first}.py") or (
            self._reader.is_folder(first)
            and (self._is_package(first) or self._is_module(f"{base}/{below}"))
        )

    def _root_of(self, folder: str) -> str:
        """Return the first folder upward without an `__init__.py`; empty for the project root."""
        if folder not in self._roots:
            inside = bool(folder) and self._is_package(folder)
            self._roots[folder] = self._root_of(folder.rpartition("/")[0]) if inside else folder
        return self._roots[folder]

    def _is_module(self, stem: str) -> bool:
        return self._reader.is_file(f"{stem}.py") or self._is_package(stem)

    def _is_package(self, folder: str) -> bool:
        return self._has(folder, f"{PACKAGE_FILE}.py")

    def _has(self, folder: str, name: str) -> bool:
        return self._reader.is_file(f"{folder}/{name}")


def _parts(folder: str) -> list[str]:
    return folder.split("/") if folder else []


def folders_around(folder: str) -> Iterator[str]:
    """Yield a folder, then each around it, inside out; the project root is none of them."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


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
