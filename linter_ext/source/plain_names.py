"""Names that a module binds for certain, read off its lines without parsing it.

Statements at the margin run whenever the module is imported: no branch, no `try`, no
`TYPE_CHECKING` is around them. Strings and comments are passed over.
"""

from __future__ import annotations

import functools
import re

_STRINGS = (
    r"#[^\n]*"
    r'|"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'
    r"|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
)
_DEFINITION = r"\n(?:async[ ]+def|def|class)[ ]+(?P<defined>\w+)"
_ASSIGNMENT = (
    r"(?<![,(\[{\\])\n(?!(?:try|except|else|finally)\b)(?P<assigned>\w+)[ ]*(?::[^=\n#]*)?=(?!=)"
)
_FROM = r"\nfrom[ ]+[\w.]+[ ]+import[ ]+(?P<names>\([^)]*\)|[^\n(;]*)"
_DELETING = ("\ndel", ";del", "; del")
_COMMENT = r"#[^\n]*"
_LAST_WORD = r"(\w+)\s*(?:,|\)|$)"


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join((_STRINGS, _DEFINITION, _ASSIGNMENT, _FROM)), re.DOTALL)


@functools.cache
def _deletion_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:^|;[ \t]*)del\b", re.MULTILINE)


@functools.cache
def _names_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_COMMENT), re.compile(_LAST_WORD)


def find_plain_names(text: str) -> frozenset[str]:
    """Return names that statements at the margin bind; not all of them.

    None, where something at the margin is deleted again.
    """
    text = f"\n{text}"
    if any(word in text for word in _DELETING) and _deletion_pattern().search(text):
        return frozenset()
    found: set[str] = set()
    for match in _pattern().finditer(text):
        kind = match.lastgroup
        if kind == "names":
            found.update(_imported(match["names"]))
        elif kind is not None:
            found.add(match[kind])
    return frozenset(found)


def _imported(names: str) -> list[str]:
    """Return what `from … import` binds by the text after it; nothing, if it is on two lines."""
    comment, last_word = _names_pattern()
    return [] if "\\" in names else last_word.findall(comment.sub("", names))
