"""One statement at a file's margin, parsed without the rest of its file."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from linter_ext.source.circumstances import Circumstance, find_circumstances
from linter_ext.source.facts import Import
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.text import SourceText, UnreadableError

_NEXT = re.compile(r"\n(?=[^\s#)\]}])(?!(?:elif|else|except|finally)\b)")
"""Where a statement at the margin begins; those that go on with another do not count."""


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
