"""The import lines of a Python code block, and the comments that speak of them."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedImport:
    """One name of a `from … import …` statement.

    Attributes:
        name:     the name in its module; an alias does not count.
        module:   the module, with leading dots if it is relative.
        line:     the line of the name in the block (1-based).
        comments: the comments that speak of it, nearest first.
    """

    name: str
    module: str
    line: int
    comments: tuple[str, ...]


def listed_imports(source: str) -> list[ListedImport]:
    """Return the names the block imports from modules, in order, star imports left out.

    `from __future__` is left out too: it is an instruction to the compiler. Raises SyntaxError
    if the block is not Python.
    """
    tree, comments = _read(source)
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    statements.sort(key=lambda node: (node.lineno, node.col_offset))
    inside = {line for node in statements for line in _lines_below(node)}
    lines = list(enumerate(source.split("\n"), start=1))
    above = _comments_above([line for line in lines if line[0] not in inside], comments)
    return [
        listed
        for statement in statements
        if statement.module != "__future__"
        for listed in _names(statement, lines, comments, above)
    ]


def _read(source: str) -> tuple[ast.Module, dict[int, str]]:
    """Return the syntax tree and the comments by line; raise SyntaxError for every failure."""
    try:
        # An invalid escape sequence in an example is not our business.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
        tokens = tokenize.generate_tokens(io.StringIO(source).readline)
        return tree, {
            token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT
        }
    except (ValueError, RecursionError, MemoryError, tokenize.TokenError) as error:
        # A parser out of memory says nothing at all.
        raise SyntaxError(str(error) or "it is nested too deeply") from error


def _names(
    statement: ast.ImportFrom,
    lines: list[tuple[int, str]],
    comments: Mapping[int, str],
    above: Mapping[int, str],
) -> Iterator[ListedImport]:
    """Yield the names of one statement, each with its comments."""
    first, last = statement.lineno, statement.end_lineno or statement.lineno
    # A comment among the names of a long statement speaks of the names below it only.
    among = _comments_above(lines[first:last], comments)
    for alias in statement.names:
        if alias.name != "*":
            places = [(comments, line) for line in dict.fromkeys((alias.lineno, first, last))]
            places += [(among, alias.lineno), (above, first)]
            yield ListedImport(
                name=alias.name,
                module="." * statement.level + (statement.module or ""),
                line=alias.lineno,
                comments=tuple(found[line] for found, line in places if line in found),
            )


def _lines_below(statement: ast.ImportFrom) -> range:
    """Return the lines of a statement after its first."""
    return range(statement.lineno + 1, (statement.end_lineno or statement.lineno) + 1)


def _comments_above(
    lines: Iterable[tuple[int, str]], comments: Mapping[int, str]
) -> dict[int, str]:
    """Return for each line the comment-only lines above it that speak of it.

    They do until the next blank line or the next comment; lines that follow each other are one
    comment.
    """
    found = {}
    above = ""
    continues = False
    for number, line in lines:
        is_comment = line.lstrip().startswith("#") and number in comments
        if is_comment:
            above = f"{above} {_words(line)}" if continues else _words(line)
        elif not line.strip():
            above = ""
        elif above:
            found[number] = above
        continues = is_comment
    return found


def _words(comment: str) -> str:
    return comment.strip().lstrip("#").strip()
