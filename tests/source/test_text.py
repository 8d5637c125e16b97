"""Bytes become the text that Python reads, and `ast` offsets become columns of characters."""

from __future__ import annotations

import ast
import io
import tokenize
from codecs import BOM_UTF8

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter_ext.source.facts import Span
from linter_ext.source.text import SourceText, UnreadableError, decode

SAVE_IN_IT = "declare an encoding that Python knows (PEP 263) and save the file in it"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"", "", id="an empty file"),
        pytest.param("é = '😀'\n".encode(), "é = '😀'\n", id="UTF-8 is the default"),
        pytest.param(b"a\r\nb\rc\nd\r\r\n", "a\nb\nc\nd\n\n", id="every kind of line end"),
        pytest.param(
            b"a\x0cb\x0bc\xc2\x85d", "a\fb\x0bc\x85d", id="what only looks like a line end"
        ),
        pytest.param(BOM_UTF8 + "é".encode(), "é", id="a byte order mark is dropped"),
        pytest.param(BOM_UTF8 * 2, "\ufeff", id="only the first of two is one"),
        pytest.param(
            BOM_UTF8 + "# coding: utf-8\né".encode(),
            "# coding: utf-8\né",
            id="a byte order mark and a cookie that agree",
        ),
        pytest.param(
            "# -*- coding: utf-8-unix -*-\né".encode(),
            "# -*- coding: utf-8-unix -*-\né",
            id="an editor's name for UTF-8",
        ),
        pytest.param(
            "# coding: latin-1\né".encode("latin-1"), "# coding: latin-1\né", id="Latin-1"
        ),
        pytest.param(
            "#!/bin/python\r\n# vim: set fileencoding=cp1252 :\r\n€".encode("cp1252"),
            "#!/bin/python\n# vim: set fileencoding=cp1252 :\n€",
            id="a cookie on the second line",
        ),
        pytest.param(
            "x = 1\n# coding: latin-1\né".encode(),
            "x = 1\n# coding: latin-1\né",
            id="a second line counts after a comment only",
        ),
        pytest.param(
            "#\n#\n# coding: latin-1\né".encode(),
            "#\n#\n# coding: latin-1\né",
            id="the third line never counts",
        ),
        pytest.param(
            b"# coding: unicode_escape\nx = '\\d\\xe9'",
            "# coding: unicode_escape\nx = '\\dé'",
            id="an encoding that warns",
        ),
        pytest.param(b"encoding = 'coding'\n", "encoding = 'coding'\n", id="the word in code"),
    ],
)
def test_bytes_are_decoded_as_python_does(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        pytest.param(b"a\nb\r\nc\rd\0", 4, "contains NUL bytes; save it as text", id="NUL bytes"),
        pytest.param(
            b"a\r\nb\rc\xff",
            3,
            "is not utf-8: byte 0xff; "
            "save it as utf-8, or declare its encoding on the first line (PEP 263)",
            id="bytes that are not UTF-8",
        ),
        pytest.param(
            BOM_UTF8 + b"\n\n\xe9",
            3,
            "is not utf-8: byte 0xe9; "
            "save it as utf-8, or declare its encoding on the first line (PEP 263)",
            id="the same after a byte order mark",
        ),
        pytest.param(
            b"# coding: ascii\nx\n\xe9",
            3,
            "is not ascii: byte 0xe9; "
            "save it as ascii, or declare its encoding on the first line (PEP 263)",
            id="bytes that are not in the declared encoding",
        ),
        pytest.param(
            b"# coding: martian\n",
            1,
            f"has a bad encoding declaration: unknown encoding: martian; {SAVE_IN_IT}",
            id="an encoding nobody knows",
        ),
        pytest.param(
            b"\n# coding: martian\n",
            2,
            f"has a bad encoding declaration: unknown encoding: martian; {SAVE_IN_IT}",
            id="the same on the second line",
        ),
        pytest.param(
            b"# coding: hex\n",
            1,
            f"cannot be read as hex; {SAVE_IN_IT}",
            id="a codec that is for no text",
        ),
        pytest.param(
            b"#\n# coding: undefined\n",
            2,
            f"cannot be read as undefined; {SAVE_IN_IT}",
            id="a codec that reads nothing",
        ),
        pytest.param(
            BOM_UTF8 + b"# coding: latin-1\n",
            1,
            f"has a bad encoding declaration: encoding problem: utf-8; {SAVE_IN_IT}",
            id="a byte order mark and a cookie that disagree",
        ),
    ],
)
def test_what_cannot_be_decoded_is_told_with_its_line(data: bytes, line: int, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert (caught.value.line, caught.value.column, str(caught.value)) == (line, 1, message)


def test_lines_and_columns_start_at_one() -> None:
    error = UnreadableError("fact", "remedy", 0, 0)

    assert (error.line, error.column, error.fact, error.remedy) == (1, 1, "fact", "remedy")


PIECES = (
    b"# coding: latin-1",
    b"# -*- coding: utf-8 -*-",
    b"# vim: set fileencoding=cp1251 :",
    b"# coding: martian",
    b"# coding: hex",
    b"coding = 1",
    b"#",
    b"x = 1",
    b"\n",
    b"\n",
    b"\r\n",
    b" ",
    b"\x0c",
    b"\xff",
    "é😀".encode(),
    BOM_UTF8,
)


def tokenizer_reads(data: bytes) -> str | None:
    """Return the text as `tokenize.open` reads it, or None if it refuses."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (SyntaxError, UnicodeError, LookupError):
        return None


@settings(deadline=None, derandomize=True, max_examples=200)
@given(data=st.lists(st.sampled_from(PIECES), max_size=8).map(b"".join))
@example(data=BOM_UTF8 + b"# coding: utf-8\n\xff")
def test_the_text_is_what_the_tokenizer_reads(data: bytes) -> None:
    try:
        text = decode(data)
    except UnreadableError:
        text = None

    assert text == tokenizer_reads(data)


@pytest.mark.parametrize(
    ("text", "line", "offset", "column"),
    [
        pytest.param("x = a", 1, 4, 5, id="ASCII"),
        pytest.param("é = a", 1, 5, 5, id="two bytes for one character"),
        pytest.param("'😀'; a", 1, 8, 6, id="four bytes for one character, outside the BMP too"),
        pytest.param("é\nx = a", 2, 4, 5, id="an ASCII line of another text"),
        pytest.param("\té\ta", 1, 4, 4, id="a tab is one character"),
        pytest.param("é\f\x0bx\na", 2, 0, 1, id="a form feed ends no line"),
        pytest.param("é", 2, 3, 4, id="a line that the text does not have"),
    ],
)
def test_columns_count_characters(text: str, line: int, offset: int, column: int) -> None:
    assert SourceText(text).column(line, offset) == column


@pytest.mark.parametrize(
    ("text", "span"),
    [
        pytest.param("f(a,\n  b)", Span(1, 1, 2, 5), id="over two lines"),
        pytest.param("'é', (\n 'ü', 'ö')", Span(1, 1, 2, 11), id="not in ASCII"),
    ],
)
def test_a_node_stands_somewhere(text: str, span: Span) -> None:
    (statement,) = ast.parse(text).body

    assert SourceText(text).span(statement) == span


def test_a_node_made_by_hand_has_no_end() -> None:
    assert SourceText("").span(ast.Name("a", lineno=3, col_offset=4)) == Span(3, 5, 3, 5)


def test_lines_have_no_ends() -> None:
    assert SourceText("a\n\nb\fc\n").lines == ("a", "", "b\fc", "")
