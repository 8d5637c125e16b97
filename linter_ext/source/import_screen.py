"""Tells from the text alone that no import of a file is at fault, so that it need not be parsed.

The screen finds everything that may be an import statement, also in strings, and clears a file
only if all of it is there. What it does not clear is left to the parser's facts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from enum import Enum, auto
from typing import NamedTuple

from linter_ext.source.excerpts import Excerpt, read_excerpt
from linter_ext.source.facts import Context, Import, Span
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Gap, Lack
from linter_ext.source.index import Index
from linter_ext.source.presence import Presence

_NOWHERE = Span(0, 0, 0, 0)


_IMPORT = "import"
_WORD_ENDS = frozenset(" \t\f\\(*")


class _Candidate(NamedTuple):
    """What may be an import statement.

    Attributes:
        text:      the statement, without what stands before it.
        is_inside: whether it may stand in a block.
    """

    text: str
    is_inside: bool


def _candidates(text: str) -> Iterator[_Candidate | None]:
    """Yield what may be an import statement; None for what cannot be read off its line."""
    pattern = _start()
    start = text.find(_IMPORT)
    while start >= 0:
        end = start + len(_IMPORT)
        if text[end : end + 1] in _WORD_ENDS:
            line = text.rfind("\n", 0, start) + 1
            before = text[line:start]
            found = pattern.match(before)
            if text[max(line - 2, 0) : line] == "\\\n":
                yield None
            elif found is not None:
                statement = before[found.end() :] + _rest(text, start, end)
                yield _Candidate(statement, is_inside=found.end() > 0)
        start = text.find(_IMPORT, end)


def _rest(text: str, start: int, end: int) -> str:
    """Return a statement from its word `import` on."""
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    opening = text.find("(", end, line_end)
    if opening >= 0 and not text[end:opening].strip():
        return text[start : _closing(text, opening) + 1]
    return text[start:line_end]


def _closing(text: str, opening: int) -> int:
    """Return where a parenthesis closes, comments passed over; the end if it does not."""
    closing = text.find(")", opening)
    while closing >= 0:
        line = max(text.rfind("\n", 0, closing) + 1, opening)
        if "#" not in text[line:closing]:
            return closing
        line_end = text.find("\n", closing)
        closing = text.find(")", line_end) if line_end >= 0 else -1
    return len(text)


@functools.cache
def _start() -> re.Pattern[str]:
    """Return the pattern of what stands before a statement, up to its first word."""
    return re.compile(r"(?:[ \t\f]*|.*[;:][ \t\f]*)(?=(?:from[ \t.\\].*)?$)")


@functools.cache
def _from() -> re.Pattern[str]:
    return re.compile(r"from[ \t]*(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]*(?:\(([^)]*)\)|([^()]*))")


@functools.cache
def _item() -> re.Pattern[str]:
    return re.compile(r"\s*([\w.]+|\*)(?:\s+as\s+(\w+))?\s*")


_IMPORT_ERRORS = ("ImportError", "ModuleNotFoundError", "suppress")


@functools.cache
def _attempts() -> re.Pattern[str]:
    """Return the pattern of a `try` that may be about imports."""
    return re.compile(
        r"try[ \t]*:[ \t]*(?:#[^\n]*)?(?:\n[ \t]*(?:#[^\n]*)?)*"
        r"(?:from|import|pass|\w+[ \t]*=)\b"
    )


def _may_hedge(text: str) -> bool:
    """Return whether something in a text may put an import behind a fallback."""
    return any(word in text for word in _IMPORT_ERRORS) or _attempts().search(text) is not None


class _Outcome(Enum):
    """What is known of a statement."""

    OURS = auto()
    """All it asks for is there, some of it first-party."""
    OTHERS = auto()
    """All it asks for is there, none of it first-party."""
    NOT_INSTALLED = auto()
    """It asks for a package that is not installed."""
    UNCLEAR = auto()


class ImportScreen:
    """Clears files. What is known of one statement holds for the same statement elsewhere.

    One for each index: `index.derived(ImportScreen)`.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._presence = index.derived(Presence)
        self._known: dict[tuple[str, str], _Outcome] = {}

    def clears(self, file: SourceFile, accepted: Set[Lack] = frozenset()) -> bool:
        """Return whether no import of the file is missing or behind a fallback, for certain.

        Args:
            file:     the importer.
            accepted: NOT_INSTALLED, if packages that are not installed do not count as missing.
        """
        text = file.source.text
        unclear = _Outcome.UNCLEAR
        lacking = unclear if Lack.NOT_INSTALLED in accepted else _Outcome.NOT_INSTALLED
        may_hedge: bool | None = None
        for candidate in _candidates(text):
            outcome = self._outcome(file, candidate.text) if candidate else unclear
            if outcome is unclear or outcome is lacking:
                return False
            if outcome is _Outcome.OURS and candidate is not None and candidate.is_inside:
                if may_hedge is None:
                    may_hedge = _may_hedge(text)
                if may_hedge:
                    return False
        return True

    def left(self, file: SourceFile, accepted: Set[Lack] = frozenset()) -> Excerpt | None:
        """Return what is to be known of the imports of a file that cannot be cleared.

        None, if only the parser's facts of the whole file tell.

        Args:
            file:     the importer, which is not cleared as a whole.
            accepted: NOT_INSTALLED, if packages that are not installed do not count as missing.
        """
        from linter_ext.source.import_statements import (  # noqa: PLC0415 - most are cleared
            ImportStatements,
        )

        told = ImportStatements(file.source.text)
        may_hedge = _may_hedge(file.source.text)
        found: list[Import] = []
        read: dict[int, Excerpt] = {}
        for statement in told.statements or ():
            outcome = self._weigh(file, statement.imports)
            is_ours = outcome is _Outcome.OURS
            if outcome is _Outcome.OTHERS or (is_ours and not may_hedge):
                continue
            if outcome is _Outcome.NOT_INSTALLED and Lack.NOT_INSTALLED in accepted:
                continue
            around = told.around(statement)
            if around is not None and not around.may_fail and (is_ours or around.are_plain):
                found += () if is_ours else statement.imports
                continue
            start = told.beginning(statement)
            if start is None:
                return None
            if start not in read:
                excerpt = read_excerpt(file.source, start, statement.place)
                if excerpt is None:
                    return None
                read[start] = excerpt
        return None if told.statements is None else _joined(found, read.values())

    def _outcome(self, file: SourceFile, statement: str) -> _Outcome:
        known = self._known.get(("", statement)) if file.module.root.is_package else None
        if known is not None and file.module.name not in statement:
            return known
        is_relative = statement.startswith("from") and statement[4:].lstrip(" \t\f")[:1] == "."
        names_itself = f" {file.module.name} " in statement
        is_same_everywhere = file.module.root.is_package and not (is_relative or names_itself)
        key = ("" if is_same_everywhere else file.path, statement)
        if key not in self._known:
            self._known[key] = self._find(file, statement)
        return self._known[key]

    def _find(self, file: SourceFile, statement: str) -> _Outcome:
        imports = _read(statement)
        return _Outcome.UNCLEAR if imports is None else self._weigh(file, imports)

    def _weigh(self, file: SourceFile, imports: Sequence[Import]) -> _Outcome:
        """Return what is known of a statement that imports all this."""
        found: set[_Outcome] = set()
        for item in imports:
            asked = self._index.ask(file, item)
            if asked is None or self._index.is_orphan(file, item.level):
                return _Outcome.UNCLEAR
            if asked.module == file.module.name and not self._index.is_module(asked.path):
                return _Outcome.UNCLEAR
            answer = self._presence.of_asked(asked)
            if isinstance(answer, Gap):
                if answer.lack is not Lack.NOT_INSTALLED:
                    return _Outcome.UNCLEAR
                found.add(_Outcome.NOT_INSTALLED)
            elif self._index.tree.is_first_party(asked.module):
                found.add(_Outcome.OURS)
        return found.pop() if len(found) == 1 else _MIXED[bool(found)]


