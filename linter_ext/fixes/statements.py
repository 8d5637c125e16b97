"""The import statements of a file, with their place among the others: what edits need to know."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter_ext.fixes.edits import Offsets
from linter_ext.source.facts import Import
from linter_ext.source.file import SourceFile
from linter_ext.source.parser import inner_blocks

_BLANKS = " \t\f"


@dataclass(frozen=True, slots=True)
class Statement:
    """An import statement.

    Attributes:
        items:      what it imports, in the order of the text.
        run:        the number of the row of import statements it stands in; nothing else stands
                    between those, and they are all executed together.
        start, end: where it stands, as offsets in the text.
        indent:     the blanks before it; None if it does not have its lines to itself.
        comment:    the comment behind it, from its `#`; empty if there is none.
        inner:      whether there are comments inside of it.
    """

    items: tuple[Import, ...]
    run: int
    start: int
    end: int
    indent: str | None
    comment: str
    inner: bool

    @property
    def is_from(self) -> bool:
        """Whether it is `from … import …`."""
        return self.items[0].name is not None

    @property
    def is_bare(self) -> bool:
        """Whether it can be taken out without a trace: it has its lines to itself, no comment."""
        return self.indent is not None and not self.comment and not self.inner


def find_statements(file: SourceFile, offsets: Offsets) -> tuple[Statement, ...]:
    """Return the import statements of a file, in the order of the text.

    Raises:
        UnreadableError: if the text is not valid Python.
    """
    text = file.source.text
    by_place = {(item.span.line, item.span.column): item for item in file.imports}
    found: list[Statement] = []
    for number, nodes in enumerate(_runs(file.tree)):
        for node in nodes:
            span = file.source.span(node)
            items = tuple(_items(node, file, by_place))
            found.append(_statement(items, number, text, offsets.start(span), offsets.end(span)))
    return tuple(sorted(found, key=lambda item: item.start))


def _items(
    node: ast.Import | ast.ImportFrom, file: SourceFile, by_place: Mapping[tuple[int, int], Import]
) -> Iterator[Import]:
    for alias in node.names:
        span = file.source.span(alias)
        yield by_place[span.line, span.column]


def _runs(tree: ast.Module) -> Iterator[list[ast.Import | ast.ImportFrom]]:
    """Yield the rows of import statements."""
    blocks: list[Sequence[ast.stmt]] = [tree.body]
    for block in blocks:  # Grows while it is walked.
        run: list[ast.Import | ast.ImportFrom] = []
        for statement in block:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                run.append(statement)
                continue
            if run:
                yield run
                run = []
            blocks += inner_blocks(statement)
        if run:
            yield run


def _statement(items: tuple[Import, ...], run: int, text: str, start: int, end: int) -> Statement:
    line = text.rfind("\n", 0, start) + 1
    following = text.find("\n", end)
    rest = text[end : following if following >= 0 else len(text)].strip(_BLANKS)
    is_alone = not text[line:start].strip(_BLANKS) and (not rest or rest.startswith("#"))
    return Statement(
        items=items,
        run=run,
        start=start,
        end=end,
        indent=text[line:start] if is_alone else None,
        comment=rest if rest.startswith("#") else "",
        inner="#" in text[start:end],
    )
