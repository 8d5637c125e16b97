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
_INSIDE = re.compile(rf"[;:]{_BLANK}*(?:from|import)\b")
"""A statement that does not begin its line."""

_CONTINUED = re.compile(r"\b(?:from|import)\b[^\n]*\\\n")
"""A statement that does not end its line."""

_NAME = re.compile(r"\s*([\w.]+|\*)(?:\s+as\s+\w+)?\s*")
_LATER = re.compile(r"(?:async +)?def\b|if +(?:\w+\.)?TYPE_CHECKING *:")
_QUOTES = re.compile(r'"""|' + r"'''")
_NO_HEADERS = ("#", ")")
"""How lines begin that open no block and close none."""


class ImportLine(NamedTuple):
    """What may be an import statement.

    Attributes:
        module: the module as written, leading dots included; empty for `import a, b`.
        names:  the names taken from it, or the modules of `import a, b`.
    """

    module: str
    names: tuple[str, ...]


def find_import_lines(text: str) -> Sequence[ImportLine] | None:
    """Return every import that may run at import time; None if the lines do not tell."""
    if _INSIDE.search(text) or ("\\\n" in text and _CONTINUED.search(text)):
        return None
    found: list[ImportLine] = []
    for match in _STATEMENT.finditer(text):
        names = _names(text, match.end())
        if names is None or not match[0].isascii():
            return None
        if not (match[1] and _runs_later(text, match.start(), match[1])):
            found.append(ImportLine("".join((match[2] or "").split()), names))
    return found


def _names(text: str, start: int) -> tuple[str, ...] | None:
    """Return the names of a statement, from its word `import` on; None if they are not plain."""
    parts = [part for part in _rest(text, start).split(",") if part.strip()]
    matches = [_NAME.fullmatch(part) for part in parts]
    names = tuple(match[1] for match in matches if match is not None)
    is_plain = len(names) == len(parts) and all(map(str.isascii, names))
    return names if is_plain else None


def _rest(text: str, start: int) -> str:
    """Return the rest of a statement, without comments and parentheses."""
    lines = _lines_from(text, start)
    first = next(lines).partition("#")[0]
    if not first.lstrip().startswith("("):
        return first.partition(";")[0]
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
    """Return whether what stands on an indented line is inside a function, or for type checkers.

    The lines above that are ever less indented open the blocks that it stands in.
    """
    depth = len(indent)
    end = start - 1
    while end > 0 and depth > 0 and "\t" not in indent:
        above = text.rfind("\n", 0, end) + 1
        line = text[above:end]
        inner = line.lstrip(" ")
        if inner and len(line) - len(inner) < depth and not inner.startswith(_NO_HEADERS):
            if _LATER.match(inner):
                return _is_outside_strings(text, above, start)
            depth = len(line) - len(inner)
        end = above - 1
    return False


def _is_outside_strings(text: str, start: int, end: int) -> bool:
    """Return whether a line is no part of a string, if another line after it is none."""
    return len(_QUOTES.findall(text, start, end)) % 2 == 0
