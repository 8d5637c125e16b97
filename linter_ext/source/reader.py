"""Where texts come from: the disk, or a table in a test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Reader(Protocol):
    """Gives texts. Paths are relative to the project root, with forward slashes."""

    def read(self, path: str) -> str:
        """Return a file's text, or raise UnreadableError."""

    def is_file(self, path: str) -> bool:
        """Return whether the file exists."""

    def is_folder(self, path: str) -> bool:
        """Return whether the folder exists."""

    def files_in(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder; none if there is no such folder."""

    def listed(self) -> Sequence[str]:
        """Return every source file of the project, sorted."""
