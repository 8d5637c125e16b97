"""Writes on standard output, whatever it can take and whoever stops reading it."""

from __future__ import annotations

import os
import sys

import click

from linter_ext.errors import LinterExtError

_UTF_8 = "utf-8"


class OutputError(LinterExtError):
    """Standard output takes no more, although somebody reads it: a disk is full."""


def write(text: str) -> None:
    """Write text for people, in the terminal's own encoding.

    What cannot be written in it, such as a file name that is no text, is escaped.

    Raises:
        OutputError: if it cannot be written.
    """
    encoding = sys.stdout.encoding or _UTF_8
    _echo(text.encode(encoding, "backslashreplace").decode(encoding))


def write_utf_8(text: str) -> None:
    """Write text for machines: UTF-8, wherever it goes.

    Raises:
        OutputError: if it cannot be written.
    """
    _echo(text.encode(_UTF_8, "backslashreplace"))


def _echo(text: str | bytes) -> None:
    try:
        click.echo(text, nl=False)
    except OSError as error:
        # Python would fail once more when it flushes at the end (library reference, "Note on
        # SIGPIPE").
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # Else the reader, as `head`, has seen enough.
            raise OutputError(f"the output cannot be written: {error.strerror}") from error
