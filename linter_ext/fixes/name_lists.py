"""The names in a `from … import …`, in the layout they have: read, and written with others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

_INDENT = "    "
_WIDTH = 88
"""Where a line grows beyond it, its names get a line each: Black's and ruff's default."""


class Entry(NamedTuple):
    """A name in the list.

    Attributes:
        text:    the name, with its alias.
        above:   the comments on the lines before it.
        comment: the comment behind it; empty if there is none.
    """

    text: str
    above: tuple[str, ...] = ()
    comment: str = ""

    @property
    def has_comments(self) -> bool:
        """Whether comments belong to it."""
        return bool(self.above or self.comment)


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of names.

    Attributes:
        entries:  the names.
        opening:  the comment behind the opening parenthesis.
        closing:  the comments before the closing one.
        indent:   the blanks before a name, if each has a line to itself; None otherwise.
        outer:    the blanks before the statement.
        in_parentheses: whether there are any.
        comma:    whether one follows the last name.
        width:    the length of the longest line, if the names fill several; 0 otherwise.
        hanging:  the blanks before the second of these lines.
    """

    entries: tuple[Entry, ...]
    opening: str
    closing: tuple[str, ...]
    indent: str | None
    outer: str
    in_parentheses: bool
    comma: bool
    width: int
    hanging: str

    @property
    def can_change(self) -> bool:
        """Whether names can come and go without taking comments along that are others'."""
        has_comments = self.opening or self.closing or any(e.has_comments for e in self.entries)
        return self.indent is not None or not has_comments

    def without(self, numbers: Sequence[int]) -> NameList:
        """Return the list without some of its names."""
        kept = (entry for at, entry in enumerate(self.entries) if at not in numbers)
        return replace(self, entries=tuple(kept))

    def renamed(self, texts: Mapping[int, str]) -> NameList:
        """Return the list with some names written otherwise, by their numbers."""
        entries = (
            entry._replace(text=texts.get(at, entry.text)) for at, entry in enumerate(self.entries)
        )
        return replace(self, entries=tuple(entries))

    def including(self, added: Sequence[Entry]) -> NameList:
        """Return the list with more names, in their place if it is in alphabetical order."""
        entries = list(self.entries)
        order = _order_of([entry.text for entry in entries])
        for entry in added:
            if any(entry.text == other.text for other in entries):
                continue
            place = len(entries)
            if order is not None:
                later = (
                    at for at, other in enumerate(entries) if order(other.text) > order(entry.text)
                )
                place = next(later, place)
            entries.insert(place, entry)
        return replace(self, entries=tuple(entries))

    def write(self, before: int) -> str:
        """Return the list as it stands after `import `.

        Args:
            before: how many characters stand before it on its line.
        """
        if self.indent is not None:
            return self._lines(self.indent)
        text = ", ".join(entry.text for entry in self.entries) + "," * self.comma
        if self.width and before + len(text) > self.width:
            return self._filled(before)
        if not self.width and before + len(text) > _WIDTH and len(self.entries) > 1:
            return replace(self, comma=True, indent=f"{self.outer}{_INDENT}").write(before)
        return f"({text})" if self.in_parentheses else text

    def _lines(self, indent: str) -> str:
        lines = [f"({_behind(self.opening)}"]
        for number, entry in enumerate(self.entries, start=1):
            comma = "," * (self.comma or number < len(self.entries))
            lines += (f"{indent}{comment}" for comment in entry.above)
            lines.append(f"{indent}{entry.text}{comma}{_behind(entry.comment)}")
        lines += (f"{indent}{comment}" for comment in self.closing)
        return "\n".join([*lines, f"{self.outer})"])

    def _filled(self, before: int) -> str:
        line, lines = "(", list[str]()
        for number, entry in enumerate(self.entries, start=1):
            comma = "," * (self.comma or number < len(self.entries))
            blank = " " if line.endswith(",") else ""
            longer = f"{line}{blank}{entry.text}{comma}"
            if blank and len(longer) + (0 if lines else before) > self.width:
                lines.append(line)
                longer = f"{self.hanging}{entry.text}{comma}"
            line = longer
        return "\n".join([*lines, f"{line})"])


def read_names(text: str, start: int, end: int, spots: Sequence[tuple[int, int]]) -> NameList:
    """Return the list of names in a statement.

    Args:
        text:  the file's text.
        start: where the statement begins.
        end:   where it ends.
        spots: where each name stands, with its alias: offsets, in their order.
    """
    line = text.rfind("\n", 0, start) + 1
    outer = text[line:start] if not text[line:start].strip() else ""
    opening = text[text.rindex("import", start, spots[0][0]) + len("import") : spots[0][0]]
    gaps = [text[spots[at][1] : spots[at + 1][0]] for at in range(len(spots) - 1)]
    gaps.append(text[spots[-1][1] : end])
    first, *above = _comments(opening)
    entries: list[Entry] = []
    for (begin, stop), gap in zip(spots, gaps, strict=True):
        behind, *following = _comments(gap)
        entries.append(Entry(" ".join(text[begin:stop].split()), tuple(above), behind))
        above = following
    firsts = [opening, *gaps[:-1]]
    is_one_a_line = all("\n" in gap for gap in firsts) and "(" in opening and "\n" in gaps[-1]
    lines = text[line:end].split("\n")
    begin = text.rfind("\n", 0, spots[-1][0]) + 1
    return NameList(
        entries=tuple(entries),
        opening=first,
        closing=tuple(above),
        indent=text[begin : spots[-1][0]] if is_one_a_line else None,
        outer=outer,
        in_parentheses="(" in opening,
        comma="," in _COMMENT.sub("", gaps[-1]),
        width=0 if len(lines) == 1 else max(map(len, lines)),
        hanging="" if len(lines) == 1 else _blanks(lines[1]),
    )


_COMMENT = re.compile(r"#[^\n]*")


def _comments(gap: str) -> list[str]:
    """Return the comment on the gap's first line, or nothing, then those on further lines."""
    first, *further = gap.split("\n")
    found = [item[0].rstrip() for line in further if (item := _COMMENT.search(line)) is not None]
    behind = _COMMENT.search(first)
    return [behind[0].rstrip() if behind is not None else "", *found]


def _behind(comment: str) -> str:
    return f"  {comment}" if comment else ""


def _blanks(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _plain(text: str) -> tuple[str, ...]:
    return (text,)


def _caseless(text: str) -> tuple[str, ...]:
    return (text.lower(), text)


def _by_kind(text: str) -> tuple[str, ...]:
    """Order constants, then classes, then all other names, as isort and ruff do."""
    name = text.partition(" ")[0]
    if name.isupper() and len(name) > 1:
        return ("0", name, text)
    return ("1" if name[:1].isupper() else "2", name.lower(), text)


def _order_of(texts: Sequence[str]) -> Callable[[str], tuple[str, ...]] | None:
    """Return the order that a list is in; None if it is in none."""
    for key in (_by_kind, _caseless, _plain):
        keys = [key(text) for text in texts]
        if keys == sorted(keys):
            return key
    return None
