"""What a comment or a heading says about the imports it stands by."""

from __future__ import annotations

import datetime
import re

# Underscores around a word are markup (`_deprecated_`), inside one they are not.
_MARK = re.compile(
    r"""
    (?P<negation> \b (?: not | non | no \s+ longer ) [\s*`_-]+ )?
    (?<!\w) _*
    (?: deprecated | deprecation | deprecate
      | compat | compatibility | backwards? [\s-]+ compatible )
    _* (?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_VERIFIED = re.compile(r"\bverified(?:[\W_]+on)?[\W_]*(\d{4}-\d{2}-\d{2})(?!\d)", re.IGNORECASE)


def says_second_path(text: str) -> bool:
    """Return whether the text says deprecated or compatibility, and does not negate it."""
    return any(not found["negation"] for found in _MARK.finditer(text))


def verified_date(text: str) -> datetime.date | None:
    """Return the ISO date that follows the word `verified`, if there is a valid one."""
    for found in _VERIFIED.finditer(text):
        try:
            return datetime.date.fromisoformat(found[1])
        except ValueError:
            continue
    return None
