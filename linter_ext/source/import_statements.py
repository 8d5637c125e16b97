"""Import statements, and the blocks they stand in, read off a file's lines without parsing it.

What is read is what the parser tells of the same text, if that is valid Python. Of what is
written in an unusual way nothing is told.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from linter_ext.source.blanked import blank
from linter_ext.source.circumstances import LEAVING
from linter_ext.source.facts import Context, Import, Span

_BLANK = r"(?:[ \t]|\\\n)"
_ANY_BLANK = r"(?:\s|\\\n)"
_WORD = "import"
_BEFORE = re.compile(r"( *)(?:from[ \t]+[\w.]+[ \t]+)?\Z")
"""What stands before that word on a line that begins with the statement."""

_HEAD = re.compile(r"(?:from[ \t]+(\.*)(\w[\w.]*|(?<=\.))[ \t]+)?import\b")
_END = r"(?=[;\n]|\Z)"
_NAMES = re.compile(rf"{_BLANK}*\(([^()\\;]*)\)[ \t]*{_END}|((?:[^\\\n;()]|\\\n)*){_END}")
_NAME = re.compile(rf"{_ANY_BLANK}*([\w.]+|\*)([ \t]+as[ \t]+(\w+))?{_ANY_BLANK}*")
_FUNCTION = re.compile(r"(?:async[ \t]+)?def\b|class\b")
_BLOCK = re.compile(r"(?:async[ \t]+)?(\w+)\b")
_BLOCKS = frozenset(
    "if elif else for while with try except finally match case".split()  # noqa: SIM905
)
_ENDING = re.compile(
    rf"(?:return|raise|continue|break)\b|(?:.*;[ \t]*(?:return|raise|continue|break)\b)"
    rf"|.*\b(?:{'|'.join(sorted(LEAVING))})[ \t]*\("
)
"""A line that may be, or hold, a statement that nothing in its block is executed after."""

_ENDING_MODULE = re.compile(rf"\n(?=\S|[ \t]+\.)(?:{_ENDING.pattern})")
_ODD_BLANKS = "\t\f"
_LINE = re.compile(r"^ *(?=[^ \n])", re.MULTILINE)
_HEDGING = frozenset({"try", "except"})
_BEGINNING = re.compile(r"(?:if|try|with|for|while|match|async|def|class)\b")
"""How compound statements begin."""

_MARGIN = re.compile(r"\n(?=[^\s#)])")


class Surroundings(NamedTuple):
    """The blocks that a statement stands in.

    Attributes:
        kinds:     the words that the blocks around it begin with; `def` for a class, too.
        may_fail:  whether a failure may be caught there.
        may_end:   whether something before it may leave a block.
    """

    kinds: frozenset[str]
    may_fail: bool
    may_end: bool

    @property
    def are_plain(self) -> bool:
        """Whether the statement simply runs, with the function or the module it stands in."""
        return not self.may_end and self.kinds <= {"def"}


class Statement(NamedTuple):
    """An import statement.

    Attributes:
        place:   where it begins in the text, from 0.
        imports: what it imports.
    """

    place: int
    imports: Sequence[Import]


class ImportStatements:
    """The import statements of one file.

    Args:
        text: what the file says.
    """

    def __init__(self, text: str) -> None:
        self._code = blank(text[: _end_of_imports(text)])

    @cached_property
    def statements(self) -> Sequence[Statement] | None:
        """The statements, in the order of the text; None if they cannot be told.

        Contexts tell no more than whether a statement stands at the margin.
        """
        found: list[Statement] = []
        line, last = 1, 0
        for place in self._places():
            start = self._code.rfind("\n", 0, place) + 1
            before = _BEFORE.match(self._code, start, place)
            if before is None or self._code[max(start - 2, 0) : start] == "\\\n":
                return None
            line += self._code.count("\n", last, start)
            last = start
            context = Context.FUNCTION if before[1] else Context.MODULE
            items = self._read(before.end(1), line, context)
            if items is None:
                return None
            found.append(Statement(before.end(1), items))
        return found

    def _places(self) -> Iterator[int]:
        """Yield where the word stands that every import statement has, and no other."""
        code = self._code
        place = code.find(_WORD)
        while place >= 0:
            end = place + len(_WORD)
            around = code[place - 1 : place] + code[end : end + 1]
            if not any(character.isalnum() or character == "_" for character in around):
                yield place
            place = code.find(_WORD, end)

    def around(self, statement: Statement) -> Surroundings | None:
        """Return what a statement stands in; None if that cannot be told."""
        place = statement.place
        if self._code[max(place - 1, 0) : place] in ("", "\n"):
            return Surroundings(frozenset(), may_fail=False, may_end=place > self._first_end)
        places, depths = self._lines
        number = bisect.bisect_left(places, place)
        depth = depths[number]
        kinds: set[str] = set()
        may_fail = may_end = False
        while depth and number:
            number -= 1
            found = depths[number]
            if found <= depth and self._code[places[number]] in _ODD_BLANKS:
                return None
            if found == depth:
                may_end = may_end or _ENDING.match(self._code, places[number]) is not None
            elif found < depth:
                kind = self._kind(places[number])
                if kind is None:
                    return None
                if kind:
                    depth = found
                    kinds.add(kind)
                    may_fail = may_fail or self._catches(kind, places[number])
        may_end = may_end or places[number] > self._first_end
        return Surroundings(frozenset(kinds), may_fail, may_end)

    def beginning(self, statement: Statement) -> int | None:
        """Return where the statement at the margin begins that an inner one stands in.

        None, if that cannot be told, or if something before it may leave the module.
        """
        places, depths = self._lines
        number = bisect.bisect_left(places, statement.place)
        while number:
            number -= 1
            place = places[number]
            if not depths[number] and _BEGINNING.match(self._code, place):
                return place if place <= self._first_end else None
        return None

    def _kind(self, start: int) -> str | None:
        """Return how the block begins that a line opens; nothing if it goes on with another line.

        None, if that cannot be told.
        """
        if _FUNCTION.match(self._code, start):
            return "def"
        word = _BLOCK.match(self._code, start)
        if word is None or word[1] not in _BLOCKS:
            return ""
        end = self._code.find("\n", start)
        return word[1] if self._code[start:end].rstrip().endswith(":") else None

    def _catches(self, kind: str, start: int) -> bool:
        line = self._code[start : self._code.find("\n", start)]
        return kind in _HEDGING or (kind == "with" and "suppress" in line)

    @cached_property
    def _lines(self) -> tuple[Sequence[int], Sequence[int]]:
        """Where the lines begin that hold code, past the blanks, and how many blanks those are."""
        found = [match.span() for match in _LINE.finditer(self._code)]
        return [end for _, end in found], [end - start for start, end in found]

    @cached_property
    def _first_end(self) -> int:
        """Where something may end the module, at the earliest."""
        found = _ENDING_MODULE.search(f"\n{self._code}")
        return len(self._code) if found is None else found.start()

    def _read(self, start: int, line: int, context: Context) -> Sequence[Import] | None:
        """Return what a statement imports; None if it is written in an unusual way."""
        head = _HEAD.match(self._code, start)
        names = _NAMES.match(self._code, head.end()) if head is not None else None
        if head is None or names is None or not self._code[start : names.end()].isascii():
            return None
        found: list[Import] = []
        for name in self._names(*names.span(1 if names[1] is not None else 2)):
            if name is None:
                return None
            first = line + self._code.count("\n", start, name.start(1))
            span = self._span(name.start(1), name.end(2) if name[2] else name.end(1), first)
            if head[1] is None:
                module_span = self._span(name.start(1), name.end(1), first)
                item = Import(name[1], None, name[3], 0, span, module_span, line, context)
            else:
                module_span = self._span(head.start(1), head.end(2), line)
                level = len(head[1])
                item = Import(head[2], name[1], name[3], level, span, module_span, line, context)
            found.append(item)
        return found or None

    def _names(self, start: int, end: int) -> Iterator[re.Match[str] | None]:
        """Yield each of several names with their aliases; None for what is none."""
        while start < end:
            following = self._code.find(",", start, end)
            following = end if following < 0 else following
            if following < end or self._code[start:end].strip():
                yield _NAME.fullmatch(self._code, start, following)
            start = following + 1

    def _span(self, start: int, end: int, line: int) -> Span:
        before = self._code.rfind("\n", 0, start)
        return Span(line, start - before, line, end - before)


def _end_of_imports(text: str) -> int:
    """Return where the statement at the margin ends, or a later one, that the last import is in."""
    last = text.rfind(_WORD)
    following = _MARGIN.search(text, last) if last >= 0 else None
    return len(text) if following is None else following.start()
