"""Names that a module binds for certain, read off its lines without parsing it.

Statements at the margin run whenever the module is imported: no branch, no `try`, no
`TYPE_CHECKING` is around them. Strings and comments are passed over.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Set

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


def find_plain_names(text: str) -> frozenset[str]:
    """Return names that statements at the margin bind and none deletes; not all of them."""
    text = f"\n{text}"
    deleted = _deleted(text)
    if deleted is None:
        return frozenset()
    found: set[str] = set()
    for match in _pattern().finditer(text):
        kind = match.lastgroup
        if kind == "names":
            found.update(_imported(match["names"]))
        elif kind == "modules":
            found.update(map(_local_name, match["modules"].split(",")))
        elif kind == "targets":
            found.update(re.findall(r"\w+", match["targets"]))
        elif kind is not None:
            found.add(match[kind])
    return frozenset(found - deleted)


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
