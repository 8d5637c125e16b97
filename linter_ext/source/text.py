"""Bytes → text, and positions in it, exactly as Python's own tokenizer reads a file."""

from __future__ import annotations

import ast
import io
import tokenize
from codecs import BOM_UTF8
from functools import cached_property

from linter_ext.errors import LinterExtError
from linter_ext.source.facts import Span

_COOKIE_LINES = 2


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
    """Return the text of a Python file, line ends as `\\n`, without its byte order mark.

    The encoding is found as PEP 263 says.

    Raises:
        UnreadableError: for NUL bytes, an unknown encoding, or bytes that are not in it.
    """
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise UnreadableError("contains NUL bytes", "save it as text", line)
    head = b"".join(data.splitlines(keepends=True)[:_COOKIE_LINES]) if b"coding" in data else b""
    if b"coding" in head:
        text = _decode_with_cookie(data)
    else:
        text = _decode_as(data.removeprefix(BOM_UTF8), "utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode_with_cookie(data: bytes) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        remedy = "declare an encoding that Python knows (PEP 263) and save the file in it"
        raise UnreadableError(str(error.msg), remedy) from error
    if encoding.startswith("utf-8"):
        return _decode_as(data.removeprefix(BOM_UTF8), "utf-8")
    return _decode_as(data, encoding)


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fact = f"byte 0x{data[error.start]:02x} is not valid {encoding}"
        remedy = f"save it as {encoding}, or declare its encoding on the first line (PEP 263)"
        raise UnreadableError(fact, remedy, line) from error


class SourceText:
    """A file's text and the positions in it. The text's lines end in `\\n` only."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._is_ascii = text.isascii()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their ends. A form feed ends no line, as in Python's tokenizer."""
        return tuple(self.text.split("\n"))

    def column(self, line: int, offset: int) -> int:
        """Return the 1-based column of the character at a UTF-8 byte offset, as `ast` counts it."""
        if self._is_ascii or line > len(self.lines) or self.lines[line - 1].isascii():
            return offset + 1
        head = self.lines[line - 1].encode("utf-8", "surrogatepass")[:offset]
        return len(head.decode("utf-8", "replace")) + 1

    def span(self, node: ast.expr | ast.stmt | ast.alias) -> Span:
        """Return where the node stands."""
        end_line = node.end_lineno or node.lineno
        end_offset = node.col_offset if node.end_col_offset is None else node.end_col_offset
        return Span(
            node.lineno,
            self.column(node.lineno, node.col_offset),
            end_line,
            self.column(end_line, end_offset),
        )
