"""`linter-ext baseline`: freezes what is wrong today, so that it can only get less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from linter_ext import engine
from linter_ext.baseline import Baseline, Entry
from linter_ext.cli import standard_output
from linter_ext.cli.configured import configured
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.report_file import write_whole
from linter_ext.cli.standard_output import OutputError
from linter_ext.configuration import Configuration, Contract, in_file
from linter_ext.engine import Report, RuleResult
from linter_ext.errors import ConfigurationError
from linter_ext.parallel import available_jobs
from linter_ext.reporters.wording import count
from linter_ext.violations import Violation


@dataclass(frozen=True, slots=True)
class _Run:
    """All files, judged by the contracts that are asked for.

    Attributes:
        configuration: the project and these contracts.
        report:        everything that breaks them, known or not.
        is_whole:      whether these are all contracts of the configuration.
    """

    configuration: Configuration
    report: Report
    is_whole: bool

    @property
    def baseline(self) -> Baseline:
        """What is known now."""
        return self.configuration.project.baseline

    @property
    def contracts(self) -> frozenset[str]:
        """The contracts that were judged; those that are only in the baseline are gone."""
        judged = frozenset(contract.identifier for contract in self.configuration.contracts)
        recorded = frozenset(str(entry.key.contract) for entry in self.baseline.entries)
        return judged | recorded if self.is_whole else judged

    @property
    def violations(self) -> list[Violation]:
        """Everything that breaks them."""
        return [item for result in self.report.results for item in result.violations]

    @property
    def unseen(self) -> list[Entry]:
        """What is known, but was not found."""
        return self.baseline.stale(self.contracts, self.violations)

    @property
    def stale(self) -> list[Entry]:
        """What is known, but not there any more; nothing, while files cannot be read."""
        return [] if self.report.unchecked else self.unseen

    @property
    def pairs(self) -> Iterator[tuple[Contract, RuleResult]]:
        """Each contract with what breaks it."""
        return zip(self.configuration.contracts, self.report.results, strict=True)


def run_write(config: Path | None, contracts: Sequence[str]) -> ExitStatus:
    """Make known all that is wrong, instead of what was known before."""
    run = _judge(config, contracts)
    renewed = run.baseline.renewed(run.contracts, run.violations)
    if run.report.unchecked:
        renewed = renewed.including(run.unseen)
    _write(run.configuration, renewed)
    new = sum(
        not violation.finding.code.is_final
        for _, result in run.pairs
        for violation in run.baseline.split(result.violations).new
    )
    gone = sum(entry.number for entry in run.stale)
    standard_output.write(
        f"{renewed.file}: {count(renewed.number, 'violation')} known; {new:,} new, {gone:,} gone.\n"
    )
    _tell_final(run)
    _tell_unchecked(run)
    return ExitStatus.CLEAN


def run_prune(config: Path | None, contracts: Sequence[str]) -> ExitStatus:
    """Take what is not there any more out of the baseline."""
    run = _judge(config, contracts)
    stale = run.stale
    left = run.baseline.without(stale)
    if stale:
        _write(run.configuration, left)
    gone = sum(entry.number for entry in stale)
    lines = [f"{entry}" for entry in stale]
    lines.append(
        f"{left.file}: {count(gone, 'violation')} taken out, {left.number:,} known."
        if stale
        else f"{left.file}: nothing to take out, {left.number:,} known."
    )
    standard_output.write("".join(f"{line}\n" for line in lines))
    _tell_unchecked(run)
    return ExitStatus.CLEAN


def run_status(config: Path | None, contracts: Sequence[str]) -> ExitStatus:
    """Print what is known, new and gone of each contract."""
    run = _judge(config, contracts)
    width = max(len(contract.name) for contract in run.configuration.contracts)
    lines = [f"{contract.name:<{width}}  {_status(run, result)}" for contract, result in run.pairs]
    judged = {result.rule.identifier for result in run.report.results}
    lost = sum(entry.number for entry in run.stale if entry.key.contract not in judged)
    if lost:
        lines.append(f"{count(lost, 'violation')} known of contracts that are gone.")
    standard_output.write("".join(f"{line}\n" for line in lines))
    _tell_unchecked(run)
    return ExitStatus.CLEAN


def _status(run: _Run, result: RuleResult) -> str:
    split = run.baseline.split(result.violations)
    contract = result.rule.identifier
    gone = sum(entry.number for entry in run.stale if entry.key.contract == contract)
    limit = result.rule.max_known
    known = f"{len(split.known):,} known" + (f" of {limit:,} allowed" if limit is not None else "")
    return f"{known}, {len(split.new):,} new, {gone:,} gone"


def _judge(config: Path | None, contracts: Sequence[str]) -> _Run:
    configuration, file = configured(config, contracts)
    try:
        configuration.judge_graph()
    except ConfigurationError as error:
        problems = error.problems if file is None else in_file(error.problems, file)
        raise ConfigurationError(problems) from error
    report = engine.check(configuration.project, configuration.contracts, jobs=available_jobs())
    return _Run(configuration, report, is_whole=not contracts)


def _write(configuration: Configuration, baseline: Baseline) -> None:
    path = configuration.project.root / baseline.file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(str(path), [str(baseline).encode()])
    except OSError as error:
        raise OutputError(f"'{baseline.file}' cannot be written: {error.strerror}") from error


def _tell_final(run: _Run) -> None:
    """Say on standard error what was left out, because nothing can make it known."""
    codes = [item.finding.code for item in run.violations if item.finding.code.is_final]
    if codes:
        told = f"{count(len(codes), 'violation')} cannot be made known ({codes[0]})"
        click.echo(f"{told}; 'linter-ext check' lists what to mend.", err=True)


def _tell_unchecked(run: _Run) -> None:
    """Say on standard error why nothing is said to be gone."""
    if run.report.unchecked:
        files = count(len(run.report.unchecked), "file")
        fact = f"{files} could not be checked (IMC001), so nothing counts as gone"
        click.echo(f"{fact}; 'linter-ext check' lists what to mend.", err=True)
