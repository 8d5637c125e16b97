"""String literals that spell a dotted path, with another path in them."""

from __future__ import annotations

import re

_LITERAL = re.compile(r"""(?P<head>[rRuU]?(?P<quote>\"{3}|'{3}|["']))(?P<path>[\w.:]+)(?P=quote)""")


def respelt(literal: str, old: str, new: str) -> str | None:
    """Return a string literal with another path in it; None if it does not spell the old one.

    Args:
        literal: as it stands in the text.
        old:     the path in it; a colon may stand before the object in the module.
        new:     the other path.
    """
    found = _LITERAL.fullmatch(literal)
    if found is None or found["path"].replace(":", ".") != old:
        return None
    _, colon, inner = found["path"].partition(":")
    if not colon:
        return f"{found['head']}{new}{found['quote']}"
    parts = new.split(".")
    at = len(parts) - inner.count(".") - 1
    if at < 1:
        return None
    return f"{found['head']}{'.'.join(parts[:at])}:{'.'.join(parts[at:])}{found['quote']}"
