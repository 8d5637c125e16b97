"""The statements that stand on some lines of a file, found without a look at all others."""

from __future__ import annotations

import pytest

from linter_ext.source.parser import parse
from linter_ext.source.statements_on import lines_with, statements_on


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("x = 1\ny = 2\n", "", id="nothing"),
        pytest.param("x = 1\nyes = 2\nz = 3", "2", id="a line"),
        pytest.param("x = (1,\n  yes)\nz = 3", "1", id="the last line of a statement"),
        pytest.param("def f():\n  x = 1\n  yes = 2", "1 3 inside", id="in a function"),
        pytest.param("if x:\n  pass\nelse:\n  yes = 2", "1 4", id="in a branch"),
        pytest.param("@yes\ndef f():\n  x = 1", "2", id="a decorator"),
        pytest.param("try:\n  x\nexcept E:\n  yes; yes", "1 4 4", id="two on a line"),
    ],
)
def test_statements_on_lines_with_a_word(text: str, found: str) -> None:
    statements = sorted(
        (statement.lineno, is_inside)
        for statement, is_inside in statements_on(lines_with(["yes"], text), parse(text).body)
    )
    words = [f"{line} inside" if is_inside else f"{line}" for line, is_inside in statements]
    assert " ".join(words) == found