def _joined(plain: Sequence[Import], excerpts: Iterable[Excerpt]) -> Excerpt:
    """Return what excerpts tell, and imports that simply run."""
    imports = [*plain, *(item for excerpt in excerpts for item in excerpt.imports)]
    circumstances = {
        item: circumstance
        for excerpt in excerpts
        for item, circumstance in excerpt.circumstances.items()
    }
    return Excerpt(imports, circumstances)


_MIXED = {True: _Outcome.UNCLEAR, False: _Outcome.OTHERS}


def _read(statement: str) -> Sequence[Import] | None:
    """Return what a statement imports, wherever it stands; None if that cannot be told.

    Nothing, for what cannot be an import statement.
    """
    if "#" in statement:
        statement = re.sub(r"#[^\n]*", "", statement)
    if "\\" in statement:
        return None
    if statement.startswith("import"):
        items = _items(statement[len("import") :])
        return [_import(name, None, 0) for name in items or ()]
    match = _from().match(statement)
    if match is None:
        return None if "import" in statement else []
    dots, module, inside, plain = match.groups()
    names = _items(inside if inside is not None else plain)
    if names is None:
        return None
    return [_import(module, name, len(dots)) for name in names]


def _items(text: str) -> list[str] | None:
    """Return the names in `a as b, c`; None if it is something else."""
    found: list[str] = []
    for part in text.partition(";")[0].rstrip(" \t\f\n,").split(","):
        match = _item().fullmatch(part)
        if match is None:
            return None
        found.append(match[1])
    return found


def _import(module: str, name: str | None, level: int) -> Import:
    return Import(
        module=module,
        name=name,
        alias=None,
        level=level,
        span=_NOWHERE,
        module_span=_NOWHERE,
        line=0,
        context=Context.MODULE,
    )
