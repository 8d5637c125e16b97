"""`linter-ext check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click
from importlinter.domain.helpers import MissingImport

from linter_ext import engine
from linter_ext.cli import standard_output
from linter_ext.cli.configured import configured, tell_defaults, tell_problems
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.configuration import Configuration, in_file
from linter_ext.configuration_file import ConfigurationFile
from linter_ext.engine import Report
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.project import Project
from linter_ext.reporters import json, text
from linter_ext.reporters.result import ContractResult, Result

_LONG_RUN = 500


class Format(StrEnum):
    """How to report."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line asks for."""

    paths: tuple[str, ...]
    config: Path | None
    contracts: tuple[str, ...]
    output_format: Format
    quiet: bool
    statistics: bool


def run_check(request: Request) -> ExitStatus:
    """Check, print the report on standard output, and return how the command ends."""
    try:
        configuration, file = configured(request.config, request.contracts)
        _refuse_idle(configuration, file)
        paths = _relative(configuration.project, request.paths)
    except ConfigurationError as error:
        tell_problems(error.problems)
        return ExitStatus.USAGE
    if not request.quiet:
        _tell_scope(configuration, file, paths)
    report = engine.check(configuration.project, configuration.contracts, paths, _track)
    result = _result(configuration, report)
    _write(result, request)
    problems = list(_unmatched(configuration, report, quiet=request.quiet))
    if problems and file is not None:
        tell_problems(in_file(problems, file))
        return ExitStatus.USAGE
    return ExitStatus.CLEAN if report.is_clean else ExitStatus.VIOLATIONS


def _tell_scope(
    configuration: Configuration, file: ConfigurationFile | None, paths: Sequence[str] | None
) -> None:
    """Say on standard error what this run does not look at, although one might think so."""
    if file is None:
        tell_defaults(configuration)
    if configuration.others:
        plural = "contract" if configuration.others == 1 else "contracts"
        click.echo(
            f"{configuration.others} {plural} of other types: run lint-imports to check them.",
            err=True,
        )
    for path in paths or ():
        if not engine.select(configuration.project, [path]):
            click.echo(f"{path}: no file of the project; 'linter-ext files' lists them.", err=True)


def _write(result: Result, request: Request) -> None:
    if request.output_format is Format.JSON:
        standard_output.write_utf_8(json.render(result))
    else:
        report = text.render(result, quiet=request.quiet, statistics=request.statistics)
        standard_output.write(report)


def _result(configuration: Configuration, report: Report) -> Result:
    contracts = zip(configuration.contracts, report.results, strict=True)
    return Result(
        report,
        tuple(
            ContractResult(
                name=contract.name,
                type=str(contract.contract_options["type"]),
                guidance=contract.broken_contract_guidance,
                result=result,
            )
            for contract, result in contracts
        ),
    )


def _relative(project: Project, paths: Sequence[str]) -> list[str] | None:
    """Return the paths from the project root; None for no paths, which means all files.

    Raises:
        ConfigurationError: for paths that do not exist, or lie outside the project root.
    """
    if not paths:
        return None
    found: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        relative = project.relative(path)
        if not os.path.lexists(path):
            fact, remedy = "there is no such file or folder", "correct the path"
            problems.append(Problem(fact=fact, remedy=remedy, file=path))
        elif relative is None:
            fact = f"the path lies outside the project root '{project.root.as_posix()}'"
            problems.append(Problem(fact=fact, remedy="name a path below it", file=path))
        else:
            found.append(relative)
    if problems:
        raise ConfigurationError(problems)
    return found


def _refuse_idle(configuration: Configuration, file: ConfigurationFile | None) -> None:
    """Refuse a configuration in which there is nothing to do.

    Raises:
        ConfigurationError: if no contract is of our types.
    """
    if file is not None and not configuration.contracts:
        fact = "no contract to check is of linter-ext's types"
        remedy = "add one, as the README shows, or run lint-imports for the others"
        raise ConfigurationError(in_file([Problem(fact=fact, remedy=remedy)], file))


def _unmatched(configuration: Configuration, report: Report, *, quiet: bool) -> Iterator[Problem]:
    """Yield the lines of `ignore_imports` that hide nothing, as each contract wants them told."""
    for contract, result in zip(configuration.contracts, report.results, strict=True):
        try:
            for warning in contract.warnings(result):
                if not quiet:
                    click.echo(f"warning: contract '{contract.identifier}': {warning}", err=True)
        except MissingImport:
            for ignore in result.unmatched:
                yield Problem(
                    fact=f"no violation matches '{ignore}'",
                    remedy="remove the line, or set unmatched_ignore_imports_alerting = none",
                    key=f"contract '{contract.identifier}': ignore_imports",
                )


def _track(files: Sequence[str]) -> Iterable[str]:
    """Go through the files, with a progress bar on a terminal if it may take long."""
    hidden = len(files) < _LONG_RUN or not sys.stderr.isatty()
    with click.progressbar(files, label="Checking", file=sys.stderr, hidden=hidden) as bar:
        yield from bar
