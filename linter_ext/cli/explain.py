"""`linter-ext explain`."""

from __future__ import annotations

from linter_ext.cli import standard_output
from linter_ext.cli.configured import tell_problems
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.codes import Code
from linter_ext.errors import Problem
from linter_ext.pages import page
from linter_ext.spelling import closest

_LIKENESS = 0.75
"""Codes differ in few digits; those of other tools are not meant."""


def run_explain(code: str | None) -> ExitStatus:
    """Print the page of a code, or the list of codes."""
    if code is None:
        standard_output.write("".join(f"{item}  {item.summary}\n" for item in Code))
        return ExitStatus.CLEAN
    try:
        found = Code(code.upper())
    except ValueError:
        close = closest(code.upper(), Code, likeness=_LIKENESS)
        remedy = f"did you mean '{close}'?" if close else "'linter-ext explain' lists them"
        tell_problems([Problem(fact=f"there is no code '{code}'", remedy=remedy)])
        return ExitStatus.USAGE
    standard_output.write(page(found))
    return ExitStatus.CLEAN
