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
from linter_ext.source.parser import find_imports, parse, validate
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


def mend(file: SourceFile, findings: Sequence[Finding], index: Index, sort: Sort) -> Mended:
    """Apply the remedies of a file's findings, all of them that can be applied together.

    Raises:
        UnreadableError: if the file's text is not valid Python.
    """
    refusal = _refusal(file.source.text)
    if refusal is not None:
        left = (Left(finding, refusal) for finding in findings)
        return Mended(file.source.text, (), tuple(left))
    rewriting = rewrite(file, findings, index)
    harm = _harm(file, rewriting, sort)
    if harm is None:
        return _sorted(file, rewriting, sort)
    if len(findings) == 1:
        return Mended(file.source.text, (), (Left(findings[0], harm),))
    return _one_by_one(file, findings, index, sort)


def _refusal(text: str) -> str | None:
    """Return why Python does not compile a file although it can be parsed; None if it does."""
    try:
        read_scopes(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"Python itself refuses the file: {error}"
    return None


def _one_by_one(file: SourceFile, findings: Sequence[Finding], index: Index, sort: Sort) -> Mended:
    """Apply one remedy after the other, and leave out each that does harm."""
    chosen: list[Finding] = []
    left: list[Left] = []
    for finding in findings:
        rewriting = rewrite(file, [*chosen, finding], index)
        harm = _harm(file, rewriting, sort)
        if harm is None:
            chosen.append(finding)
        else:
            left.append(Left(finding, harm))
    mended = _sorted(file, rewrite(file, chosen, index), sort)
    return mended._replace(left=(*mended.left, *left))


def _sorted(file: SourceFile, rewriting: Rewriting, sort: Sort) -> Mended:
    return Mended(_final(file, rewriting, sort), rewriting.mended, rewriting.left)


def _final(file: SourceFile, rewriting: Rewriting, sort: Sort) -> str:
    """Return the new text, sorted if the file is, and if no name depends on the order."""
    before, after = file.source.text, rewriting.text
    if after == before:
        return before
    found = sort(before, after)
    return after if found != after and _depends_on_order(after) else found


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


def _harm(file: SourceFile, rewriting: Rewriting, sort: Sort) -> str | None:
    """Return what a rewriting does that it must not; None if nothing."""
    before = file.source.text
    if rewriting.text == before:
        return None
    try:
        validate(rewriting.text)
        after = _final(file, rewriting, sort)
        validate(after)
        lost = lost_names(before, after, rewriting.change)
    except (UnreadableError, SyntaxError) as error:
        return f"the file would not be valid Python: {error}"
    if lost is not None:
        return lost
    missing = _lost_comments(before, after)
    return f"the comment '{min(missing)}' would be lost" if missing else None


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
