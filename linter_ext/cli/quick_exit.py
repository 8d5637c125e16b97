"""Ends the process without taking apart what it holds, as mypy does: the system is faster at it."""

from __future__ import annotations

import atexit
import os
import sys
from typing import NoReturn


def quick_exit(end: SystemExit) -> NoReturn:
    """End the process as `sys.exit` has asked for. Exit handlers run, and output is flushed.

    Raises:
        SystemExit: the same, where Python has something to say at the end.
    """
    if not isinstance(end.code, int):
        raise end
    atexit._run_exitfuncs()  # noqa: SLF001 - those of coverage and of logging, among others
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # Python has none for what is closed.
                stream.flush()
    except (OSError, ValueError):
        raise end from None
    os._exit(end.code)
