"""Edits of a text: stretches of it, each with what is to stand there instead."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from linter_ext.source.facts import Span


class Edit(NamedTuple):
    """One stretch and its replacement.

    Attributes:
        start, end: offsets in the text, from 0; the end is exclusive.
        text:       what is to stand there.
    """

    start: int
    end: int
    text: str


class Offsets:
    """Leads from lines and columns to offsets.

    Args:
        text: the text, its lines ended by line feeds.
    """

    def __init__(self, text: str) -> None:
        lengths = (len(line) + 1 for line in text.split("\n"))
        self._starts = [0, *itertools.accumulate(lengths)]

    def of(self, line: int, column: int) -> int:
        """Return the offset of a character; lines and columns are counted from 1."""
        return self._starts[line - 1] + column - 1

    def start(self, span: Span) -> int:
        """Return where a span begins."""
        return self.of(span.line, span.column)

    def end(self, span: Span) -> int:
        """Return where a span ends."""
        return self.of(span.end_line, span.end_column)


def overlap(edits: Iterable[Edit]) -> bool:
    """Return whether some edits cannot all be made; insertions side by side can, equal ones too."""
    inside = 0
    for edit in sorted(set(edits), key=lambda item: (item.start, item.end)):
        if edit.start < inside:
            return True
        inside = edit.end
    return False


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made. They must not overlap; equal ones count once."""
    parts: list[str] = []
    place = 0
    for edit in sorted(set(edits), key=lambda item: (item.start, item.end)):
        parts += (text[place : edit.start], edit.text)
        place = edit.end
    return "".join((*parts, text[place:]))
