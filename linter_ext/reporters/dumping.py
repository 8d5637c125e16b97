"""JSON text with an item a line where readers look, made piece by piece, however long it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

_one_line = json.JSONEncoder(ensure_ascii=False).encode


class Written(str):
    """JSON text; a string that is not to be quoted."""

    __slots__ = ()


def on_one_line(document: object) -> Written:
    """Return a document as JSON text."""
    return Written(_one_line(document))


def on_lines(document: object, indent: str = "") -> Iterator[str]:
    """Yield a document as JSON text, with a line for each item of each object and array.

    Any iterable but text is an array; its items are asked for one after the other. What is
    `Written` stays as it is.

    Args:
        document: what `json` can write.
        indent:   what stands before each line but the first.
    """
    if isinstance(document, Written):
        yield document
    elif isinstance(document, Mapping):
        named = ((f"{_one_line(name)}: ", item) for name, item in document.items())
        yield from _enclosed("{", named, "}", indent)
    elif isinstance(document, Iterable) and not isinstance(document, str):
        yield from _enclosed("[", (("", item) for item in document), "]", indent)
    else:
        yield _one_line(document)


def _enclosed(
    opening: str, items: Iterable[tuple[str, object]], closing: str, indent: str
) -> Iterator[str]:
    deeper = f"{indent}  "
    before = opening
    for name, item in items:
        yield f"{before}\n{deeper}{name}"
        yield from on_lines(item, deeper)
        before = ","
    yield f"{opening}{closing}" if before == opening else f"\n{indent}{closing}"
