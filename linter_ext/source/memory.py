"""Memory between one file and the next."""

from __future__ import annotations

_KEPT = 31 << 20
"""The C library keeps twice the largest block it has mapped so far, of up to 32 megabytes."""


def keep_freed_memory() -> None:
    """Have the memory that one syntax tree leaves serve the next.

    The GNU C library otherwise gives it back each time, and asks the system for it again page by
    page. It learns from the size of what it is given back; a block that is not written to costs
    nothing. No other C library minds.
    """
    bytes(_KEPT)
