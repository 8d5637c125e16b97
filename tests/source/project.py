"""A project that is on no disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.text import decode
from linter_ext.source.tree import Root, SourceTree

APP = Root("app", "app", is_package=True)
TESTS = Root("tests", "tests", is_package=False)


class MemoryReader:
    """Gives the texts of a table; counts how often it gives each."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.count: Counter[str] = Counter()

    def read(self, path: str) -> str:
        self.count[path] += 1
        return decode(self.files[path].encode())

    def is_file(self, path: str) -> bool:
        return path in self.files

    def is_folder(self, path: str) -> bool:
        return any(file.startswith(f"{path}/") for file in self.files)

    def files_in(self, folder: str) -> frozenset[str]:
        parted = (path.rpartition("/") for path in self.files)
        return frozenset(name for place, _, name in parted if place == folder)

    def listed(self) -> Sequence[str]:
        return sorted(path for path in self.files if path.endswith((".py", ".pyi")))


def index_of(files: Mapping[str, str], roots: Sequence[Root] = (APP, TESTS)) -> Index:
    """Return the index of a project; NUL in a text makes its file unreadable."""
    return Index(SourceTree(roots), MemoryReader(files))


def open_file(index: Index, path: str) -> SourceFile:
    """Return a file of the project."""
    module = index.tree.module_of(path)
    assert module is not None
    return index.open(path, module)
