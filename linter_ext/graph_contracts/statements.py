"""The imports that begin on a line, without parsing the whole file."""

from __future__ import annotations

from collections.abc import Sequence

from linter_ext.source.facts import Import, Span
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.text import SourceText, UnreadableError

_BLOCK = "if 1:\n"


def imports_on(lines: Sequence[str], number: int) -> tuple[Import, ...] | None:
    """Return the imports of the statements that begin on a line; None if it does not tell.

    Args:
        lines:  the lines of a file.
        number: the line (1-based), on which an import statement is known to begin.
    """
    if not 0 < number <= len(lines):
        return None
    snippet = _snippet(lines, number)
    is_inside = snippet[:1].isspace()
    text = f"{_BLOCK}{snippet}" if is_inside else snippet
    try:
        found = find_imports(parse(text), SourceText(text))
    except UnreadableError:
        return None
    offset = number - 1 - is_inside
    return tuple(_moved(item, offset) for item in found)


def _snippet(lines: Sequence[str], number: int) -> str:
    """Return the lines from one on until each parenthesis is closed."""
    open_parentheses = 0
    for end in range(number - 1, len(lines)):
        line = lines[end]
        code = line.partition("#")[0]
        open_parentheses += code.count("(") - code.count(")")
        if open_parentheses <= 0 and not line.endswith("\\"):
            return "\n".join(lines[number - 1 : end + 1])
    return lines[number - 1]


def _moved(item: Import, offset: int) -> Import:
    return item._replace(
        span=_down(item.span, offset),
        module_span=_down(item.module_span, offset),
        line=item.line + offset,
    )


def _down(span: Span, offset: int) -> Span:
    return span._replace(line=span.line + offset, end_line=span.end_line + offset)
