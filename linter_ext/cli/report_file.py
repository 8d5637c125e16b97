"""Writes a report to a file: the whole report, or nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where an open file cannot be removed, locked or not.
    fcntl = None  # type: ignore[assignment]

_DRAFT = ".linter-ext-"
_SUFFIX = ".tmp"


def write_whole(file: str, chunks: Iterable[bytes]) -> None:
    """Put a file in the place of the one that may be there, at once.

    Whoever reads the file meanwhile, and whoever finds it after an interrupt, has the former
    one. What is no ordinary file, as a pipe is none, is written to as it stands.

    Args:
        file:   the path, from the working directory.
        chunks: what is to be in it.

    Raises:
        OSError: if it cannot be written; then nothing has changed.
    """
    target = Path(os.path.realpath(file))
    if os.path.exists(file) and not (target.is_file() and os.access(target.parent, os.W_OK)):
        _write_through(file, chunks)
        return
    draft = target.with_name(f"{_DRAFT}{os.urandom(8).hex()}{_SUFFIX}")
    try:
        with draft.open("xb") as stream:
            _lock(stream.fileno())
            stream.writelines(chunks)
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    finally:
        with contextlib.suppress(OSError):  # It has become the target, or was never made.
            draft.unlink()


def remove_drafts(folders: Iterable[str]) -> None:
    """Remove the drafts that interrupted runs have left behind; those of running ones stay."""
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(_DRAFT) and entry.name.endswith(_SUFFIX):
                    _remove_if_left(entry.path)


def _remove_if_left(draft: str) -> None:
    """Remove a draft that nobody is writing."""
    with contextlib.suppress(OSError), open(draft, "rb") as stream:
        _lock(stream.fileno())
        os.unlink(draft)


def _lock(descriptor: int) -> None:
    """Take a file for this process, as long as it is open.

    Raises:
        OSError: if another process has it.
    """
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write_through(file: str, chunks: Iterable[bytes]) -> None:
    """Write without a buffer, which would keep whoever interrupts waiting for the reader."""
    with open(file, "wb", buffering=0) as stream:
        for chunk in chunks:
            rest = memoryview(chunk)
            while rest:
                rest = rest[stream.write(rest) :]
