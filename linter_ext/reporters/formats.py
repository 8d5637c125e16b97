"""The formats of a report, and what makes each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from linter_ext.reporters import concise, github, gitlab, json, junit, markdown, sarif
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


REPORTERS: Mapping[Format, Callable[[Result], Iterator[str]]] = {
    Format.CONCISE: concise.render,
    Format.JSON: json.render,
    Format.SARIF: sarif.render,
    Format.GITHUB: github.render,
    Format.GITLAB: gitlab.render,
    Format.JUNIT: junit.render,
    Format.MARKDOWN: markdown.render,
}
"""All but text, which has options of its own."""
