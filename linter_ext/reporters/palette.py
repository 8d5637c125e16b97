"""The colours of the report for people (ECMA-48, "SGR"); none of them carries meaning alone."""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """What is written before each kind of text, and after all of them.

    Attributes:
        heading: a heading of a group.
        path:    the file of a violation.
        code:    the code of a violation.
        kept:    the fate of a contract that is kept.
        broken:  the fate of a contract that is broken.
        end:     back to plain text.
    """

    heading: str
    path: str
    code: str
    kept: str
    broken: str
    end: str


PLAIN = Palette("", "", "", "", "", "")
COLOURED = Palette(
    heading="\x1b[1m",
    path="\x1b[1m",
    code="\x1b[1;31m",
    kept="\x1b[32m",
    broken="\x1b[31m",
    end="\x1b[0m",
)
