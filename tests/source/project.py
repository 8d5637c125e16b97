"""A project that is on no disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.tree import Root, SourceTree
from tests.front_ends import MemoryReader

APP = Root("app", "app", is_package=True)
TESTS = Root("tests", "tests", is_package=False)


def index_of(files: Mapping[str, str], roots: Sequence[Root] = (APP, TESTS)) -> Index:
    """Return the index of a project; NUL in a text makes its file unreadable."""
    return Index(SourceTree(roots), MemoryReader(files))


def open_file(index: Index, path: str) -> SourceFile:
    """Return a file of the project."""
    module = index.tree.module_of(path)
    assert module is not None
    return index.open(path, module)
