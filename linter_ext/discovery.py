"""Which files a project's roots hold, and what was left out and why."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from linter_ext.source.tree import SUFFIXES, Root

_NEVER_CODE = frozenset({"__pycache__", "node_modules"})
_ENVIRONMENT_MARKS = ("pyvenv.cfg", "conda-meta")


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """A folder that was not looked into. The path is relative to the project root."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The source files of a project, and the folders left out; both sorted."""

    files: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def list_sources(project_root: Path, roots: tuple[Root, ...]) -> Listing:
    """Return every `.py` and `.pyi` file under the roots.

    Hidden, git-ignored and virtual-environment folders are left out, and so are folders behind
    symbolic links, as flake8 and git do it: a link cannot make the walk go round in circles.
    """
    ignored = _git_ignored_folders(project_root)
    files: set[str] = set()
    left_out: set[LeftOut] = set()
    for root in roots:
        if root.is_file:
            files.add(root.path)
            continue
        for found in _walk(project_root, root.path, ignored):
            if isinstance(found, LeftOut):
                left_out.add(found)
            else:
                files.add(found)
    return Listing(tuple(sorted(files)), tuple(sorted(left_out)))


def _walk(project_root: Path, top: str, ignored: frozenset[str]) -> Iterator[str | LeftOut]:
    stack = [top]
    while stack:
        folder = stack.pop()
        try:
            entries = list(os.scandir(project_root / folder))
        except OSError as error:
            yield LeftOut(folder, f"cannot be listed: {error.strerror}")
            continue
        for entry in entries:
            path = entry.name if folder == "." else f"{folder}/{entry.name}"
            if _is_folder(entry):
                reason = _reason_to_leave_out(entry, path, ignored)
                if reason is None:
                    stack.append(path)
                elif entry.name not in _NEVER_CODE:
                    yield LeftOut(path, reason)
            elif entry.name.endswith(SUFFIXES):
                yield path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # A link that leads nowhere; reading it says so.


def _reason_to_leave_out(entry: os.DirEntry[str], path: str, ignored: frozenset[str]) -> str | None:
    if entry.name in _NEVER_CODE:
        return "never source code"
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_symlink():
        return "symbolic link"
    if path in ignored:
        return "ignored by git"
    if any(os.path.exists(os.path.join(entry.path, mark)) for mark in _ENVIRONMENT_MARKS):
        return "virtual environment"
    return None


def _git_ignored_folders(project_root: Path) -> frozenset[str]:
    """Return the folders git ignores as a whole; none where there is no git."""
    command = ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "--directory"]
    try:
        done = subprocess.run(
            [*command, "-z"], cwd=project_root, capture_output=True, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    names = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    return frozenset(name.rstrip("/") for name in names if name.endswith("/"))
