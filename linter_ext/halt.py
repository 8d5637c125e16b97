"""What stops a test file although it breaks no rule."""

from __future__ import annotations

from enum import Enum


class Halt(Enum):
    """A reason why pytest cannot collect a file that no violation tells."""

    RAISES = "a module raises an exception"
    NAME_TAKEN = "another file has the module name"
