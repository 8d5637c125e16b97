"""The Markdown import registry: canonical names, written as import lines in Python blocks."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.tables.marks import says_second_path, verified_date
from linter_ext.tables.origin import Origin
from linter_ext.tables.python_block import ListedImport, listed_imports
from linter_ext.tables.registry import AlsoPath, CanonicalName, Registry, unite

_PYTHON = frozenset({"python", "python3", "py"})


def parse_markdown_registry(text: str, file: str) -> Registry:
    """Return the names that the Python code blocks of a Markdown document import.

    `from M import N` says that M is the canonical module of N. Where a comment at the line or
    a heading above says deprecated or compatibility, M is a second path that is allowed.

    Raises ConfigurationError with every mistake of the document, each with its line: a block
    that is not Python, a fence that is not closed, a relative import, one name with two homes.
    """
    document = _Document(file)
    for block in _blocks(text):
        document.add(block)
    return document.registry()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A fenced code block, with what the text around it says.

    Attributes:
        language:    the first word after the fence, in lower case.
        source:      its lines.
        line:        the line of the opening fence (1-based).
        closed:      whether there is a closing fence.
        second_path: whether a heading above says deprecated or compatibility.
        verified:    the date on which the text above says its lines were verified.
    """

    language: str
    source: str
    line: int
    closed: bool
    second_path: bool
    verified: datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """What is in force under a heading, its sections below included."""

    level: int
    second_path: bool
    verified: datetime.date | None


class _Document:
    """What the blocks seen so far declare, and what is wrong with them."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._names: list[CanonicalName] = []
        self._also: list[AlsoPath] = []
        self._problems: list[Problem] = []

    def add(self, block: _Block) -> None:
        """Note what a block declares, if it is Python."""
        if not block.closed:
            remedy = "end it with a fence of its own, indented as the first"
            self._refuse(block.line, "the code fence is never closed", remedy)
        elif block.language in _PYTHON:
            try:
                listed = listed_imports(block.source)
            except SyntaxError as error:
                # Python may see the mistake past the last line.
                line = min(error.lineno or 1, max(block.source.count("\n"), 1))
                fact = f"the Python block does not parse: {error.msg}"
                self._refuse(block.line + line, fact, "mend it, or mark the block ```text")
            else:
                for item in listed:
                    self._declare(block, item)

    def registry(self) -> Registry:
        """Return what all blocks declare; raise ConfigurationError with all problems."""
        registry, conflicts = unite(names=self._names, gateways=())
        problems = [*self._problems, *conflicts]
        if problems:
            raise ConfigurationError(sorted(problems, key=lambda problem: problem.line or 0))
        return registry._replace(also=tuple(self._also))

    def _declare(self, block: _Block, item: ListedImport) -> None:
        origin = Origin(file=self._file, line=block.line + item.line)
        if item.module.startswith("."):
            fact = f"'from {item.module} import {item.name}' is a relative import"
            self._refuse(block.line + item.line, fact, "write the module from its root package")
        elif block.second_path or any(map(says_second_path, item.comments)):
            self._also.append(AlsoPath(name=item.name, module=item.module, origin=origin))
        else:
            dates = (verified_date(comment) for comment in item.comments)
            verified = next(filter(None, dates), block.verified)
            self._names.append(
                CanonicalName(name=item.name, module=item.module, verified=verified, origin=origin)
            )

    def _refuse(self, line: int, fact: str, remedy: str) -> None:
        self._problems.append(Problem(file=self._file, line=line, fact=fact, remedy=remedy))


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the fenced code blocks of a document in order."""
    # Windows editors put a mark before the text, which would hide a heading in the first line.
    # The parser counts a last line only if it ends.
    tokens = MarkdownIt("commonmark").parse(text.removeprefix("\ufeff") + "\n")
    sections = [_Section(level=0, second_path=False, verified=None)]
    for index, token in enumerate(tokens):
        if token.type == "fence":
            yield _block(token, sections[-1])
        elif token.type == "inline":
            words = _words(token)
            opening = tokens[index - 1]
            if opening.type == "heading_open":
                level = int(opening.tag[1:])
                while sections[-1].level >= level:
                    sections.pop()
                second_path = sections[-1].second_path or says_second_path(words)
                sections.append(replace(sections[-1], level=level, second_path=second_path))
            verified = verified_date(words) or sections[-1].verified
            sections[-1] = replace(sections[-1], verified=verified)


def _block(token: Token, section: _Section) -> _Block:
    """Return the block of a fence token."""
    start, end = token.map or (0, 0)
    return _Block(
        language=next(iter(token.info.lower().split()), ""),
        source=token.content,
        line=start + 1,
        # The token spans its lines, the opening fence and, if there is one, the closing one.
        closed=end - start == token.content.count("\n") + 2,
        second_path=section.second_path,
        verified=section.verified,
    )


def _words(token: Token) -> str:
    """Return the text of a heading or paragraph without its markup."""
    return "".join(
        " " if child.type.endswith("break") else child.content
        for child in token.children or ()
        if child.type != "html_inline"
    )
