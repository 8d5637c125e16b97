"""The statements that stand on some lines of a file, found without a look at all others."""

from __future__ import annotations

import ast
import bisect
from collections.abc import Iterable, Iterator, Sequence

from linter_ext.source.parser import inner_blocks, is_own_scope


def lines_with(words: Iterable[str], text: str) -> Sequence[int]:
    """Return the lines (1-based) that hold one of the words, in order."""
    return lines_of(sorted({place for word in words for place in _places(word, text)}), text)


def lines_of(places: Iterable[int], text: str) -> Sequence[int]:
    """Return the lines (1-based) of places in a text, which are in order."""
    found: list[int] = []
    line, start = 1, 0
    for place in places:
        line += text.count("\n", start, place)
        start = place
        found.append(line)
    return found


def statements_on(
    lines: Sequence[int], body: Iterable[ast.stmt]
) -> Iterator[tuple[ast.stmt, bool]]:
    """Yield the statements, inner ones too, that some of the lines belong to.

    Each comes with whether it stands in a function or class. They are in no particular order.
    """
    stack = [(statement, False) for statement in body]
    while stack:
        statement, is_inside = stack.pop()
        if stands_on(lines, statement):
            yield statement, is_inside
            is_inside = is_inside or is_own_scope(statement)
            for block in inner_blocks(statement):
                stack += [(item, is_inside) for item in block]


def stands_on(lines: Sequence[int], statement: ast.stmt) -> bool:
    """Return whether some of the lines belong to a statement."""
    following = bisect.bisect_left(lines, _first_line(statement))
    return following < len(lines) and lines[following] <= (statement.end_lineno or 0)


def _places(word: str, text: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(item.lineno for item in decorators)])
