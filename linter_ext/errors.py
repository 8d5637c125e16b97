"""What can be wrong with the configuration, told in one line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake of the user's: where it stands, what it is, the way out.

    Attributes:
        fact:   what is wrong, without a full stop.
        remedy: what to do about it, without a full stop.
        file:   the file at fault, relative to the project root, forward slashes.
        line:   the line at fault (1-based).
        key:    the option or table key at fault.
    """

    fact: str
    remedy: str
    file: str | None = None
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        """Return the problem as one line: `file:line: key: fact; remedy`."""
        place = self.file
        if place is not None and self.line is not None:
            place = f"{place}:{self.line}"
        parts = [part for part in (place, self.key, f"{self.fact}; {self.remedy}") if part]
        return " ".join(": ".join(parts).split())


class LinterExtError(Exception):
    """Base class of every error this package raises on purpose."""


class ConfigurationError(LinterExtError):
    """The configuration, or a table file it names, cannot be used.

    Attributes:
        problems: every mistake found, at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
