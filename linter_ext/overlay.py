"""A project some of whose files are not as the disk has them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from linter_ext.discovery import Listing, is_folder
from linter_ext.project import Project
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.reader import Reader
from linter_ext.source.text import UnreadableError, decode
from linter_ext.source.tree import ModuleName
from linter_ext.staging import Texts

_CACHE = "__pycache__"


class OverlaidProject(Project):
    """A project as it is in another version: one for each, with an index of its own.

    Attributes:
        texts:  the files that the disk has otherwise.
        reader: reads its files.
    """

    def __init__(self, project: Project, texts: Texts) -> None:
        super().__init__(project.root, project.tree.roots, left_out_paths=project.left_out_paths)
        self._project = project
        self.texts = texts
        self.reader: Reader = Overlay(self._disk, project.root, texts, self._listed)
        self.index = _OverlaidIndex(self, project)

    @cached_property
    def listing(self) -> Listing:
        """Every source file under the roots."""
        listed = set(self._project.listing.files)
        for path, data in self.texts.items():
            if data is None:
                listed.discard(path)
            elif self.tree.module_of(path) is not None and not self.leaves_out(path):
                listed.add(path)
        return self._project.listing._replace(files=tuple(sorted(listed)))

    def _listed(self) -> Sequence[str]:
        return self.listing.files


class _OverlaidIndex(Index):
    """The modules of one version. What the files that it shares with another say is read once."""

    def __init__(self, overlaid: OverlaidProject, project: Project) -> None:
        outside = project.index.outside
        super().__init__(project.tree, overlaid.reader, outside, project.import_path)
        self._others = overlaid.texts
        self._shared = project.index

    def open(self, path: str, module: ModuleName) -> SourceFile:
        """Return the file at a path.

        Raises:
            UnreadableError: if it cannot be read.
        """
        if path in self._others:
            return super().open(path, module)
        return self._shared.open(path, module)


class Overlay:
    """Reads files from a table before it reads them from the disk.

    Attributes:
        listed: lists every source file of the project.
    """

    def __init__(
        self, below: Reader, root: Path, texts: Texts, listed: Callable[[], Sequence[str]]
    ) -> None:
        self.listed = listed
        self._below = below
        self._root = root
        self._texts = texts
        self._added: dict[str, set[str]] = {}
        self._removed: dict[str, set[str]] = {}
        self._folders: set[str] = set()
        for path, data in texts.items():
            folder, _, name = path.rpartition("/")
            (self._removed if data is None else self._added).setdefault(folder, set()).add(name)
            if data is not None:
                self._folders.update(folders_of(path))
        self._emptied = {folder for folder in self._removed if folder}
        self._emptied.update(above for folder in self._removed for above in folders_of(folder))
        self._known: dict[str, bool] = {}

    def read(self, path: str) -> str:
        """Return a file's text.

        Raises:
            UnreadableError: if there is none that can be read.
        """
        if path not in self._texts:
            return self._below.read(path)
        data = self._texts[path]
        if data is None:
            raise UnreadableError("is not there", "restore it")
        return decode(data)

    def is_file(self, path: str) -> bool:
        """Return whether the file exists."""
        if path in self._texts:
            return self._texts[path] is not None
        return self._below.is_file(path)

    def is_folder(self, path: str) -> bool:
        """Return whether the folder exists; git knows none without files."""
        if path in self._folders:
            return True
        if path not in self._emptied:
            return self._below.is_folder(path)
        if path not in self._known:
            self._known[path] = self._below.is_folder(path) and self._is_left(path)
        return self._known[path]

    def files_in(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder; none if there is no such folder."""
        removed, added = self._removed.get(folder, ()), self._added.get(folder, ())
        if not removed and not added:
            return self._below.files_in(folder)
        return (self._below.files_in(folder) - set(removed)) | set(added)

    def _is_left(self, folder: str) -> bool:
        """Return whether something is left in a folder that files are taken from."""
        if self.files_in(folder):
            return True
        try:
            with os.scandir(self._root / folder) as entries:
                inner = [entry.name for entry in entries if is_folder(entry)]
        except OSError:
            return False
        return any(self.is_folder(f"{folder}/{name}") for name in inner if name != _CACHE)


def folders_of(path: str) -> Sequence[str]:
    """Return the folders around a path, inside out."""
    parts = path.split("/")[:-1]
    return tuple("/".join(parts[:length]) for length in range(len(parts), 0, -1))
