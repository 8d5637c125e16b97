"""What a file may import while it is imported, told from its lines alone, without parsing.

Everything is found that the syntax tree would tell of, and more: imports in strings, and some
that run later. Only what stands in a function, or under `TYPE_CHECKING`, by the look of its
lines is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BLANK = r"[ \t\f]"
_STATEMENT = re.compile(
    rf"^({_BLANK}*)(?:from\b{_BLANK}*([.\w \t\f]*?){_BLANK}*\bimport\b|import\b)", re.MULTILINE
)
_HIDDEN = re.compile(rf"[;:]{_BLANK}*(?:from|import)\b|\b(?:from|import)\b[^\n]*\\\n")
"""A statement that does not begin its line, or does not end it."""

_NAME = re.compile(r"\s*([\w.]+|\*)(?:\s+as\s+\w+)?\s*")
_FUNCTION = re.compile(r"^( *)(?:async +)?def\b", re.MULTILINE)
_HEADER = re.compile(r"^( *)([^\s#)][^\n]*)$", re.MULTILINE)
_TYPE_CHECKING = re.compile(r"if +(?:\w+\.)?TYPE_CHECKING *:")
_QUOTES = re.compile(r'"""|' + r"'''")


class Line(NamedTuple):
    """What may be an import statement.

    Attributes:
        module: the module as written, leading dots included; empty for `import a, b`.
        names:  the names taken from it, or the modules of `import a, b`.
    """

    module: str
    names: tuple[str, ...]


def find_import_lines(text: str) -> Sequence[Line] | None:
    """Return every import that may run at import time; None if the lines do not tell."""
    if _HIDDEN.search(text):
        return None
    found: list[Line] = []
    for match in _STATEMENT.finditer(text):
        names = _names(text, match.end())
        if names is None or not match[0].isascii():
            return None
        if not (match[1] and _runs_later(text, match.start(), match[1])):
            found.append(Line("".join((match[2] or "").split()), names))
    return found


def _names(text: str, start: int) -> tuple[str, ...] | None:
    """Return the names of a statement, from its word `import` on; none if it cannot be one."""
    written = _rest(text, start)
    parts = [part for part in written.split(",") if part.strip()]
    matches = [_NAME.fullmatch(part) for part in parts]
    if None in matches:
        return () if written.isascii() and "\\" not in written else None
    return tuple(match[1] for match in matches if match is not None)


def _rest(text: str, start: int) -> str:
    """Return the rest of a statement, without comments and parentheses."""
    lines = _lines_from(text, start)
    first = next(lines).partition("#")[0]
    if not first.lstrip().startswith("("):
        return first
    parts = [first.replace("(", "", 1)]
    while ")" not in parts[-1]:
        line = next(lines, None)
        if line is None:
            break
        parts.append(line.partition("#")[0])
    return " ".join([*parts[:-1], parts[-1].partition(")")[0]])


def _lines_from(text: str, start: int) -> Iterator[str]:
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _runs_later(text: str, start: int, indent: str) -> bool:
    """Return whether what stands on an indented line is inside a function, or for type checkers."""
    return "\t" not in indent and (
        _is_typing(text, start, len(indent)) or _is_in_function(text, start, len(indent))
    )


def _is_in_function(text: str, start: int, depth: int) -> bool:
    """Return whether some `def` above is less indented than all that follows it."""
    headers = [(match.start(), len(match[1])) for match in _FUNCTION.finditer(text, 0, start)]
    for place, indent in reversed(headers):
        if indent < depth:
            after = text.find("\n", place, start)
            if after >= 0 and not _leaves(text, after + 1, start, indent):
                return _is_outside_strings(text, place, start)
            depth = indent
    return False


def _is_typing(text: str, start: int, depth: int) -> bool:
    """Return whether the nearest line above that is less indented is `if TYPE_CHECKING:`."""
    if "TYPE_CHECKING" not in text:
        return False
    above = [match for match in _HEADER.finditer(text, 0, start) if len(match[1]) < depth]
    if not above or not _TYPE_CHECKING.match(above[-1][2]):
        return False
    return _is_outside_strings(text, above[-1].start(), start)


def _leaves(text: str, start: int, end: int, indent: int) -> bool:
    """Return whether a line is indented no more than that, but for what ends a signature."""
    return (
        re.compile(rf"^ {{0,{indent}}}[^\s#)]", re.MULTILINE).search(text, start, end) is not None
    )


def _is_outside_strings(text: str, start: int, end: int) -> bool:
    """Return whether a line that begins what follows is itself no part of a string."""
    return len(_QUOTES.findall(text, start, end)) % 2 == 0
