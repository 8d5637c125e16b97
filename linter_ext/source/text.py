"""Bytes → text, and positions in it, exactly as Python's own tokenizer reads a file."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from codecs import BOM_UTF8
from functools import cached_property

from linter_ext.errors import LinterExtError
from linter_ext.source.facts import Span

_COOKIE_LINES = 2
_LINE_END = re.compile(rb"\r\n?|\n")


class UnreadableError(LinterExtError):
    """A file's text cannot be had, or is not Python.

    Attributes:
        fact, remedy: what is wrong and the way out, without full stops.
        line, column: where (1-based).
    """

    def __init__(self, fact: str, remedy: str, line: int = 1, column: int = 1) -> None:
        self.fact = fact
        self.remedy = remedy
        self.line = max(line, 1)
        self.column = max(column, 1)
        super().__init__(f"{fact}; {remedy}")


def decode(data: bytes) -> str:
    """Return the text of a Python file, lines ended by line feeds, no byte order mark.

    The encoding is found as PEP 263 says.

    Raises:
        UnreadableError: for NUL bytes, an unknown encoding, or bytes that are not in it.
    """
    if b"\0" in data:
        line = _line_at(data, data.index(b"\0"))
        raise UnreadableError("contains NUL bytes", "save it as text", line)
    if b"coding" in data and any(b"coding" in line for line in _head(data)):
        text = _decode_with_cookie(data)
    else:
        text = _decode_as(data.removeprefix(BOM_UTF8), "utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _head(data: bytes) -> list[bytes]:
    """Return the lines that may declare an encoding."""
    return _LINE_END.split(data, _COOKIE_LINES)[:_COOKIE_LINES]


def _decode_with_cookie(data: bytes) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        raise _bad_cookie(data, f"has a bad encoding declaration: {error.msg}") from error
    if encoding.startswith("utf-8"):
        return _decode_as(data.removeprefix(BOM_UTF8), "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `unicode_escape` warns of escapes it does not know.
        return _decode_as(data, encoding)


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        fact = f"is not {encoding}: byte 0x{data[error.start]:02x}"
        remedy = f"save it as {encoding}, or declare its encoding on the first line (PEP 263)"
        raise UnreadableError(fact, remedy, _line_at(data, error.start)) from error
    except (UnicodeError, LookupError) as error:  # `idna`, `hex`: codecs that are for no text.
        raise _bad_cookie(data, f"cannot be read as {encoding}") from error


def _bad_cookie(data: bytes, fact: str) -> UnreadableError:
    remedy = "declare an encoding that Python knows (PEP 263) and save the file in it"
    line = 1 if b"coding" in _head(data)[0] else _COOKIE_LINES
    return UnreadableError(fact, remedy, line)


def _line_at(data: bytes, offset: int) -> int:
    return len(_LINE_END.findall(data, 0, offset)) + 1


class SourceText:
    """A file's text, its lines ended by line feeds, and the positions in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._is_ascii = text.isascii()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their ends. A form feed ends no line, as in Python's tokenizer."""
        return tuple(self.text.split("\n"))

    def forget_lines(self) -> None:
        """Let go of the lines; they are made again from the text when they are asked for."""
        self.__dict__.pop("lines", None)

    def column(self, line: int, offset: int) -> int:
        """Return the 1-based column of the character at a UTF-8 byte offset, as `ast` counts it."""
        if self._is_ascii or line > len(self.lines) or self.lines[line - 1].isascii():
            return offset + 1
        head = self.lines[line - 1].encode("utf-8", "surrogatepass")[:offset]
        return len(head.decode("utf-8", "replace")) + 1

    def span(self, node: ast.expr | ast.stmt | ast.alias) -> Span:
        """Return where the node stands."""
        line, offset = node.lineno, node.col_offset
        end_line = node.end_lineno or line
        end_offset = offset if node.end_col_offset is None else node.end_col_offset
        if self._is_ascii:
            return Span(line, offset + 1, end_line, end_offset + 1)
        return Span(line, self.column(line, offset), end_line, self.column(end_line, end_offset))
