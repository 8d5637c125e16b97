"""Lists of imported names keep their layout, whatever comes and goes."""

from __future__ import annotations

import ast

import pytest

from linter_ext.fixes.edits import Offsets
from linter_ext.fixes.name_lists import Entry, NameList, read_names
from linter_ext.source.text import SourceText

_CASES = {
    "on one line": ("from m import a, c", ["b"], [], "a, b, c"),
    "in parentheses": ("from m import (a, c)", ["b"], [], "(a, b, c)"),
    "a comma at the end": ("from m import (a, c,)", [], ["c"], "(a,)"),
    "in no order": ("from m import c, a", ["b"], [], "c, a, b"),
    "constants, classes, functions": ("from m import AA, BB, Ab, ab", ["CC", "Ac"], [], None),
    "the same name once": ("from m import a", ["a"], [], "a"),
    "a line each": ("from m import (\n    a,\n    c,\n)", ["b"], ["a"], "(\n    b,\n    c,\n)"),
    "a line each, no comma at the end": ("from m import (\n  a,\n  b\n)", ["c"], [], None),
    "comments": (
        "from m import (  # of\n    # above\n    a,  # a\n    b,  # b\n    # end\n)",
        ["c"],
        ["b"],
        "(  # of\n    # above\n    a,  # a\n    c,\n    # end\n)",
    ),
    "several lines": (
        "from m import (aaaaaaaaaa, bbbbbbbbbb,\n               dddddddddd)",
        ["cccccccccc"],
        [],
        "(aaaaaaaaaa, bbbbbbbbbb,\n               cccccccccc, dddddddddd)",
    ),
    "several lines that become one": (
        "from m import (aaaaaaaaaa, bbbbbbbbbb,\n               dddddddddd)",
        [],
        ["aaaaaaaaaa"],
        "(bbbbbbbbbb, dddddddddd)",
    ),
    "escaped line ends": (
        "from m import aaaaaaaaaa, \\\n    bbbbbbbbbb",
        ["cccccccccc"],
        [],
        "(aaaaaaaaaa,\n    bbbbbbbbbb, cccccccccc)",
    ),
}
_WRITTEN = {
    "constants, classes, functions": "AA, BB, CC, Ab, Ac, ab",
    "a line each, no comma at the end": "(\n  a,\n  b,\n  c\n)",
}


def names_of(text: str) -> NameList:
    """Return the list of names of a statement."""
    (statement,) = ast.parse(text).body
    assert isinstance(statement, ast.ImportFrom)
    source, offsets = SourceText(text), Offsets(text)
    spans = [source.span(alias) for alias in statement.names]
    spots = [(offsets.start(span), offsets.end(span)) for span in spans]
    return read_names(text, 0, len(text), spots)


@pytest.mark.parametrize("name", _CASES)
def test_names_come_and_go(name: str) -> None:
    text, added, gone, written = _CASES[name]
    names = names_of(text)
    numbers = [at for at, entry in enumerate(names.entries) if entry.text in gone]
    found = names.without(numbers).including([Entry(item) for item in added])

    assert names.can_change
    assert found.write(len("from m import ")) == (written or _WRITTEN[name])


def test_a_line_that_grows_too_long_becomes_several() -> None:
    first, second = "a" * 40, "b" * 40
    found = names_of(f"from m import {first}").including([Entry(second)])

    assert found.write(len("from m import ")) == f"(\n    {first},\n    {second},\n)"


def test_comments_among_names_on_shared_lines_bind_the_list() -> None:
    assert not names_of("from m import (a, b,  # both\n               c)").can_change
