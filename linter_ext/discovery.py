"""Which files a project's roots hold, and what was left out and why."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from linter_ext.git import GitError, ask_git
from linter_ext.source.tree import SUFFIXES, Root

_NEVER_CODE = frozenset({"__pycache__", "node_modules"})
_ENVIRONMENT = "virtual environment"
_UNWANTED = "left out by the configuration"
_ENVIRONMENT_MARKS = ("pyvenv.cfg", "conda-meta")


Note = Callable[[str, Sequence[os.DirEntry[str]]], None]
"""Takes a folder, relative to the project root, and what is in it."""


class LeftOut(NamedTuple):
    """A folder or file that was not looked into. The path is relative to the project root."""

    path: str
    reason: str


class Listing(NamedTuple):
    """What the roots of a project hold; everything sorted.

    Attributes:
        files:    the source files.
        left_out: the folders and files left out on purpose.
        closed:   the folders that could not be listed.
    """

    files: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    closed: tuple[LeftOut, ...]


def list_sources(
    project_root: Path,
    roots: Iterable[Root],
    unwanted: Collection[str] = (),
    note: Note = lambda _folder, _entries: None,
) -> Listing:
    """Return every `.py` and `.pyi` file under the roots.

    Hidden, git-ignored and virtual-environment folders are left out, and so are folders behind
    symbolic links, as flake8 and git do it: a link cannot make the walk go round in circles.

    Args:
        project_root: where all paths start.
        roots:        where to look.
        unwanted:     folders and files that the configuration leaves out.
        note:         is told what each folder holds that is walked through.
    """
    walk = _Walk(project_root, unwanted, note)
    for root in roots:
        if lies_in_any(root.path, unwanted):
            walk.left_out.add(LeftOut(root.path, _UNWANTED))
        elif root.is_file:
            walk.files.add(root.path)
        else:
            walk.go(root.path)
    return Listing(
        tuple(sorted(walk.files)), tuple(sorted(walk.left_out)), tuple(sorted(walk.closed))
    )


def lies_in_any(path: str, places: Collection[str]) -> bool:
    """Return whether a path is one of the places, or below one."""
    return any(path == place or path.startswith(f"{place}/") for place in places)


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether the entry is a folder; a link that leads nowhere is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


class _Walk:
    """A walk through the folders of a project, and what it has found so far."""

    def __init__(self, project_root: Path, unwanted: Collection[str], note: Note) -> None:
        self._note = note
        self._root = os.fspath(project_root)
        self._unwanted = frozenset(unwanted)
        self._ignored = _git_ignored_folders(project_root)
        self.files: set[str] = set()
        self.left_out: set[LeftOut] = set()
        self.closed: set[LeftOut] = set()

    def go(self, top: str) -> None:
        """Walk through a folder and all below it."""
        stack = [top]
        while stack:
            folder = stack.pop()
            try:
                with os.scandir(f"{self._root}/{folder}") as found:
                    entries = list(found)
            except OSError as error:
                self._take_closed(folder, error, is_top=folder == top)
                continue
            if folder != top and any(entry.name in _ENVIRONMENT_MARKS for entry in entries):
                self.left_out.add(LeftOut(folder, _ENVIRONMENT))
                continue
            self._note(folder, entries)
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if path in self._unwanted:
                    self.left_out.add(LeftOut(path, _UNWANTED))
                elif is_folder(entry):
                    if self._enters(entry, path):
                        stack.append(path)
                # A link that leads nowhere counts as a file: reading it says what is wrong.
                elif entry.name.endswith(SUFFIXES):
                    self.files.add(path)

    def _take_closed(self, folder: str, error: OSError, *, is_top: bool) -> None:
        """Note a folder that cannot be listed; what is known to lie in it may show still."""
        marks = (os.path.join(self._root, folder, mark) for mark in _ENVIRONMENT_MARKS)
        if not is_top and any(map(os.path.lexists, marks)):
            self.left_out.add(LeftOut(folder, _ENVIRONMENT))
        else:
            self.closed.add(LeftOut(folder, error.strerror or str(error)))

    def _enters(self, entry: os.DirEntry[str], path: str) -> bool:
        """Return whether to walk through a folder, as far as its name tells; note it if not."""
        if entry.name in _NEVER_CODE:
            return False
        reason = _reason_to_leave_out(entry, path, self._ignored)
        if reason is not None:
            self.left_out.add(LeftOut(path, reason))
        return reason is None


def _reason_to_leave_out(entry: os.DirEntry[str], path: str, ignored: frozenset[str]) -> str | None:
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_symlink():
        return "symbolic link"
    return "ignored by git" if path in ignored else None


def _git_ignored_folders(project_root: Path) -> frozenset[str]:
    """Return the folders git ignores as a whole; none where there is no git."""
    options = ("--others", "--ignored", "--exclude-standard", "--directory")
    try:
        listed = ask_git(project_root, "ls-files", *options, "-z")
    except GitError:
        return frozenset()
    names = listed.decode("utf-8", "surrogateescape").split("\0")
    return frozenset(name.rstrip("/") for name in names if name.endswith("/"))
