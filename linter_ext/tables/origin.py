"""Where a table entry was written."""

from __future__ import annotations

from typing import NamedTuple


class Origin(NamedTuple):
    """The place of an entry, for messages.

    Attributes:
        file: the table file, as the configuration names it; None for an option line.
        line: the line in that file (1-based); None where it is not known.
    """

    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        """Return `file:line`, `file` without a line, or nothing without a file."""
        if self.file is None:
            return ""
        return self.file if self.line is None else f"{self.file}:{self.line}"


NOWHERE = Origin()
"""The place of what no file holds."""


def placed(text: str, origin: Origin) -> str:
    """Return the text, followed by its place in brackets where there is one."""
    return f"{text} ({origin})" if origin.file is not None else text
