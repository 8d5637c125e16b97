"""Methods that classes have for certain, read off a file's lines without parsing it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from linter_ext.source.blanked import STRINGS

_CLASS = r"\nclass[ ]+(?P<class>\w+)[^\n:#]*"
_METHOD = r"\n(?P<indent>[ ]+)(?:async[ ]+)?def[ ]+(?P<method>\w+)"
_MARGIN = r"(?P<margin>\n)(?=[^\s#)])"
_BODY = re.compile(r":[ ]*(?:#[^\n]*)?(?:\n[ ]*(?:#[^\n]*)?)*\n(?P<indent>[ ]+)[^\s#]")
"""From the end of a header on one line to the first line of the body."""


def find_plain_members(text: str) -> Mapping[str, frozenset[str]]:
    """Return names that `def` binds in the bodies of classes at the margin; not all of them.

    Private names, which Python mangles, are left out, and so are classes of one name.

    Args:
        text: what the file says, which is taken for valid Python.
    """
    found: dict[str, set[str]] = {}
    doubled: set[str] = set()
    own: set[str] = set()
    indent: str | None = None
    text = f"\n{text}"
    for match in _pattern().finditer(text):
        kind = match.lastgroup
        if kind == "class":
            body = _BODY.match(text, match.end())
            own, indent = set(), body["indent"] if body is not None else None
            doubled.update({match["class"]} & found.keys())
            found[match["class"]] = own
        elif kind == "method" and match["indent"] == indent:
            own.add(match["method"])
        elif kind == "margin":
            indent = None
    return {
        name: frozenset(filter(_is_public, each))
        for name, each in found.items()
        if name not in doubled
    }


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"{STRINGS}|{_CLASS}|{_METHOD}|{_MARGIN}", re.DOTALL)


def _is_public(name: str) -> bool:
    return not name.startswith("__")
