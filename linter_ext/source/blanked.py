"""A file's text without what stands in strings and comments; all positions stay as they are."""

from __future__ import annotations

import functools
import re

STRINGS = (
    r"#[^\n]*"
    r'|"""[^"\\]*(?:(?:\\(?:.|\Z)|"(?!""))[^"\\]*)*(?:"""|\Z)'
    r"|'''[^'\\]*(?:(?:\\(?:.|\Z)|'(?!''))[^'\\]*)*(?:'''|\Z)"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
)
"""The pattern of a comment or a string; `.` must match line ends.

A text may end within a string on several lines, as the beginning of a file does.
"""

_BRACKETS = ("([{", ")]}")


def opened(code: str, start: int, end: int) -> int:
    """Return how many more brackets are opened than closed between two places of blanked text."""
    before, after = (sum(code.count(mark, start, end) for mark in marks) for marks in _BRACKETS)
    return before - after


def blank(text: str) -> str:
    """Return a text with blanks in place of comments, and of strings after the first quote."""
    return _strings().sub(_blanks, text)


@functools.cache
def _strings() -> re.Pattern[str]:
    return re.compile(STRINGS, re.DOTALL)


def _blanks(match: re.Match[str]) -> str:
    found = match[0]
    if "\n" in found:
        return found[0] + "\n".join(" " * len(line) for line in found[1:].split("\n"))
    return (" " if found[0] == "#" else found[0]) + " " * (len(found) - 1)
