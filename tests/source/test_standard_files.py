"""What is read from the standard library's files agrees with Python's own tools."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter_ext.source.parser import parse
from linter_ext.source.text import decode
from tests.source.reading import cut, expressions_of, imports_of
from tests.source.scopes_by_symtable import roots_by_symtable
from tests.source.standard_files import sample

SAMPLE = sample()
each_file = pytest.mark.parametrize("path", SAMPLE.values(), ids=SAMPLE)


def text_of(path: Path) -> str:
    return decode(path.read_bytes())


def squeezed(text: str) -> str:
    """Return a text without blanks, line ends and backslashes."""
    return "".join(text.replace("\\", "").split())


def walked_imports(text: str) -> Iterator[tuple[int, int, str, str | None, int]]:
    """Yield line, column, module, name and level of each import, in no particular order."""
    lines = [line.encode() for line in text.split("\n")]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                before = lines[alias.lineno - 1][: alias.col_offset].decode()
                place = (alias.lineno, len(before) + 1)
                if isinstance(node, ast.Import):
                    yield (*place, alias.name, None, 0)
                else:
                    yield (*place, node.module or "", alias.name, node.level)


def test_the_sample_is_large_enough() -> None:
    assert len(SAMPLE) >= 100


@each_file
def test_the_text_is_what_the_tokenizer_reads(path: Path) -> None:
    with tokenize.open(path) as stream:
        assert text_of(path) == stream.read()


@each_file
def test_the_imports_are_those_of_the_tree(path: Path) -> None:
    text = text_of(path)
    found = imports_of(text)

    assert [
        (item.span.line, item.span.column, item.module, item.name, item.level) for item in found
    ] == sorted(walked_imports(text), key=lambda item: item[:2])
    for item in found:
        assert squeezed(cut(text, item.module_span)) == item.written_module
        assert squeezed(cut(text, item.span)).startswith(item.name or item.module)


@each_file
def test_the_uses_stand_where_they_say(path: Path) -> None:
    text = text_of(path)

    for use in expressions_of(text).uses:
        assert len(use.spans) == len(use.attributes)
        names = [use.imports[0].local_name, *use.attributes]
        for end, span in enumerate(use.spans, start=2):
            assert squeezed(cut(text, span)).strip("()") == ".".join(names[:end])


@each_file
def test_names_are_looked_up_as_the_compiler_does(path: Path) -> None:
    text = text_of(path)
    found = {(use.spans[0].line, use.spans[0].column) for use in expressions_of(text).uses}

    for root in roots_by_symtable(text, parse(text)):
        assert (root.place in found) is root.is_imported, root
