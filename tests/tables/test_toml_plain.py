"""Plain tables are read as tomllib reads them, and no others."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter_ext.tables.toml_lines import key_lines
from linter_ext.tables.toml_plain import read_plain

PLAIN = (
    "[[moves]]",
    "\t[[ moves ]] # [[x]]",
    "[[other-1]]",
    "old = 'a'",
    'old="a b" # c',
    'new = ""',
    "new = ''#",
    "date = 2025-01-31",
    'reason = "a \\"b\\" \\\\ \\n\\t# é\t"',
    "reason = 'a \\n \"b\" # c'",
    "# c = [",
    "  ",
    "",
)
ODD = (
    "[moves]",
    "[[a.b]]",
    "moves = []",
    "a.b = 'x'",
    "'old' = 'a'",
    "old = 1",
    "old = 2025-02-30",
    "old = 2025-02-01T00:00:00",
    "old = 'a' 'b'",
    'old = "\\u0041"',
    'old = "\\x"',
    'old = """',
    "old = '''",
    'a"""',
    "[[moves]] old = 'a'",
    "# \x00",
    "old = 'a'\r",
    "[[moves]",
    "old",
)


def test_what_is_plain() -> None:
    text = "\n".join(PLAIN[:2] + PLAIN[3:4] + PLAIN[5:6] + PLAIN[7:9] + PLAIN[10:])
    found = read_plain(text)

    assert found is not None
    assert found.values == tomllib.loads(text)
    assert found.lines == key_lines(text)


@pytest.mark.parametrize("line", ODD)
def test_what_is_not(line: str) -> None:
    assert read_plain(f"[[moves]]\n{line}\n") is None


def test_a_key_twice_and_a_key_of_no_table_are_not() -> None:
    assert read_plain("[[moves]]\nold = 'a'\nold = 'a'") is None
    assert read_plain("old = 'a'\n[[moves]]") is None


LINES = st.lists(st.sampled_from(PLAIN * 3 + ODD), max_size=8)
LETTERS = st.text(st.sampled_from("ab=\"'\\#[]. \t\n-_0é\x00"), max_size=30)


@settings(deadline=None, max_examples=500)
@given(LINES.map("\n".join) | st.tuples(LINES.map("\n".join), LETTERS).map("\n".join) | LETTERS)
@example("")
@example("\n")
@example("[[a]]\n" * 3)
def test_what_is_read_is_what_tomllib_reads(text: str) -> None:
    found = read_plain(text)
    if found is not None:
        assert found.values == tomllib.loads(text)
        assert found.lines == key_lines(text)
