"""`linter-ext check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click

from linter_ext import engine
from linter_ext.checking import Wanted, check_project
from linter_ext.cli import standard_output
from linter_ext.cli.configured import configured, tell_defaults, tell_problems, tell_surveyed
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.collecting import unseen_testpaths
from linter_ext.configuration import Configuration, in_file
from linter_ext.configuration_file import ConfigurationFile
from linter_ext.engine import Report
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.project import Project
from linter_ext.reporters import collection, json, text
from linter_ext.reporters.groups import Grouping
from linter_ext.reporters.result import Result
from linter_ext.rules.base import UnmatchedIgnoresError

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
    grouping: Grouping | None
    uncollectable: bool
    quiet: bool
    statistics: bool

    @property
    def wanted(self) -> Wanted:
        """What is to be found out."""
        by_cause = self.grouping is Grouping.CAUSE
        return Wanted(
            violations=self.output_format is Format.JSON or by_cause or not self.uncollectable,
            collection=self.uncollectable,
            causes=by_cause,
        )


def run_check(request: Request) -> ExitStatus:
    """Check, print the report on standard output, and return how the command ends."""
    try:
        _refuse_grouping(request)
        configuration, file = configured(request.config, request.contracts)
        if not request.uncollectable:
            _refuse_idle(configuration, file)
        paths = _relative(configuration.project, request.paths)
    except ConfigurationError as error:
        tell_problems(error.problems)
        return ExitStatus.USAGE
    if not request.quiet:
        _tell_scope(configuration, file, paths, request)
    result = check_project(configuration, paths, request.wanted, _track)
    _write(result, request)
    if request.uncollectable:
        failing = result.collection is not None and result.collection.uncollectable
        return ExitStatus.VIOLATIONS if failing else ExitStatus.CLEAN
    problems = list(_unmatched(configuration, result.report, quiet=request.quiet))
    if problems and file is not None:
        tell_problems(in_file(problems, file))
        return ExitStatus.USAGE
    return ExitStatus.CLEAN if result.report.is_clean else ExitStatus.VIOLATIONS


def _tell_scope(
    configuration: Configuration,
    file: ConfigurationFile | None,
    paths: Sequence[str] | None,
    request: Request,
) -> None:
    """Say on standard error what this run does not look at, although one might think so."""
    if file is None:
        is_silent = request.uncollectable and request.output_format is Format.TEXT
        (tell_surveyed if is_silent else tell_defaults)(configuration)
    if configuration.others and request.wanted.violations:
        plural = "contract" if configuration.others == 1 else "contracts"
        click.echo(
            f"{configuration.others} {plural} of other types: run lint-imports to check them.",
            err=True,
        )
    for path in paths or ():
        if not engine.select(configuration.project, [path]):
            click.echo(f"{path}: no file of the project; 'linter-ext files' lists them.", err=True)
    for path in unseen_testpaths(configuration.project) if request.wanted.collects else ():
        click.echo(
            f"{path}: in pytest's testpaths, but in no root package and no source path; "
            "add it to source_paths.",
            err=True,
        )


def _write(result: Result, request: Request) -> None:
    if request.output_format is Format.JSON:
        standard_output.write_utf_8(json.render(result))
        return
    if request.uncollectable and result.collection is not None:
        report = collection.render(
            result.collection, result.causes, quiet=request.quiet, statistics=request.statistics
        )
    else:
        report = text.render(
            result,
            grouping=request.grouping,
            quiet=request.quiet,
            statistics=request.statistics,
        )
    standard_output.write(report)


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


def _refuse_grouping(request: Request) -> None:
    """Refuse to group test files by what they do not belong to.

    Raises:
        ConfigurationError: if test files are to be grouped by contract.
    """
    if request.uncollectable and request.grouping is Grouping.CONTRACT:
        fact, remedy = "test files belong to no contract", "group them by cause or by file"
        raise ConfigurationError([Problem(fact=fact, remedy=remedy, key="--group-by")])


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
        except UnmatchedIgnoresError:
            for ignore in result.unmatched:
                yield Problem(
                    fact=f"no violation matches '{ignore}'",
                    remedy="remove the line, or set unmatched_ignore_imports_alerting = none",
                    key=f"contract '{contract.identifier}': ignore_imports",
                )


def _track(files: Sequence[str], label: str) -> Iterable[str]:
    """Go through the files, with a progress bar on a terminal if it may take long."""
    hidden = len(files) < _LONG_RUN or not sys.stderr.isatty()
    with click.progressbar(files, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield from bar
