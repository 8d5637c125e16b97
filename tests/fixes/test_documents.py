"""Bytes with another text in them."""

from __future__ import annotations

import codecs

import pytest

from linter_ext.fixes.documents import rewritten

_CASES = {
    "line feeds": (b"a\nb\n", "a\nc\n", b"a\nc\n"),
    "carriage returns and line feeds": (b"a\r\nb\r\n", "a\nx\nb\n", b"a\r\nx\r\nb\r\n"),
    "a new line ends as the one before it does": (
        b"a\nb\r\nc\n",
        "a\nb\nx\nc\n",
        b"a\nb\r\nx\r\nc\n",
    ),
    "a line that goes takes its own end along": (b"a\nb\r\nc\n", "a\nc\n", b"a\nc\n"),
    "lines that are other ones end as those did": (
        b"a\r\nb\nc\r",
        "x\ny\nc\n",
        b"x\r\ny\nc\r",
    ),
    "no end of the last line": (b"a\r\nb\nc", "a\nb\nx", b"a\r\nb\nx"),
    "a byte order mark": (codecs.BOM_UTF8 + b"a\n", "b\n", codecs.BOM_UTF8 + b"b\n"),
    "another encoding": (
        b"# coding: latin-1\n'\xe9'\n",
        "# coding: latin-1\n'\xe9\xe8'\n",
        b"# coding: latin-1\n'\xe9\xe8'\n",
    ),
    "a text that the encoding cannot hold": (
        b"# coding: latin-1\n'a'\n",
        "# coding: latin-1\n'\u20ac'\n",
        None,
    ),
    "an encoding that says one thing in two ways": (
        b"# coding: utf-7\n'+AGE-'\n",
        "# coding: utf-7\n'b'\n",
        None,
    ),
}


@pytest.mark.parametrize(("before", "text", "after"), _CASES.values(), ids=_CASES)
def test_the_bytes_of_another_text(before: bytes, text: str, after: bytes | None) -> None:
    assert rewritten(before, text) == after
