"""Writes a report to a file: the whole report, or nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path


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
    draft = target.with_name(f".linter-ext-{os.urandom(8).hex()}.tmp")
    try:
        with draft.open("xb") as stream:
            stream.writelines(chunks)
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    finally:
        with contextlib.suppress(OSError):  # It has become the target, or was never made.
            draft.unlink()


def _write_through(file: str, chunks: Iterable[bytes]) -> None:
    """Write without a buffer, which would keep whoever interrupts waiting for the reader."""
    with open(file, "wb", buffering=0) as stream:
        for chunk in chunks:
            rest = memoryview(chunk)
            while rest:
                rest = rest[stream.write(rest) :]
