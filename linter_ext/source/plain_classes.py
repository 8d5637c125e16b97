"""Classes, and methods that they have for certain, read off a file's lines without parsing it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from linter_ext.source.blanked import STRINGS

_CLASS = r"\nclass[ ]+(?P<class>\w+)(?:\((?P<bases>[\w., ]*))?[^\n:#]*"
_METHOD = r"\n(?P<indent>[ ]+)(?:async[ ]+)?def[ ]+(?P<method>\w+)"
_MARGIN = r"(?P<margin>\n)(?=[^\s#)])"
_BODY = re.compile(r":[ ]*(?:#[^\n]*)?(?:\n[ ]*(?:#[^\n]*)?)*\n(?P<indent>[ ]+)[^\s#]")
"""From the end of a header on one line to the first line of the body."""

_BASE = re.compile(r"(?:^|,)\s*([^\W\d][\w.]*)\s*(?=,|$)")


class PlainClass(NamedTuple):
    """What the text of a class at the margin tells.

    Attributes:
        bases:   bases of it, as dotted names; not all of them.
        methods: names that `def` binds in its body; not all of them, and none that Python mangles.
    """

    bases: tuple[str, ...]
    methods: frozenset[str]


def find_plain_classes(text: str) -> Mapping[str, PlainClass]:
    """Return the classes at the margin, but for those of one name.

    Args:
        text: what the file says, which is taken for valid Python.
    """
    found: dict[str, tuple[str, set[str]]] = {}
    doubled: set[str] = set()
    own: set[str] = set()
    indent: str | None = None
    text = f"\n{text}"
    for match in _pattern().finditer(text):
        kind = match.lastgroup
        if kind in ("class", "bases"):
            body = _BODY.match(text, match.end())
            own, indent = set(), body["indent"] if body is not None else None
            doubled.update({match["class"]} & found.keys())
            found[match["class"]] = _bases_of(match, text), own
        elif kind == "method" and match["indent"] == indent:
            own.add(match["method"])
        elif kind == "margin":
            indent = None
    return {
        name: PlainClass(tuple(_BASE.findall(bases)), frozenset(filter(_is_public, methods)))
        for name, (bases, methods) in found.items()
        if name not in doubled
    }


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"{STRINGS}|{_CLASS}|{_METHOD}|{_MARGIN}", re.DOTALL)


def _bases_of(header: re.Match[str], text: str) -> str:
    """Return the bases as they are written, as far as they are dotted names.

    The last one, if something follows that is none, may be a part of it.
    """
    bases = header["bases"] or ""
    is_whole = text.startswith((")", ","), header.end("bases"))
    return bases if is_whole else bases.rpartition(",")[0]


def _is_public(name: str) -> bool:
    return not name.startswith("__")
