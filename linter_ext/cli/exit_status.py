"""How the command ends."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit statuses of `linter-ext`."""

    CLEAN = 0
    VIOLATIONS = 1
    USAGE = 2
    """The command line or the configuration cannot be used, or the report cannot be written."""
    INTERRUPTED = 130
    """The user pressed Ctrl-C: 128 and the number of the signal, as shells have it."""
