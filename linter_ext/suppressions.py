"""`# noqa`, read exactly as flake8 reads it, because flake8 itself reads it here.

flake8 looks at the line a violation stands on. A statement over several lines has one more
place where its author expects `noqa` to count: its first line.
"""

from __future__ import annotations

import argparse
import re
from functools import cached_property
from typing import TYPE_CHECKING

from linter_ext.source.text import SourceText
from linter_ext.violations import Finding

if TYPE_CHECKING:
    from flake8.processor import FileProcessor

# What FileProcessor wants of flake8's options; none of it concerns `noqa`.
_OPTIONS = argparse.Namespace(
    disable_noqa=False,
    hang_closing=False,
    indent_size=4,
    max_doc_length=None,
    max_line_length=79,
    verbose=0,
)
_LONG = ('"""', "'''")
# A string in which expressions stand on lines that show neither its begin nor its end.
_LONG_WITH_EXPRESSIONS = r"[fFtT][rR]?(?:\"{3}|'{3})"
_IMPORT = r"\s*(?:from|import)\b[^{}]*$"


class Suppressions:
    """The `noqa` comments of one file."""

    def __init__(self, path: str, source: SourceText) -> None:
        self._path = path
        self._source = source

    def hide(self, finding: Finding) -> bool:
        """Return whether a comment on the finding's line, or its statement's first, hides it."""
        if not self._has_any:
            return False
        if self._hides_file:
            return True
        return any(self._hides_line(finding, line) for line in {finding.span.line, finding.line})

    @cached_property
    def _has_any(self) -> bool:
        return "noqa" in self._source.text.lower()

    @cached_property
    def _processor(self) -> FileProcessor:
        # Slow to import, and seldom needed.
        from flake8.processor import FileProcessor  # noqa: PLC0415

        *lines, last = self._source.lines
        ended = [f"{line}\n" for line in lines]
        return FileProcessor(self._path, _OPTIONS, [*ended, last] if last else ended)

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
