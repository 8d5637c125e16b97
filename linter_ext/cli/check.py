"""`linter-ext check`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import click
from importlinter.domain.helpers import MissingImport

from linter_ext import engine
from linter_ext.cli.configured import configured, tell_defaults, tell_problems
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.configuration import Configuration
from linter_ext.configuration_file import ConfigurationFile
from linter_ext.contract_types import SourceContract
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
    file = None
    try:
        configuration, file = configured(request.config, request.contracts)
        _refuse_idle(configuration, file)
        if file is None and not request.quiet:
            tell_defaults(configuration)
        paths = _relative(configuration.project, request.paths)
        report = engine.check(configuration.project, configuration.contracts, paths, _track)
    except ConfigurationError as error:
        tell_problems(_in_file(error.problems, file))
        return ExitStatus.USAGE
    result = _result(configuration, report)
    click.echo(_render(result, request), nl=False)
    if not request.quiet:
        _tell_others(configuration)
    problems = list(_unmatched(result))
    tell_problems(_in_file(problems, file))
    if problems:
        return ExitStatus.USAGE
    return ExitStatus.CLEAN if report.is_clean else ExitStatus.VIOLATIONS


def _render(result: Result, request: Request) -> str:
    if request.output_format is Format.JSON:
        return json.render(result)
    return text.render(result, quiet=request.quiet, statistics=request.statistics)


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
    """Return the paths from the project root; None for no paths, which means all files."""
    if not paths:
        return None
    found: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        relative = project.relative(path)
        if relative is None:
            fact, remedy = "the path lies outside the project root", "name a path below it"
            problems.append(Problem(fact=fact, remedy=remedy, file=path))
        else:
            found.append(relative)
    if problems:
        raise ConfigurationError(problems)
    return found


def _refuse_idle(configuration: Configuration, file: ConfigurationFile | None) -> None:
    if file is not None and not configuration.contracts:
        fact = "there is no contract of linter-ext's types to check"
        remedy = "add one, as the README shows; lint-imports checks the others"
        raise ConfigurationError([Problem(fact=fact, remedy=remedy)])


def _unmatched(result: Result) -> Iterator[Problem]:
    """Yield the lines of `ignore_imports` that hide nothing, as each contract wants them told."""
    for contract in result.contracts:
        rule = contract.result.rule
        if not isinstance(rule, SourceContract):
            continue
        try:
            for warning in rule.warnings(contract.result):
                click.echo(f"warning: contract '{rule.identifier}': {warning}", err=True)
        except MissingImport:
            for ignore in contract.result.unmatched:
                yield Problem(
                    fact=f"no violation matches '{ignore}'",
                    remedy="remove the line, or set unmatched_ignore_imports_alerting",
                    key=f"contract '{rule.identifier}': ignore_imports",
                )


def _in_file(problems: Iterable[Problem], file: ConfigurationFile | None) -> Iterator[Problem]:
    for problem in problems:
        in_place = problem.file is not None or file is None
        yield problem if in_place else replace(problem, file=file.name if file else None)


def _tell_others(configuration: Configuration) -> None:
    if configuration.others:
        plural = "contract" if configuration.others == 1 else "contracts"
        click.echo(
            f"{configuration.others} {plural} of other types: run lint-imports to check them.",
            err=True,
        )


def _track(files: Sequence[str]) -> Iterable[str]:
    """Go through the files, with a progress bar on a terminal if it may take long."""
    if len(files) < _LONG_RUN or not sys.stderr.isatty():
        yield from files
        return
    with click.progressbar(files, label="Checking", file=sys.stderr, item_show_func=None) as bar:
        yield from bar
