"""`linter-ext check`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linter_ext import engine
from linter_ext.acceptance import is_strict_by_default
from linter_ext.checking import Wanted, check_project
from linter_ext.cli.configured import configured, tell_defaults, tell_problems, tell_surveyed
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.outputs import Output
from linter_ext.cli.paths import relative_paths
from linter_ext.cli.progress import track
from linter_ext.cli.reports import Layout, write_reports
from linter_ext.configuration import Configuration, in_file
from linter_ext.configuration_file import ConfigurationFile
from linter_ext.engine import Report
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.reporters.formats import Format
from linter_ext.reporters.grouping import Grouping
from linter_ext.rules.base import UnmatchedIgnoresError

if TYPE_CHECKING:
    from linter_ext.staging import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line asks for."""

    paths: tuple[str, ...]
    config: Path | None
    contracts: tuple[str, ...]
    outputs: tuple[Output, ...]
    grouping: Grouping | None
    uncollectable: bool
    quiet: bool
    statistics: bool
    allowed: int | None
    exit_zero: bool
    staged: bool
    strict: bool | None
    unused_noqa: bool

    @property
    def wanted(self) -> Wanted:
        """What is to be found out."""
        by_cause = self.grouping is Grouping.CAUSE
        return Wanted(
            violations=not self.is_all_text or by_cause or not self.uncollectable,
            collection=self.uncollectable,
            causes=by_cause,
            unused_noqa=self.unused_noqa,
        )

    @property
    def is_strict(self) -> bool:
        """Whether what is mended must leave the baseline."""
        return is_strict_by_default(os.environ) if self.strict is None else self.strict

    @property
    def is_all_text(self) -> bool:
        """Whether every report is for people, who see what they asked for and no more."""
        return all(output.format is Format.TEXT for output in self.outputs)

    @property
    def layout(self) -> Layout:
        """How text is laid out."""
        return Layout(grouping=self.grouping, quiet=self.quiet, statistics=self.statistics)


def run_check(request: Request) -> ExitStatus:
    """Check, print the report on standard output, and return how the command ends."""
    try:
        _refuse_mixture(request)
        configuration, file = configured(request.config, request.contracts)
        paths: Sequence[str] | None = relative_paths(configuration.project, request.paths)
        change: Change | None = None
        if request.staged:
            from linter_ext.cli.staged import find_staged  # noqa: PLC0415 - hooks only

            change, paths = find_staged(configuration, file, paths, quiet=request.quiet)
    except ConfigurationError as error:
        tell_problems(error.problems)
        return ExitStatus.USAGE
    if not request.quiet:
        _tell_scope(configuration, file, paths, request)
    try:
        result = check_project(
            configuration, paths, request.wanted, track, change, strict=request.is_strict
        )
    except ConfigurationError as error:
        tell_problems(error.problems if file is None else in_file(error.problems, file))
        return ExitStatus.USAGE
    result = replace(result, allowed=request.allowed)
    write_reports(result, request.outputs, request.layout)
    if request.uncollectable:
        return _ending(request, fails=result.has_uncollectable)
    problems = list(_unmatched(configuration, result.report, quiet=request.quiet))
    if problems and file is not None:
        tell_problems(in_file(problems, file))
        return ExitStatus.USAGE
    return _ending(request, fails=result.fails)


def _tell_scope(
    configuration: Configuration,
    file: ConfigurationFile | None,
    paths: Sequence[str] | None,
    request: Request,
) -> None:
    """Say on standard error what this run does not look at, although one might think so."""
    if file is None:
        is_silent = request.uncollectable and request.is_all_text
        (tell_surveyed if is_silent else tell_defaults)(configuration)
    for path in paths or ():
        if not engine.select(configuration.project, [path]):
            click.echo(f"{path}: no file of the project; 'linter-ext files' lists them.", err=True)
    if request.wanted.collects:
        _tell_unseen(configuration)


def _tell_unseen(configuration: Configuration) -> None:
    """Say which of pytest's own folders this run does not know."""
    from linter_ext.collecting import unseen_testpaths  # noqa: PLC0415 - few runs collect

    for path in unseen_testpaths(configuration.project):
        click.echo(
            f"{path}: in pytest's testpaths, but in no root package and no source path; "
            "add it to source_paths.",
            err=True,
        )


def _ending(request: Request, *, fails: bool) -> ExitStatus:
    return ExitStatus.VIOLATIONS if fails and not request.exit_zero else ExitStatus.CLEAN


def _refuse_mixture(request: Request) -> None:
    """Refuse options for violations where test files are asked for.

    Raises:
        ConfigurationError: if there are such options.
    """
    if not request.uncollectable:
        return
    problems: list[Problem] = []
    if request.grouping is Grouping.CONTRACT:
        fact, remedy = "test files belong to no contract", "group them by cause or by file"
        problems.append(Problem(fact=fact, remedy=remedy, key="--group-by"))
    if request.staged:
        fact, remedy = "test files are collected all together", "leave out one of the two"
        problems.append(Problem(fact=fact, remedy=remedy, key="--staged"))
    if request.unused_noqa:
        fact, remedy = "test files have nothing to hide", "leave out one of the two"
        problems.append(Problem(fact=fact, remedy=remedy, key="--unused-noqa"))
    if request.allowed is not None:
        fact, remedy = "test files are no violations", "leave it out with --uncollectable"
        problems.append(Problem(fact=fact, remedy=remedy, key="--max-violations"))
    for output in request.outputs:
        if not output.format.tells_collection:
            able = ", ".join(item for item in Format if item.tells_collection)
            fact = f"'{output.format}' has no place for test files that cannot be collected"
            problems.append(Problem(fact=fact, remedy=f"choose one of: {able}", key="--output"))
    if problems:
        raise ConfigurationError(problems)


def _unmatched(configuration: Configuration, report: Report, *, quiet: bool) -> Iterator[Problem]:
    """Yield the lines of `ignore_imports` that hide nothing, as each contract wants them told."""
    # Last may come what was asked for beside the contracts, which ignores nothing.
    for contract, result in zip(configuration.contracts, report.results, strict=False):
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
