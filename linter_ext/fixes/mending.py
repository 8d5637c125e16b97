"""Mends one file, as far as its names and comments stay what they are."""

from __future__ import annotations

import io
import tokenize
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from linter_ext.fixes.rewriting import Left, Rewriting, rewrite
from linter_ext.fixes.symbols import lost_names, read_scopes
from linter_ext.source.facts import Context
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.text import SourceText, UnreadableError
from linter_ext.violations import Finding

Sort = Callable[[str, str], str]
"""Takes a file's text before and after; returns the latter, sorted if the former is."""


class Mended(NamedTuple):
    """A file with remedies applied.

    Attributes:
        text:   its text.
        mended: the findings that go.
        left:   those that stay although they have a remedy.
    """

    text: str
    mended: tuple[Finding, ...]
    left: tuple[Left, ...]


class _Attempt(NamedTuple):
    """What a file would be.

    Attributes:
        rewriting: the remedies.
        text:      the text, sorted if the file is.
        harm:      what it does that it must not; None if nothing.
    """

    rewriting: Rewriting
    text: str
    harm: str | None


def mend(file: SourceFile, findings: Sequence[Finding], index: Index, sort: Sort) -> Mended:
    """Apply the remedies of a file's findings, all of them that can be applied together.

    Raises:
        UnreadableError: if the file's text is not valid Python.
    """
    try:
        bench = _Bench(file, index, sort)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        left = (Left(item, f"Python itself refuses the file: {error}") for item in findings)
        return Mended(file.source.text, (), tuple(left))
    attempt = bench.attempt(findings)
    if attempt.harm is None:
        return Mended(attempt.text, attempt.rewriting.mended, attempt.rewriting.left)
    if len(findings) == 1:
        return Mended(file.source.text, (), (Left(findings[0], attempt.harm),))
    return bench.one_by_one(findings)


class _Bench:
    """A file that is being mended.

    Raises:
        SyntaxError, ValueError: if Python refuses it, although it can be parsed.
    """

    def __init__(self, file: SourceFile, index: Index, sort: Sort) -> None:
        self._file = file
        self._index = index
        self._sort = sort
        self._text = file.source.text
        self._scopes = read_scopes(self._text)

    def attempt(self, findings: Sequence[Finding]) -> _Attempt:
        """Return what the file would be with remedies applied."""
        rewriting = rewrite(self._file, findings, self._index)
        if rewriting.text == self._text:
            return _Attempt(rewriting, self._text, None)
        try:
            text = self._sorted(rewriting.text)
            return _Attempt(rewriting, text, self._harm(text, rewriting))
        except (UnreadableError, SyntaxError) as error:
            harm = f"the file would not be valid Python: {error}"
            return _Attempt(rewriting, self._text, harm)

    def one_by_one(self, findings: Sequence[Finding]) -> Mended:
        """Apply one remedy after the other, and leave out each that does harm."""
        chosen: list[Finding] = []
        left: list[Left] = []
        best = self.attempt(chosen)
        for finding in findings:
            attempt = self.attempt([*chosen, finding])
            if attempt.harm is None:
                chosen.append(finding)
                best = attempt
            else:
                left.append(Left(finding, attempt.harm))
        return Mended(best.text, best.rewriting.mended, (*best.rewriting.left, *left))

    def _sorted(self, text: str) -> str:
        """Return a text sorted if the file is, and if no name depends on the order."""
        found = self._sort(self._text, text)
        return text if found != text and _depends_on_order(text) else found

    def _harm(self, text: str, rewriting: Rewriting) -> str | None:
        """Return what a text does that it must not; None if nothing."""
        lost = lost_names(self._scopes, text, rewriting.change)
        if lost is not None:
            return lost
        missing = _lost_comments(self._text, text)
        return f"the comment '{min(missing)}' would be lost" if missing else None


def _depends_on_order(text: str) -> bool:
    """Return whether two imports bind one name at the margin: the last one counts."""
    bound: dict[str, tuple[str, str | None]] = {}
    for item in find_imports(parse(text), SourceText(text)):
        if item.context is not Context.MODULE or (item.name is None and item.alias is None):
            continue
        source = item.written_module, item.name
        if item.is_star or bound.setdefault(item.local_name, source) != source:
            return True
    return False


def _lost_comments(before: str, after: str) -> Counter[str]:
    """Return the comments that another text does not have."""
    if _lines_with_comments(after) >= _lines_with_comments(before):
        return Counter()
    return _comments(before) - _comments(after)


def _lines_with_comments(text: str) -> Counter[str]:
    return Counter(line for line in text.split("\n") if "#" in line)


def _comments(text: str) -> Counter[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return Counter(token.string for token in tokens if token.type == tokenize.COMMENT)
