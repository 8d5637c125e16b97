"""Names that a module binds for certain, read off its lines without parsing it.

Statements at the margin run whenever the module is imported: no branch, no `try`, no
`TYPE_CHECKING` is around them. Strings and comments are passed over.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Set

from linter_ext.source.blanked import STRINGS

_DEFINITION = r"(?:async[ ]+def|def|class)[ ]+(?P<defined>\w+)"
_FROM = r"from[ ]+[\w.]+[ ]+import[ ]+(?P<names>\([^)]*\)|[^\n(;]*)"
_IMPORT = r"import[ ]+(?P<modules>[\w., ]+)(?=[;\n#]|$)"
_ASSIGNMENT = (
    r"(?<![,(\[{\\]\n)(?!(?:try|except|else|finally)\b)"
    r"(?:(?P<targets>\w++(?:[ ]*+[,=][ ]*+\w++)+)[ ]*+,?[ ]*+=(?!=)"
    r"|(?P<assigned>\w+)[ ]*(?::[^=\n#]*)?=(?!=))"
)
_AT_MARGIN = rf"\n(?=[^\W\d])(?:{_DEFINITION}|{_FROM}|{_IMPORT}|{_ASSIGNMENT})"
_COMMENT = r"#[^\n]*"
_LAST_WORD = r"(\w+)\s*(?:,|\)|$)"


@functools.cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern. Each of its branches begins with a character, which makes it fast."""
    return re.compile(f"{STRINGS}|{_AT_MARGIN}", re.DOTALL)


@functools.cache
def _deletion_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a deletion, and of one whose names can be told."""
    deletion = r"(?:^|;[ \t]*)del\b"
    told = rf"{deletion}([\w, \t]+)(?:$|#|;)"
    return re.compile(deletion, re.MULTILINE), re.compile(told, re.MULTILINE)


@functools.cache
def _names_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_COMMENT), re.compile(_LAST_WORD)


class PlainNames:
    """Names that statements at the margin bind and none deletes; not all of them.

    The text is read no further than to the name that is asked for.
    """

    def __init__(self, text: str) -> None:
        text = f"\n{text}"
        deleted = _deleted(text)
        self._found: set[str] = set()
        self._left = _names_in(text, deleted) if deleted is not None else iter(())

    def __contains__(self, name: str) -> bool:
        """Return whether the name is one of them."""
        return name in self._found or any(name == found for found in self._further())

    def __iter__(self) -> Iterator[str]:
        """Yield all of them, in no order."""
        for _ in self._further():
            pass
        yield from self._found

    def _further(self) -> Iterator[str]:
        for found in self._left:
            self._found.add(found)
            yield found


def _names_in(text: str, deleted: Set[str]) -> Iterator[str]:
    """Yield the names that are bound, but for those that are deleted."""
    for match in _pattern().finditer(text):
        kind = match.lastgroup
        if kind is None:  # A string or a comment.
            continue
        names: Iterable[str] = [match[kind]]
        if kind == "names":
            names = _imported(match["names"])
        elif kind == "modules":
            names = map(_local_name, match["modules"].split(","))
        elif kind == "targets":
            names = re.findall(r"\w+", match["targets"])
        yield from (name for name in names if name not in deleted)


def _deleted(text: str) -> Set[str] | None:
    """Return the names that are deleted at the margin; None if that cannot be told."""
    if "\ndel" not in text and not (";" in text and (";del" in text or "; del" in text)):
        return frozenset()
    deletion, told = _deletion_patterns()
    found = told.findall(text)
    if len(found) != len(deletion.findall(text)):
        return None
    return {name.strip() for names in found for name in names.split(",")}


def _imported(names: str) -> list[str]:
    """Return what `from … import` binds by the text after it; nothing, if it is on two lines."""
    comment, last_word = _names_pattern()
    return [] if "\\" in names else last_word.findall(comment.sub("", names))


def _local_name(module: str) -> str:
    """Return what `import module` binds, be it `a.b` or `a.b as c`."""
    path, *alias = module.split()
    return alias[-1] if alias else path.partition(".")[0]
