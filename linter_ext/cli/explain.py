"""`linter-ext explain`."""

from __future__ import annotations

import difflib

import click

from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.configured import tell_problems
from linter_ext.codes import Code
from linter_ext.errors import Problem
from linter_ext.pages import page


def run_explain(code: str | None) -> ExitStatus:
    """Print the page of a code, or the list of codes."""
    if code is None:
        for item in Code:
            click.echo(f"{item}  {item.summary}")
        return ExitStatus.CLEAN
    try:
        found = Code(code.upper())
    except ValueError:
        close = difflib.get_close_matches(code.upper(), list(Code), n=1)
        remedy = f"did you mean '{close[0]}'?" if close else "'linter-ext explain' lists them"
        tell_problems([Problem(fact=f"there is no code '{code}'", remedy=remedy)])
        return ExitStatus.USAGE
    click.echo(page(found), nl=False)
    return ExitStatus.CLEAN
