"""`# noqa`, read exactly as flake8 reads it, because flake8 itself reads it here.

flake8 looks at the line a violation stands on. A statement over several lines has one more
place where its author expects `noqa` to count: its first line.
"""

from __future__ import annotations

import functools
import re
import tokenize
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from linter_ext.codes import Code
from linter_ext.source.text import SourceText
from linter_ext.violations import Finding

if TYPE_CHECKING:
    import argparse

    from flake8.processor import FileProcessor

_OURS = "IMC"
_CODE = re.compile(r"[^,\s]+")
_LONG = ('"""', "'''")
# A string in which expressions stand on lines that show neither its begin nor its end.
_LONG_WITH_EXPRESSIONS = r"[fFtT][rR]?(?:\"{3}|'{3})"
_IMPORT = r"\s*(?:from|import)\b[^{}]*$"


class ListedCode(NamedTuple):
    """A code, or the beginning of some, in a comment.

    Attributes:
        text:   the code as it is written.
        column: where it stands (1-based).
    """

    text: str
    column: int

    @property
    def is_ours(self) -> bool:
        """Whether it looks like a code of ours."""
        return self.text.upper().startswith(_OURS)


class Comment(NamedTuple):
    """A `noqa` comment with codes.

    Attributes:
        line:      where it stands (1-based).
        codes:     what it is to hide, in order.
        is_heeded: whether flake8 reads it, which reads the first one of a line only.
    """

    line: int
    codes: tuple[ListedCode, ...]
    is_heeded: bool


class Suppressions:
    """The `noqa` comments of one file."""

    def __init__(self, path: str, source: SourceText) -> None:
        self._path = path
        self._source = source
        self._hidden: list[tuple[int, Code]] = []

    def hide(self, finding: Finding) -> bool:
        """Return whether a comment on the finding's line, or its statement's first, hides it."""
        if not self._has_any:
            return False
        if self._hides_file:
            return True
        lines = {finding.span.line, finding.line}
        hiding = [(line, finding.code) for line in lines if self._hides_line(finding, line)]
        self._hidden += hiding
        return bool(hiding)

    def comments(self) -> Iterator[Comment]:
        """Yield the comments that name codes of ours, in order; none where one hides the file.

        What a string says of `noqa` may hide something, but is no comment.
        """
        text = self._source.text.upper()
        if not self._has_any or _OURS not in text or self._hides_file:
            return
        try:
            tokens = self._processor.file_tokens
        except (tokenize.TokenError, SyntaxError):
            return
        for token in tokens:
            if token.type == tokenize.COMMENT and _OURS in token.string.upper():
                yield from self._comments_in(token)

    def _comments_in(self, token: tokenize.TokenInfo) -> Iterator[Comment]:
        from flake8.defaults import NOQA_INLINE_REGEXP  # noqa: PLC0415 - slow to import

        line, column = token.start
        searched = (self._processor.noqa_line_for(line) or token.line).rstrip("\r\n")
        first = NOQA_INLINE_REGEXP.search(searched)
        before = len(searched) - len(token.string)
        for found in NOQA_INLINE_REGEXP.finditer(token.string):
            is_heeded = first is not None and first.start() == before + found.start()
            codes = [
                ListedCode(code[0], column + found.start("codes") + code.start() + 1)
                for code in _CODE.finditer(found["codes"] or "")
            ]
            if any(code.is_ours for code in codes):
                yield Comment(line, tuple(codes), is_heeded)

    def has_hidden(self, code: str, line: int) -> bool:
        """Return whether the comment on a line has hidden something whose code begins so."""
        return any(
            hidden.startswith(code) and self._is_read_for(line, place)
            for place, hidden in self._hidden
        )

    def _is_read_for(self, line: int, other: int) -> bool:
        """Return whether a comment on one line counts for another, which a string joins to it."""
        if line == other:
            return True
        searched = self._processor.noqa_line_for(line)
        return searched is not None and searched is self._processor.noqa_line_for(other)

    @cached_property
    def _has_any(self) -> bool:
        return "noqa" in self._source.text.lower()

    @cached_property
    def _processor(self) -> FileProcessor:
        # Slow to import, and seldom needed.
        from flake8.processor import FileProcessor  # noqa: PLC0415

        *lines, last = self._source.lines
        ended = [f"{line}\n" for line in lines]
        return FileProcessor(self._path, _options(), [*ended, last] if last else ended)

    @cached_property
    def _hides_file(self) -> bool:
        return "flake8" in self._source.text.lower() and self._processor.should_ignore_file()

    def _hides_line(self, finding: Finding, line: int) -> bool:
        from flake8.violation import Violation as Flake8Violation  # noqa: PLC0415

        text = self._text_at(line, finding)
        code, message = str(finding.code), finding.message
        place = Flake8Violation(code, self._path, line, finding.span.column, message, text)
        return place.is_inline_ignored(disable_noqa=False)

    def _is_import(self, finding: Finding) -> bool:
        """Return whether the finding is about an import statement, which no string contains."""
        lines = self._source.lines
        first = lines[finding.line - 1] if finding.line <= len(lines) else ""
        return re.match(_IMPORT, first) is not None

    @cached_property
    def _has_long_expressions(self) -> bool:
        return re.search(_LONG_WITH_EXPRESSIONS, self._source.text) is not None

    def _text_at(self, line: int, finding: Finding) -> str:
        """Return the text flake8 searches for a line.

        That is the line itself, unless a string or an escaped line end joins it to others; only
        then is the file worth tokenizing.
        """
        lines = self._source.lines
        text = lines[line - 1] if line <= len(lines) else ""
        before = lines[line - 2] if 1 < line <= len(lines) else ""
        is_joined = text.endswith("\\") or before.endswith("\\")
        is_in_string = not self._is_import(finding) and self._has_long_expressions
        if is_joined or is_in_string or any(quote in text for quote in _LONG):
            # A file that cannot be tokenized is searched line by line.
            return self._processor.noqa_line_for(line) or text
        return text


@functools.cache
def _options() -> argparse.Namespace:
    """Return what FileProcessor wants of flake8's options; none of it concerns `noqa`."""
    import argparse  # noqa: PLC0415 - most files have no such comment

    return argparse.Namespace(
        disable_noqa=False,
        hang_closing=False,
        indent_size=4,
        max_doc_length=None,
        max_line_length=79,
        verbose=0,
    )
