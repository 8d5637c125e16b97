"""Which `except` catches which exception, as far as their names tell."""

from __future__ import annotations

import builtins
from collections.abc import Iterable

_OUTCOMES = frozenset({"Skipped", "Failed"})
"""Exceptions of pytest that are no `Exception`."""


def may_catch(caught: Iterable[str] | None, error: str) -> bool:
    """Return whether a handler may catch an exception.

    Args:
        caught: the names of the classes that it catches; None for all of them.
        error:  the name of the exception's class; empty if it is not known.
    """
    return caught is None or any(_is_kind(error, name) for name in caught)


def _is_kind(error: str, name: str) -> bool:
    if not error or name in (error, "BaseException"):
        return True
    if error in _OUTCOMES:
        return False
    kind, caught = getattr(builtins, error, None), getattr(builtins, name, None)
    if isinstance(kind, type) and isinstance(caught, type):
        return issubclass(kind, caught)
    if isinstance(kind, type):
        return name.isupper()  # A constant that holds classes: of which, is not known.
    return name == "Exception" or caught is None
