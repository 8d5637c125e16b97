"""Statements at a file's margin, parsed without the rest of their file."""

from __future__ import annotations

import ast
import bisect
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from linter_ext.source.blanked import blank, opened
from linter_ext.source.circumstances import Circumstance, find_circumstances
from linter_ext.source.facts import Import
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.text import SourceText, UnreadableError

_BEGINNING = r"(?=[^\s#)\]}])(?!(?:elif|else|except|finally)\b)"
"""What a statement at the margin begins with; what goes on with another does not count."""

_NEXT = re.compile(rf"\n{_BEGINNING}")

_STATEMENT = re.compile(rf"^{_BEGINNING}", re.MULTILINE)
_CONTINUED = re.compile(r"\\\n(?=\S)")
"""Where a statement goes on at the margin of the next line."""


class Excerpt(NamedTuple):
    """What one statement at the margin tells.

    Attributes:
        imports:       its imports, in the order of the text, as the parser finds them.
        circumstances: how those of them stand that do not simply run, if the statement does.
    """

    imports: Sequence[Import]
    circumstances: Mapping[Import, Circumstance]


def read_excerpt(source: SourceText, start: int, inside: int) -> Excerpt | None:
    """Return what a compound statement tells; None if its lines do not show where it ends.

    Args:
        source: the file's text, which is taken for valid Python.
        start:  where the statement begins, from 0.
        inside: a place within it.
    """
    following = _NEXT.search(source.text, inside)
    end = len(source.text) if following is None else following.start() + 1
    lines_before = "\n" * source.text.count("\n", 0, start)
    try:
        tree = parse(lines_before + source.text[start:end])
    except UnreadableError:
        return None
    if len(tree.body) != 1 or isinstance(tree.body[0], (ast.Import, ast.ImportFrom)):
        return None
    imports = find_imports(tree, source)
    return Excerpt(imports, find_circumstances(tree, imports))


def parse_around(places: Iterable[int], text: str) -> ast.Module:
    """Return a syntax tree that has the statements at the margin around some places, at least.

    Args:
        places: from 0.
        text:   what the file says.

    Raises:
        UnreadableError: if it is not valid Python, as far as it has to be parsed.
    """
    code = blank(text)
    lines = [found.start() for found in _STATEMENT.finditer(code)]
    starts = lines[:1] + [line for before, line in pairwise(lines) if code[before] != "@"]
    kept = {bisect.bisect_right(starts, place) - 1 for place in places}
    if not starts or _CONTINUED.search(code):
        return parse(text)
    if any(opened(code, 0, starts[number]) for number in kept):
        return parse(text)
    ends = [*starts[1:], len(text)]
    parts = [
        text[start:end] if number in kept else "\n" * text.count("\n", start, end)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    try:
        return parse("\n" * text.count("\n", 0, starts[0]) + "".join(parts))
    except UnreadableError:
        return parse(text)
