"""One line a violation and nothing else, as flake8 prints them, for editors and scripts."""

from __future__ import annotations

from collections.abc import Iterator

from linter_ext.reporters.result import Result


def render(result: Result) -> Iterator[str]:
    """Yield the violations, sorted, a line each."""
    return (f"{violation}\n" for violation in result.report.violations)
