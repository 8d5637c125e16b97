"""Which modules exist, told by the names of files and folders alone."""

from __future__ import annotations

from linter_ext.source.reader import Reader
from linter_ext.source.tree import PACKAGE_FILE, SourceTree


class Locations:
    """Where the modules of a project are. What is asked once is remembered."""

    def __init__(self, tree: SourceTree, reader: Reader) -> None:
        self._tree = tree
        self._reader = reader
        self._added: set[str] = set()
        self._paths: dict[str, str | None] = {}
        self._is_module: dict[str, bool] = {}

    def add(self, path: str, module: str) -> None:
        """Note that a file is there, whatever the disk says."""
        self._added.add(path)
        self._paths.pop(module, None)
        self._is_module.pop(module, None)

    def path_of(self, module: str) -> str | None:
        """Return the module's file, in the order the import system prefers."""
        if module not in self._paths:
            candidates = self._tree.candidates(module) if self._may_exist(module) else ()
            self._paths[module] = next(filter(self._exists, candidates), None)
        return self._paths[module]

    def is_module(self, module: str) -> bool:
        """Return whether the name is a first-party module, package or namespace folder."""
        if module not in self._is_module:
            self._is_module[module] = self._may_exist(module) and (
                self.path_of(module) is not None or self._is_folder(module)
            )
        return self._is_module[module]

    def is_package(self, module: str) -> bool:
        """Return whether the name is a first-party package or namespace folder."""
        path = self.path_of(module)
        if path is None:
            return self._is_folder(module)
        return path.rpartition("/")[2].partition(".")[0] == PACKAGE_FILE

    def children(self, package: str) -> frozenset[str]:
        """Return the names of a package's modules; folders are not looked at."""
        folders = {path.rpartition("/")[0] for path in self._tree.candidates(f"{package}.x")}
        names = {name for folder in folders for name in self._reader.files_in(folder)}
        stems = {name.removesuffix(".py") for name in names if name.endswith(".py")}
        return frozenset(stem for stem in stems if stem != PACKAGE_FILE)

    def _may_exist(self, module: str) -> bool:
        """Return whether the disk need be asked: nothing lies below a module's file."""
        parent = module.rpartition(".")[0]
        return not self._tree.is_first_party(parent) or self.is_package(parent)

    def _is_folder(self, module: str) -> bool:
        places = (path.rpartition("/") for path in self._tree.candidates(module))
        return any(
            name == f"{PACKAGE_FILE}.py" and self._reader.is_folder(folder)
            for folder, _, name in places
        )

    def _exists(self, path: str) -> bool:
        return path in self._added or self._reader.is_file(path)
