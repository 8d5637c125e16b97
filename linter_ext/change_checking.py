"""Judges what a change makes wrong: in the files that it changes, and in others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import NamedTuple, Protocol, runtime_checkable

from linter_ext import engine
from linter_ext.affected import find_affected
from linter_ext.engine import Report, Rule, RuleResult, Track
from linter_ext.overlay import OverlaidProject
from linter_ext.project import Project
from linter_ext.source.index import Index
from linter_ext.staging import Change, Texts
from linter_ext.violations import Link, Violation

_PYPROJECT = "pyproject.toml"


@runtime_checkable
class SurroundingRule(Protocol):
    """A rule that may show in one file what is wrong with several."""

    def surroundings(self, module: str, index: Index) -> Iterable[str]:
        """Return the modules in which something may be shown that concerns a module too."""


@runtime_checkable
class LookupRule(Protocol):
    """A rule that may ask what a module's own code looks up."""

    @property
    def heeds_lookups(self) -> bool:
        """Whether it does."""


class Reported(NamedTuple):
    """What a run reports in any case, and what it leaves alone.

    Attributes:
        paths:  the files of which everything is reported.
        hidden: the files of which nothing is.
    """

    paths: frozenset[str]
    hidden: frozenset[str]


def check_change(
    project: Project,
    rules: Sequence[Rule],
    change: Change,
    named: Sequence[str] | None = None,
    *,
    track: Track = iter,
    jobs: int = 1,
) -> Report:
    """Judge what a change leads to.

    What is wrong in the changed files is reported, and what is wrong elsewhere, if it was not
    wrong before the change or goes through a changed file.

    Args:
        project: the project, as it is on the disk.
        rules:   the contracts.
        change:  what becomes of it.
        named:   files and folders, relative to the project root, whose violations are reported
                 instead of those of all changed files; a changed file outside them is left alone.
        track:   goes through the files.
        jobs:    how many processes may share the work.
    """
    after = OverlaidProject(project, change.after)
    versions = [_version(project, change, texts) for texts in change.before]
    reported = _reported(after, change, named)
    files = set(reported.paths) | change.paths
    heeds_lookups = any(isinstance(rule, LookupRule) and rule.heeds_lookups for rule in rules)
    for version, texts in zip(versions, change.before, strict=True):
        files |= find_affected(version, after, texts, heeds_lookups=heeds_lookups)
    files |= set(_around(rules, files, after))
    listed = _there([*files - reported.hidden, _PYPROJECT], after)
    report = engine.check(after, rules, listed, track, jobs)
    suspected = _there(_elsewhere(report, reported.paths), after)
    known = [_keys(engine.check(version, rules, suspected)) for version in versions]
    return _limited(report, reported.paths, frozenset().union(*known))


def _version(project: Project, change: Change, texts: Texts) -> OverlaidProject:
    return OverlaidProject(project, {**change.after, **texts})


def _reported(after: OverlaidProject, change: Change, named: Sequence[str] | None) -> Reported:
    """Return what to report in any case, and what not at all."""
    moved = engine.select(after, sorted(change.submodules))
    if named is None:
        return Reported(change.own.union(moved), frozenset())
    # pre-commit also names what a merge takes over as it is, and never what is in a submodule.
    chosen = frozenset(engine.select(after, named)) - (change.paths - change.own)
    ours = (path for path in change.own if not after.leaves_out(path))
    own = {path for path in ours if after.tree.module_of(path) is not None}
    return Reported(chosen.union(moved), frozenset(own - chosen))


def _around(rules: Iterable[Rule], paths: Iterable[str], project: OverlaidProject) -> Iterator[str]:
    """Yield the files in which something may be shown that concerns some of the paths too."""
    shown = [rule for rule in rules if isinstance(rule, SurroundingRule)]
    for path in paths if shown else ():
        module = project.tree.module_of(path)
        if module is not None and project.reader.is_file(path):
            for rule in shown:
                for name in rule.surroundings(module.name, project.index):
                    found = project.index.path_of(name)
                    if found is not None:
                        yield found


def _there(paths: Iterable[str], project: OverlaidProject) -> list[str]:
    return sorted(path for path in paths if project.reader.is_file(path))


class _Key(NamedTuple):
    """What tells violations apart, wherever they stand in their file."""

    path: str
    contract: str | None
    code: str
    target: str


def _key(violation: Violation) -> _Key:
    finding = violation.finding
    return _Key(violation.path, violation.contract, finding.code, finding.target)


def _keys(report: Report) -> frozenset[_Key]:
    return frozenset(map(_key, report.violations))


def _elsewhere(report: Report, paths: Set[str]) -> set[str]:
    return {item.path for item in report.violations} - paths


def _limited(report: Report, paths: Set[str], known: Set[_Key]) -> Report:
    """Return a report without what has nothing to do with the change.

    What goes through several files is told where a changed one is, if it is told there.
    """
    here = [item for item in report.violations if item.path in paths]
    told = {item.finding.chain for item in here}

    def is_wanted(item: Violation) -> bool:
        if item.path in paths:
            return True
        chain = item.finding.chain
        if _goes_through(chain, paths):
            return chain not in told
        return _key(item) not in known

    def limited(result: RuleResult) -> RuleResult:
        return replace(result, violations=tuple(filter(is_wanted, result.violations)))

    return replace(
        report,
        results=tuple(map(limited, report.results)),
        unchecked=tuple(filter(is_wanted, report.unchecked)),
    )


def _goes_through(chain: Iterable[Link], paths: Set[str]) -> bool:
    return any(link.path in paths for link in chain)
