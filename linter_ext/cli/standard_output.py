"""Writes on standard output, whatever it can take and whoever stops reading it."""

from __future__ import annotations

import os
import sys

import click

_UTF_8 = "utf-8"


def write(text: str) -> None:
    """Write text for people, in the terminal's own encoding.

    What cannot be written in it, such as a file name that is no text, is escaped.
    """
    encoding = sys.stdout.encoding or _UTF_8
    _echo(text.encode(encoding, "backslashreplace").decode(encoding))


def write_utf_8(text: str) -> None:
    """Write text for machines: UTF-8, wherever it goes."""
    _echo(text.encode(_UTF_8, "backslashreplace"))


def _echo(text: str | bytes) -> None:
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Python would complain once more when it
        # flushes at the end (library reference, "Note on SIGPIPE").
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
