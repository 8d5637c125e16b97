"""What somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def closest(wrong: str, choices: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """Return the choice that is most like a wrong one; None if none is like enough.

    Args:
        wrong:    what was written.
        choices:  what could have been.
        likeness: how much of it must be alike, from 0 to 1.
    """
    import difflib  # noqa: PLC0415 - most runs meet no misspelling

    close = difflib.get_close_matches(wrong, list(choices), n=1, cutoff=likeness)
    return close[0] if close else None
