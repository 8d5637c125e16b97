"""Statements at a file's margin, parsed without the rest of their file."""

from __future__ import annotations

import ast
import random

import pytest

from linter_ext.source.circumstances import find_circumstances
from linter_ext.source.excerpts import parse_around, read_excerpt
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.text import SourceText, UnreadableError, decode
from tests.source.standard_files import sample

MARK = "HERE"


def lines_of(tree: ast.Module) -> list[tuple[int, str]]:
    """Return each statement of a module with its line."""
    return [(item.lineno, ast.unparse(item)) for item in tree.body]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("HERE", [(1, "HERE")], id="all there is"),
        pytest.param("a\nHERE\nb", [(2, "HERE")], id="one of several"),
        pytest.param("a\n\n\nif b:\n  c\nelse:\n  HERE\nd", [(4, "if")], id="an inner one"),
        pytest.param(
            "try:\n  HERE\nexcept E: 0\nfinally: 0\na", [(1, "try")], id="its other parts"
        ),
        pytest.param("a\n@b(\n  HERE\n)\n@c\ndef d():\n  0\ne", [(6, "@b")], id="a decorator"),
        pytest.param("a\n@b\nclass C:\n\n  d = HERE\n\n# e\n  f = 1", [(3, "@b")], id="decorated"),
        pytest.param("'''\na\n'''\nb\n'''\nHERE\n'''\n", [(5, "'")], id="a text"),
        pytest.param("a(\n  b,\n)\nc(\n  HERE\n)", [(4, "c(HERE)")], id="brackets"),
        pytest.param("HERE; b\nc", [(1, "HERE"), (1, "b")], id="two on a line"),
    ],
)
def test_statements_around_a_place(text: str, found: list[tuple[int, str]]) -> None:
    tree = parse_around([text.index(MARK)], text)
    told = lines_of(tree)
    assert [line for line, _ in told] == [line for line, _ in found]
    assert all(one.startswith(other) for (_, one), (_, other) in zip(told, found, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a\nb(\nHERE\n)", id="brackets that go on at the margin"),
        pytest.param("a\nb = c \\\n(HERE)", id="a line that goes on at the margin"),
        pytest.param("  # a\n", id="nothing at the margin"),
    ],
)
def test_all_is_parsed_where_lines_do_not_tell(text: str) -> None:
    place = max(text.find(MARK), 0)
    assert lines_of(parse_around([place], text)) == lines_of(parse(text))


def test_what_is_no_python_is_no_excerpt() -> None:
    with pytest.raises(UnreadableError):
        parse_around([0], "a = (\n")
    assert parse_around([0], "a\n1 = b\n").body
    assert read_excerpt(SourceText("if a:\n  import b\n  (\nc"), 0, 8) is None


def test_excerpts_of_real_code_are_what_the_whole_tells() -> None:
    choice = random.Random(1)
    wrong: list[str] = []
    count = 0
    for path, file in sample().items():
        text = decode(file.read_bytes())
        source, tree = SourceText(text), parse(text)
        places = sorted(choice.randrange(max(len(text), 1)) for _ in range(3))
        lines = {text.count("\n", 0, place) + 1 for place in places}
        around = {
            ast.dump(item, include_attributes=True) for item in parse_around(places, text).body
        }
        for item in tree.body:
            decorators = getattr(item, "decorator_list", [])
            first = min([item.lineno, *(each.lineno for each in decorators)])
            is_meant = any(first <= line <= (item.end_lineno or 0) for line in lines)
            if is_meant and ast.dump(item, include_attributes=True) not in around:
                wrong.append(f"{path}:{item.lineno}")
        imports = find_imports(tree, source)
        circumstances = find_circumstances(tree, imports)
        for item in tree.body:
            if isinstance(item, (ast.If, ast.Try, ast.With)):
                place = sum(len(line) + 1 for line in text.split("\n")[: item.lineno - 1])
                excerpt = read_excerpt(source, place, place)
                inside = [
                    each for each in imports if item.lineno <= each.line <= (item.end_lineno or 0)
                ]
                count += excerpt is not None and bool(inside)
                if excerpt is not None and excerpt.imports != tuple(inside):
                    wrong.append(f"{path}:{item.lineno}: imports")
                if (
                    excerpt is not None
                    and not circumstances.items() >= excerpt.circumstances.items()
                ):
                    wrong.append(f"{path}:{item.lineno}: circumstances")
    assert wrong == []
    assert count > 30
