"""The answers to whether a module or a name is there, and what is missing if it is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class State(Enum):
    """Whether something is there."""

    THERE = auto()
    MISSING = auto()
    UNKNOWN = auto()


class Lack(Enum):
    """Why something is not there."""

    NO_MODULE = auto()
    """No file or folder is the module."""
    NOT_A_PACKAGE = auto()
    """The module above is a file, which holds no submodules."""
    NO_NAME = auto()
    """The module binds no such name, and has no such submodule."""
    TYPING_ONLY = auto()
    """The name is bound under `TYPE_CHECKING` only."""
    LISTED_ONLY = auto()
    """`__all__` lists the name, but nothing binds it."""
    UNBOUND = auto()
    """The statement that binds the name never runs: an import before it, in a `try`, fails."""
    NOT_INSTALLED = auto()
    """No installed distribution offers the top-level module."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not there.

    Attributes:
        path:   the first dotted path that is missing (`app.gone` of `app.gone.sub`), by its
                first-party name; for NOT_A_PACKAGE the module that is no package.
        lack:   why.
        behind: what the module's `__getattr__` asks for in vain, as a dotted path; mostly empty.
    """

    path: str
    lack: Lack
    behind: str = ""


Answer = Gap | State
