"""The formats of a report, and what makes each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter_ext.reporters.result import Result


class Format(StrEnum):
    """How to report."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    MARKDOWN = "markdown"

    @property
    def is_for_people(self) -> bool:
        """Whether it is read where it is printed, in the terminal's own encoding."""
        return self in (Format.TEXT, Format.CONCISE)

    @property
    def tells_collection(self) -> bool:
        """Whether it has a place for test files that cannot be collected."""
        return self in (Format.TEXT, Format.JSON, Format.MARKDOWN)


def reporter(name: Format) -> Callable[[Result], Iterator[str]]:
    """Return what makes a report, but for text, which has options of its own.

    No other is loaded: some take long.
    """
    render: Callable[[Result], Iterator[str]] = import_module(f"linter_ext.reporters.{name}").render
    return render
