"""A file's bytes with another text in them: encoding, byte order mark and line ends stay."""

from __future__ import annotations

import difflib
import io
import re
import tokenize
from codecs import BOM_UTF8
from collections.abc import Sequence
from typing import NamedTuple

from linter_ext.source.text import decode

_LINE = re.compile(r"[^\r\n]*(?:(\r\n|\r|\n)|\Z)")


def rewritten(data: bytes, text: str) -> bytes | None:
    """Return what a file is to hold for its text to be another one.

    A new line ends as the lines around it do.

    Args:
        data: what it holds; Python source that can be decoded (PEP 263).
        text: the other text, its lines ended by line feeds.

    Returns:
        None, if the text cannot be written in the file's encoding, or the file's own text
        cannot be brought back to the bytes it was read from.
    """
    raw = read_raw(data)
    if raw.text.encode(raw.encoding) != data.removeprefix(raw.mark):
        return None  # An encoding that can say one thing in two ways.
    try:
        return raw.mark + _ended_like(raw.text, decode(data), text).encode(raw.encoding)
    except UnicodeEncodeError:
        return None


class RawText(NamedTuple):
    """A file's text, its lines ended as they are in the file.

    Attributes:
        mark:     the byte order mark, if there is one.
        encoding: the encoding of what follows.
        text:     the text.
    """

    mark: bytes
    encoding: str
    text: str


def read_raw(data: bytes) -> RawText:
    """Return the text of a Python file that can be decoded (PEP 263)."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    encoding = "utf-8" if encoding == "utf-8-sig" else encoding
    return RawText(mark, encoding, data.removeprefix(mark).decode(encoding))


def _ended_like(raw: str, old: str, new: str) -> str:
    """Return the new text with the line ends that the old one has in the raw text."""
    if "\r" not in raw:
        return new
    ends = [found[1] or "" for found in _LINE.finditer(raw)]
    lines = new.split("\n")
    if len(set(ends) - {""}) == 1:
        return ends[0].join(lines)
    chosen = _ends_of(old.split("\n"), lines, ends)
    return "".join(f"{line}{end}" for line, end in zip(lines, chosen, strict=True))


def _ends_of(old: Sequence[str], new: Sequence[str], ends: Sequence[str]) -> list[str]:
    """Return how each new line ends."""
    chosen: list[str] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        there = [*ends[start:end], ends[min(max(start - 1, 0), len(ends) - 1)]]
        chosen += (there[min(at, len(there) - 1)] for at in range(last - first))
    *before, _ = chosen
    return [*(end or "\n" for end in before), ""]
