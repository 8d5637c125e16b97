"""Table files written plainly, as most are: values and lines in one pass, without a TOML parser.

Plain is a text of `[[table]]` headings, `key = "text"` or `key = 2025-01-31` on one line each,
comments and blank lines. tomllib, slow to import and to run, says the same of it.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the top of the file, such as `("moves", 0, "old")`."""

_CONTROL = r"\x00-\x08\x0a-\x1f\x7f"
_LINE = re.compile(
    rf"""
    ^[ \t]*
    (?: ([A-Za-z0-9_-]+) [ \t]*=[ \t]*
        (?: " ( [^"\\{_CONTROL}]* (?: \\["\\bfnrt] [^"\\{_CONTROL}]* )* ) "
          | ' ( [^'{_CONTROL}]* ) '
          | ( [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} )
        )
      | \[\[ [ \t]* ([A-Za-z0-9_-]+) [ \t]* \]\]
    )?
    [ \t]* (?: \# [^{_CONTROL}]* )?$
    """,
    re.VERBOSE | re.MULTILINE,
)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {'"': '"', "\\": "\\", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Plain(NamedTuple):
    """What a plain text says.

    Attributes:
        values: as tomllib gives them.
        lines:  the line (1-based) of every key, list and table.
    """

    values: dict[str, object]
    lines: dict[KeyPath, int]


def read_plain(text: str) -> Plain | None:
    """Return what a text says if it is plain, in every respect as TOML has it; else None."""
    found: list[tuple[str, str, str, str, str]] = _LINE.findall(text)
    if len(found) <= text.count("\n"):
        return None  # Some line is not plain.
    tables: dict[str, list[dict[str, object]]] = {}
    lines: dict[KeyPath, int] = {}
    table: dict[str, object] | None = None
    name, position = "", 0
    try:
        for number, (key, quoted, literal, date, heading) in enumerate(found, 1):
            if key:
                if table is None or key in table:
                    return None  # An error, or a key of no list: tomllib says which.
                table[key] = datetime.date.fromisoformat(date) if date else quoted or literal
                if "\\" in quoted:
                    table[key] = _ESCAPE.sub(lambda escape: _ESCAPED[escape[1]], quoted)
                lines[name, position, key] = number
            elif heading:
                name, table = heading, {}
                listed = tables.setdefault(name, [])
                position = len(listed)
                listed.append(table)
                lines.setdefault((name,), number)
                lines[name, position] = number
    except ValueError:  # No date.
        return None
    return Plain(dict(tables), lines)
