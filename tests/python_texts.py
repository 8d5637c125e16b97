"""What a text of Python holds, whatever it means."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections import Counter


def parses(data: bytes) -> bool:
    """Return whether it is valid Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(data)
        except (SyntaxError, ValueError):
            return False
    return True


def comments(data: bytes) -> Counter[str]:
    """Return its comments, each with its number."""
    lines = io.BytesIO(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    tokens = tokenize.tokenize(lines.readline)
    return Counter(token.string for token in tokens if token.type == tokenize.COMMENT)
