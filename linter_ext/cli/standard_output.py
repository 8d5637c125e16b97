"""Writes on standard output, whatever it can take and whoever stops reading it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

import click

from linter_ext.errors import LinterExtError

_UTF_8 = "utf-8"
_BLOCK = 1 << 16


class OutputError(LinterExtError):
    """Standard output takes no more, although somebody reads it: a disk is full."""


def takes_colour() -> bool:
    """Return whether text for people is to be coloured, as terminals and `NO_COLOR` have it.

    `NO_COLOR` and `FORCE_COLOR` count if they are not empty, in this order.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def write(text: str) -> None:
    """Write text for people, in the terminal's own encoding.

    What cannot be written in it, such as a file name that is no text, is escaped.

    Raises:
        OutputError: if it cannot be written.
    """
    encoding = getattr(sys.stdout, "encoding", None) or _UTF_8  # It may be closed: None.
    _echo(text.encode(encoding, "backslashreplace").decode(encoding))


def write_utf_8(pieces: Iterable[str]) -> None:
    """Write text for machines: UTF-8, wherever it goes.

    Raises:
        OutputError: if it cannot be written.
    """
    for block in in_utf_8(pieces):
        _echo(block)


def in_utf_8(pieces: Iterable[str]) -> Iterator[bytes]:
    """Yield text for machines in blocks; what is no text, as in a file name, is escaped."""
    block: list[str] = []
    length = 0
    for piece in pieces:
        block.append(piece)
        length += len(piece)
        if length >= _BLOCK:
            yield _encoded(block)
            block, length = [], 0
    yield _encoded(block)


def _encoded(pieces: Iterable[str]) -> bytes:
    return "".join(pieces).encode(_UTF_8, "backslashreplace")


def _echo(text: str | bytes) -> None:
    try:
        click.echo(text, nl=False, color=takes_colour())
    except OSError as error:
        # Python would fail once more when it flushes at the end (library reference, "Note on
        # SIGPIPE").
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # Else the reader, as `head`, has seen enough.
            raise OutputError(f"the output cannot be written: {error.strerror}") from error
