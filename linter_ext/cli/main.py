"""The command line: options in, one function called, its exit status out."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from linter_ext import __version__
from linter_ext.cli.configured import tell_problems
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.interrupts import one_interrupt
from linter_ext.cli.standard_output import OutputError
from linter_ext.errors import ConfigurationError
from linter_ext.reporters.formats import Format
from linter_ext.reporters.grouping import Grouping
from linter_ext.tables.moves import Kind, Move

_SHOW_CURSOR = "\x1b[?25h"
"""Progress hides it, and an interrupt may come before it can show it again (DECTCEM)."""
_CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="The configuration file. The working directory is then the project root. "
    "Default: the nearest import-linter configuration, upward from here.",
)


_CONTRACT = click.option(
    "--contract",
    "contracts",
    metavar="ID",
    multiple=True,
    help="This contract only. May be given several times.",
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
    "--output",
    "outputs",
    metavar="FORMAT[=FILE]",
    multiple=True,
    help=f"Report as {', '.join(Format)}, to FILE or to standard output. May be given several "
    "times. Text goes to standard output unless another format does.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice([item.value for item in Format]),
    help="The same as --output FORMAT.",
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
@click.option(
    "--max-violations",
    "allowed",
    metavar="N",
    type=click.IntRange(min=0),
    help="End with status 1 only if there are more than N violations.",
)
@click.option(
    "--staged",
    is_flag=True,
    help="Check what git's index changes: report the changed files, or PATHS, and what the change "
    "makes wrong elsewhere.",
)
@click.option(
    "--strict-baseline/--no-strict-baseline",
    "strict",
    default=None,
    help="Report what the baseline knows and is not there any more. Default: where CI is set.",
)
@click.option(
    "--unused-noqa",
    is_flag=True,
    help="Report each code of ours in a noqa comment that hides nothing (IMC003).",
)
@click.option("--exit-zero", is_flag=True, help="End with status 0 even if there are violations.")
def check(
    *,
    paths: tuple[str, ...],
    config: Path | None,
    contracts: tuple[str, ...],
    outputs: tuple[str, ...],
    output_format: str | None,
    grouping: str | None,
    uncollectable: bool,
    quiet: bool,
    statistics: bool,
    allowed: int | None,
    exit_zero: bool,
    staged: bool,
    strict: bool | None,
    unused_noqa: bool,
) -> None:
    """Check the contracts.

    PATHS limit what is reported, not what is known. Exit status: 0 clean, 1 violations (with
    --uncollectable: test files that cannot be collected), 2 the command line or the
    configuration cannot be used, or a report cannot be written.
    """
    gc.disable()  # Syntax trees hold no cycles; looking for some doubles the time.
    values = outputs if output_format is None else (*outputs, output_format)

    def run() -> ExitStatus:
        from linter_ext.cli.check import Request, run_check
        from linter_ext.cli.outputs import read_outputs

        request = Request(
            paths=paths,
            config=config,
            contracts=contracts,
            outputs=read_outputs(values),
            grouping=Grouping(grouping) if grouping is not None else None,
            uncollectable=uncollectable,
            quiet=quiet,
            statistics=statistics,
            allowed=allowed,
            exit_zero=exit_zero,
            staged=staged,
            strict=strict,
            unused_noqa=unused_noqa,
        )
        return run_check(request)

    _end(run)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path())
@_CONFIG
@_CONTRACT
@click.option(
    "--code",
    "codes",
    metavar="CODE",
    multiple=True,
    help="Violations of this code, or of codes that begin so, only. May be given several times.",
)
@click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
@click.option(
    "--check", "checks", is_flag=True, help="End with status 1 if anything would; write nothing."
)
@click.option("--quiet", "-q", is_flag=True, help="Print what could not be fixed only.")
def fix(
    *,
    paths: tuple[str, ...],
    config: Path | None,
    contracts: tuple[str, ...],
    codes: tuple[str, ...],
    diff: bool,
    checks: bool,
    quiet: bool,
) -> None:
    """Apply the remedy of every violation that has one a machine can apply.

    A file is written only if its new text parses, binds the same names, breaks no contract,
    resolves no worse and closes no cycle of imports; otherwise it stays, and the reason is
    reported. Exit status: 0 all fixed, 1 something could not be fixed (with --check: or would
    be), 2 the command line or the configuration cannot be used.
    """
    gc.disable()  # Syntax trees hold no cycles; looking for some doubles the time.

    def run() -> ExitStatus:
        from linter_ext.cli.fix import FixRequest, run_fix

        request = FixRequest(
            paths=paths,
            config=config,
            contracts=contracts,
            codes=codes,
            diff=diff,
            check=checks,
            quiet=quiet,
        )
        return run_fix(request)

    _end(run)


@main.command()
@click.argument("subject", metavar="[CODE | PATH]", required=False)
@_CONFIG
def explain(subject: str | None, config: Path | None) -> None:
    """Explain a violation code, or where a dotted path leads. Without either, list the codes.

    Of a code: what, why, bad, good, how to fix. Of a path, such as package.module.Name: what the
    contracts say of it, with every move on its way, its reason, owner and dates.
    """

    def run() -> ExitStatus:
        from linter_ext.cli.explain import run_explain

        return run_explain(subject, config)

    _end(run)


@main.command()
@_CONFIG
@click.option("--left-out", is_flag=True, help="List the folders left out, and why, instead.")
def files(config: Path | None, left_out: bool) -> None:
    """List the files that are checked, with their module names."""

    def run() -> ExitStatus:
        from linter_ext.cli.files import run_files

        return run_files(config, left_out=left_out)

    _end(run)


@main.command()
@click.option("--diff", is_flag=True, help="Print what would be written, as a patch, instead.")
def init(*, diff: bool) -> None:
    """Write a first configuration for this repository, with what is wrong today made known.

    The working directory is the project root. Nothing that is there is overwritten.
    """
    gc.disable()  # As for a check, which it ends with.

    def run() -> ExitStatus:
        from linter_ext.cli.init import run_diff, run_init

        return run_diff() if diff else run_init()

    _end(run)


@main.group()
def baseline() -> None:
    """Freeze the violations of today: new ones fail, and what is mended must leave."""


@baseline.command()
@_CONFIG
@_CONTRACT
def write(config: Path | None, contracts: tuple[str, ...]) -> None:
    """Make all violations known, instead of those that were."""

    def run() -> ExitStatus:
        from linter_ext.cli.baseline import run_write

        return run_write(config, contracts)

    _end(run)


@baseline.command()
@_CONFIG
@_CONTRACT
def prune(config: Path | None, contracts: tuple[str, ...]) -> None:
    """Take out what is not there any more."""

    def run() -> ExitStatus:
        from linter_ext.cli.baseline import run_prune

        return run_prune(config, contracts)

    _end(run)


@baseline.command()
@_CONFIG
@_CONTRACT
def status(config: Path | None, contracts: tuple[str, ...]) -> None:
    """Print how many violations of each contract are known, new and gone."""

    def run() -> ExitStatus:
        from linter_ext.cli.baseline import run_status

        return run_status(config, contracts)

    _end(run)


@main.group()
def moves() -> None:
    """Write down which modules and names went where."""


_DATE = click.DateTime(formats=["%Y-%m-%d"])


@moves.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("--kind", type=click.Choice([item.value for item in Kind]), help="What moved.")
@click.option("--reason", help="Why it moved, or what to do where there is no replacement.")
@click.option("--owner", help="Whom to ask.")
@click.option("--date", type=_DATE, help="When it moved.")
@click.option("--remove-by", type=_DATE, help="The last day on which OLD may be used (IMC204).")
@click.option(
    "--file",
    metavar="FILE",
    help="The table file, one of those in the contract's 'moves'. Default: the first.",
)
@_CONFIG
@click.option("--contract", metavar="ID", help="The contract. Default: the one that has moves.")
def add(
    *,
    old: str,
    new: str | None,
    kind: str | None,
    reason: str | None,
    owner: str | None,
    date: datetime | None,
    remove_by: datetime | None,
    file: str | None,
    config: Path | None,
    contract: str | None,
) -> None:
    """Say that OLD is not to be used any more, but NEW; without NEW there is no replacement."""
    move = Move(
        old=old,
        new=new,
        kind=None if kind is None else Kind(kind),
        reason=reason,
        owner=owner,
        date=None if date is None else date.date(),
        remove_by=None if remove_by is None else remove_by.date(),
    )

    def run() -> ExitStatus:
        from linter_ext.cli.moves import AddRequest, run_add

        return run_add(AddRequest(move=move, config=config, contract=contract, file=file))

    _end(run)


def _end(command: Callable[[], ExitStatus]) -> NoReturn:
    """Run a command and exit as it says."""
    try:
        with one_interrupt():
            status = command()
    except ConfigurationError as error:
        tell_problems(error.problems)
        status = ExitStatus.USAGE
    except OutputError as error:
        click.echo(f"error: {error}", err=True)
        status = ExitStatus.USAGE
    except KeyboardInterrupt:
        click.echo(f"\n{_SHOW_CURSOR}Interrupted.", err=True)
        status = ExitStatus.INTERRUPTED
    sys.exit(status)
