"""One run over a project: what is asked for, found out and put together for the reporters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from linter_ext import engine
from linter_ext.acceptance import accept
from linter_ext.configuration import Configuration, Contract
from linter_ext.engine import Report, Rule, RuleResult
from linter_ext.parallel import available_jobs
from linter_ext.project import Project
from linter_ext.reporters.result import ContractResult, Result
from linter_ext.rules.base import SourceRule
from linter_ext.rules.unused_noqa import UnusedNoqa

if TYPE_CHECKING:
    from linter_ext.causes import Cause
    from linter_ext.collecting import Collection
    from linter_ext.staging import Change

Track = Callable[[Sequence[str], str], Iterable[str]]
"""Goes through files, for instance showing progress under a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be found out.

    Attributes:
        violations:  what breaks the contracts.
        collection:  which test files pytest can collect.
        causes:      why imports fail, and which test files wait for what.
        unused_noqa: which `noqa` comments for codes of ours hide nothing.
    """

    violations: bool
    collection: bool
    causes: bool
    unused_noqa: bool = False

    @property
    def collects(self) -> bool:
        """Whether the test session is to be played."""
        return self.collection or self.causes


def check_project(
    configuration: Configuration,
    paths: Sequence[str] | None,
    wanted: Wanted,
    track: Track,
    change: Change | None = None,
    *,
    strict: bool = False,
) -> Result:
    """Return all that is wanted of a run.

    Args:
        configuration: the project and its contracts.
        paths:         files and folders, relative to the project root, to report on; None for all.
        wanted:        what is to be found out.
        track:         goes through the files.
        change:        what to look at the consequences of; None to look at everything.
        strict:        whether what is fixed must leave the baseline.

    Raises:
        ConfigurationError: if contracts on the module graph cannot be judged as configured.
    """
    contracts = _contracts(configuration, wanted)
    collected = _collected(configuration, paths, track) if wanted.collects else None
    report = Report((), (), 0, ())
    if wanted.violations:
        configuration.judge_graph()
        project = configuration.project
        found = _checked(project, contracts, paths, lambda files: track(files, "Checking"), change)
        is_whole = paths is None and change is None
        report = accept(found, project.baseline, whole=is_whole, strict=strict)
    return Result(
        report,
        tuple(
            _contract_result(contract, result)
            for contract, result in zip(contracts, report.results, strict=True)
        ),
        collection=collected if wanted.collection else None,
        causes=_causes(report, collected) if wanted.causes else None,
        baseline=configuration.project.baseline.file,
    )


def _causes(report: Report, collected: Collection | None) -> tuple[Cause, ...]:
    from linter_ext.causes import find_causes  # noqa: PLC0415 - most runs ask for none

    return find_causes(report.violations, collected.uncollectable if collected is not None else ())


def _contracts(configuration: Configuration, wanted: Wanted) -> tuple[Contract | UnusedNoqa, ...]:
    contracts = configuration.contracts if wanted.violations else ()
    if not (wanted.violations and wanted.unused_noqa):
        return contracts
    return (*contracts, UnusedNoqa(contracts, configuration.left_out))


def _checked(
    project: Project,
    contracts: Sequence[Rule],
    paths: Sequence[str] | None,
    track: engine.Track,
    change: Change | None,
) -> Report:
    jobs = available_jobs()
    if change is None:
        return engine.check(project, contracts, paths, track, jobs)
    from linter_ext.change_checking import check_change  # noqa: PLC0415 - there is no change else

    return check_change(project, contracts, change, paths, track=track, jobs=jobs)


def _contract_result(contract: Contract | UnusedNoqa, result: RuleResult) -> ContractResult:
    return ContractResult(
        name=contract.name,
        type=str(contract.contract_options["type"]),
        guidance=contract.broken_contract_guidance,
        result=replace(result, ignored=result.ignored + contract.ignored),
        on_graph=not isinstance(contract, SourceRule | UnusedNoqa),
    )


def _collected(
    configuration: Configuration, paths: Sequence[str] | None, track: Track
) -> Collection:
    """Return what pytest can collect of the paths; the whole session is played all the same."""
    from linter_ext.as_if_installed import LoaderAsIfInstalled  # noqa: PLC0415 - few runs collect
    from linter_ext.collecting import collect  # noqa: PLC0415
    from linter_ext.source.loader import Loader  # noqa: PLC0415

    project = configuration.project
    is_installed = any(map(_wants_installed, configuration.contracts))
    loader = Loader if is_installed else LoaderAsIfInstalled
    found = collect(project, loader, lambda files: track(files, "Collecting"))
    return found if paths is None else found.limited_to(frozenset(engine.select(project, paths)))


def _wants_installed(contract: Contract) -> bool:
    """Return whether a contract says that packages are to be installed."""
    third_party = contract.contract_options.get("third_party", "")
    return str(third_party).strip().lower() == "installed"
