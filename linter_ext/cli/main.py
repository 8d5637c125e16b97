"""The command line: options in, one function called, its exit status out."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from linter_ext import __version__
from linter_ext.cli.check import Format, Request, run_check
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.explain import run_explain
from linter_ext.cli.files import run_files
from linter_ext.cli.standard_output import OutputError
from linter_ext.reporters.groups import Grouping

_CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="The configuration file. The working directory is then the project root. "
    "Default: the nearest import-linter configuration, upward from here.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="linter-ext %(version)s")
def main() -> None:
    """Keep the imports of a large Python codebase right.

    Contracts are import-linter's, in its own configuration; lint-imports and flake8 report
    the same violations.
    """


@main.command()
@click.argument("paths", nargs=-1, type=click.Path())
@_CONFIG
@click.option(
    "--contract",
    "contracts",
    metavar="ID",
    multiple=True,
    help="Check this contract only. May be given several times.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice([item.value for item in Format]),
    default=Format.TEXT.value,
    show_default=True,
    help="How to report.",
)
@click.option(
    "--group-by",
    "grouping",
    type=click.Choice([item.value for item in Grouping]),
    help="Report under headings: by what is missing (what mends most comes first), by file, "
    "by contract.",
)
@click.option(
    "--uncollectable",
    is_flag=True,
    help="Report the test files that pytest cannot collect, each with what stops it.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print violations only.")
@click.option("--statistics", is_flag=True, help="Count the violations of each code.")
def check(
    *,
    paths: tuple[str, ...],
    config: Path | None,
    contracts: tuple[str, ...],
    output_format: str,
    grouping: str | None,
    uncollectable: bool,
    quiet: bool,
    statistics: bool,
) -> None:
    """Check the contracts of our types.

    PATHS limit what is reported, not what is known. Exit status: 0 clean, 1 violations (with
    --uncollectable: test files that cannot be collected), 2 the command line or the
    configuration cannot be used.
    """
    gc.disable()  # Syntax trees hold no cycles; looking for some doubles the time.
    request = Request(
        paths=paths,
        config=config,
        contracts=contracts,
        output_format=Format(output_format),
        grouping=Grouping(grouping) if grouping is not None else None,
        uncollectable=uncollectable,
        quiet=quiet,
        statistics=statistics,
    )
    _end(lambda: run_check(request))


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a violation code: what, why, bad, good, how to fix. Without CODE, list them."""
    _end(lambda: run_explain(code))


@main.command()
@_CONFIG
@click.option("--left-out", is_flag=True, help="List the folders left out, and why, instead.")
def files(config: Path | None, left_out: bool) -> None:
    """List the files that are checked, with their module names."""
    _end(lambda: run_files(config, left_out=left_out))


def _end(command: Callable[[], ExitStatus]) -> NoReturn:
    """Run a command and exit as it says."""
    try:
        sys.exit(command())
    except OutputError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(ExitStatus.USAGE)
    except KeyboardInterrupt:
        click.echo("\nInterrupted.", err=True)
        sys.exit(ExitStatus.INTERRUPTED)
