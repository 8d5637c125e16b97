"""Option lines of the shape `left => right`."""

from __future__ import annotations

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.names import is_dotted_name

_ARROW = "=>"


def split_arrow_line(line: str, *, remedy: str, both: bool = False) -> tuple[str, str]:
    """Return the two sides of the line, stripped; the right one is empty if there is none.

    Raises ConfigurationError, with the remedy given, if the line has two arrows, a side is no
    dotted name, the left side is missing, or the right one is where both are asked for.
    """
    line = line.strip()
    left, _, right = (part.strip() for part in line.partition(_ARROW))
    fact = _fault(line, left, right, both=both)
    if fact is not None:
        raise ConfigurationError([Problem(fact=fact, remedy=remedy)])
    return left, right


def _fault(line: str, left: str, right: str, *, both: bool) -> str | None:
    """Return what is wrong with the line, if anything."""
    if not line:
        return "the line is empty"
    if _ARROW in right:
        return f"'{line}' has more than one '{_ARROW}'"
    # A side that is no name says more than a missing arrow: `a -> b` has both faults.
    for side in (left, right):
        if side and not is_dotted_name(side):
            return f"'{side}' is not a dotted name"
    if not left or (both and not right):
        return f"'{line}' names nothing to the {'right' if left else 'left'} of '{_ARROW}'"
    return None
