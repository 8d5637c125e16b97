"""A page for each code: what, why, bad, good, how to fix."""

from __future__ import annotations

from importlib.resources import files

from linter_ext.codes import Code


def page(code: Code) -> str:
    """Return the code's page, as Markdown."""
    return (files(__name__) / f"{code}.md").read_text(encoding="utf-8")
