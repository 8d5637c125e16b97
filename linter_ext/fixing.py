"""Applies the remedies of violations to the files of a project: what they are to hold then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import NamedTuple

from linter_ext import engine
from linter_ext.configuration import Configuration
from linter_ext.fixes.documents import rewritten
from linter_ext.fixes.mending import mend
from linter_ext.fixes.sorting import Sorter
from linter_ext.overlay import OverlaidProject
from linter_ext.parallel import available_jobs, spread
from linter_ext.project import Project
from linter_ext.proving import Rename, Renames, prove
from linter_ext.source.file import SourceFile
from linter_ext.source.text import decode
from linter_ext.violations import Violation

_MOST_PASSES = 10
"""A remedy may lead to what has a remedy itself. Circles are refused when tables are read."""

_MANY_FILES = 20
"""Fewer are mended sooner than processes are started for them."""

_NOT_WRITABLE = "the file's encoding cannot hold what is to be in it"
_ENDLESS = "its remedy leads back to where it came from"

Track = Callable[[Sequence[str], str], Iterable[str]]
"""Goes through files, for instance showing progress under a label."""


class Selection(NamedTuple):
    """Which violations to mend.

    Attributes:
        contracts: ids of contracts; none means all.
        codes:     codes, or the beginnings of some; none means all.
    """

    contracts: Sequence[str] = ()
    codes: Sequence[str] = ()

    def covers(self, violation: Violation) -> bool:
        """Return whether a violation is one of them."""
        is_chosen = not self.contracts or violation.contract in self.contracts
        return is_chosen and (
            not self.codes or violation.finding.code.startswith(tuple(self.codes))
        )


class FileFix(NamedTuple):
    """A file that changes.

    Attributes:
        path:   relative to the project root, forward slashes.
        before: what it holds.
        after:  what it is to hold.
        mended: the violations that go.
    """

    path: str
    before: bytes
    after: bytes
    mended: tuple[Violation, ...]


class Unmended(NamedTuple):
    """A violation that stays although it has a remedy.

    Attributes:
        violation: the violation, where it stands in the text that the file is to have.
        reason:    why.
        before:    the same where it stands now.
    """

    violation: Violation
    reason: str
    before: Violation


class Fixes(NamedTuple):
    """What a run comes to.

    Attributes:
        files:    the files that change, sorted.
        unmended: the violations that stay although they have a remedy, sorted.
        others:   those that no machine can mend, sorted.
    """

    files: tuple[FileFix, ...]
    unmended: tuple[Unmended, ...]
    others: tuple[Violation, ...]

    @property
    def mended(self) -> tuple[Violation, ...]:
        """The violations that go."""
        return tuple(violation for file in self.files for violation in file.mended)


def find_fixes(
    configuration: Configuration,
    paths: Sequence[str] | None,
    selection: Selection,
    track: Track,
) -> Fixes:
    """Return what mends the selected violations, and breaks nothing.

    Nothing is written.

    Args:
        configuration: the project and all its contracts.
        paths:         files and folders, relative to the project root; None for all.
        selection:     which violations to mend.
        track:         goes through files.

    Raises:
        ConfigurationError: if contracts on the module graph cannot be judged as configured.
    """
    configuration.judge_graph()
    report = engine.check(
        configuration.project,
        configuration.contracts,
        paths,
        lambda files: track(files, "Checking"),
        available_jobs(),
    )
    chosen = [item for item in report.violations if selection.covers(item)]
    workshop = _Workshop(configuration, selection)
    workshop.mend(item for item in chosen if item.finding.instead is not None)
    workshop.prove(report.violations if paths is None else None)
    others = (item for item in chosen if item.finding.instead is None)
    return Fixes(workshop.files(), workshop.unmended(), workshop.left_of(others))


class _Workshop:
    """The files that are being mended."""

    def __init__(self, configuration: Configuration, selection: Selection) -> None:
        self._project = configuration.project
        self._contracts = configuration.contracts
        self._selection = selection
        self._sorter = Sorter(self._project.root)
        self._first: Mapping[str, list[Violation]] = {}
        self._before: dict[str, bytes] = {}
        self._after: dict[str, bytes] = {}
        self._mended: dict[str, list[Violation]] = {}
        self._unmended: dict[str, list[Unmended]] = {}

    def mend(self, violations: Iterable[Violation]) -> None:
        """Apply remedies, and the remedies of what is wrong then."""
        project: Project = self._project
        found = self._first = _by_path(violations)
        for _ in range(_MOST_PASSES):
            changed = self._rewrite(project, found)
            if not changed:
                return
            project = OverlaidProject(self._project, self._after)
            report = engine.check(project, self._contracts, changed)
            found = _by_path(
                item
                for item in report.violations
                if item.finding.instead is not None and self._selection.covers(item)
            )
        for path, items in found.items():
            self._unmended[path] = [Unmended(item, _ENDLESS, item) for item in items]

    def _rewrite(self, project: Project, found: Mapping[str, list[Violation]]) -> list[str]:
        """Apply the remedies of violations, by their files; return the files that change."""
        tasks = [
            partial(_mend, project, path, self._after.get(path), tuple(items), self._sorter)
            for path, items in found.items()
        ]
        jobs = available_jobs() if len(tasks) >= _MANY_FILES else 1
        with closing(spread([], tasks, jobs)) as results:
            outcomes = {done.number: done.result for done in results}
        return [
            outcomes[number].path for number in sorted(outcomes) if self._take(outcomes[number])
        ]

    def _take(self, outcome: _Outcome) -> bool:
        """Take what has become of a file; return whether it changes."""
        path = outcome.path
        self._unmended[path] = list(outcome.left)
        if outcome.after is None:
            return False
        self._before.setdefault(path, outcome.before)
        self._after[path] = outcome.after
        self._mended.setdefault(path, []).extend(outcome.mended)
        return True

    def prove(self, known: Sequence[Violation] | None) -> None:
        """Take back what would break something.

        Args:
            known: everything that is wrong now; None if not all files were judged.
        """
        refused = prove(
            self._project,
            self._contracts,
            self._after,
            self._renames,
            known=known,
            jobs=available_jobs(),
        )
        for path, reason in refused.items():
            del self._after[path]
            del self._mended[path]
            self._unmended[path] = [Unmended(item, reason, item) for item in self._first[path]]

    @property
    def _renames(self) -> Renames:
        """What the files import instead."""
        return {
            path: [
                Rename(item.finding.target, item.finding.instead)
                for item in mended
                if item.finding.instead is not None
            ]
            for path, mended in self._mended.items()
        }

    def files(self) -> tuple[FileFix, ...]:
        """Return the files that change."""
        return tuple(
            FileFix(path, self._before[path], data, tuple(sorted_violations(self._mended[path])))
            for path, data in sorted(self._after.items())
        )

    def left_of(self, violations: Iterable[Violation]) -> tuple[Violation, ...]:
        """Return those of some violations that are still there."""
        found = _by_path(violations)
        changed = [path for path in found if path in self._after]
        others = [item for path in found if path not in self._after for item in found[path]]
        if changed:
            project = OverlaidProject(self._project, self._after)
            report = engine.check(project, self._contracts, changed)
            others += (
                item
                for item in report.violations
                if item.finding.instead is None and self._selection.covers(item)
            )
        return tuple(sorted_violations(others))

    def unmended(self) -> tuple[Unmended, ...]:
        """Return the violations that stay although they have a remedy."""
        found = (self._placed(path, items) for path, items in self._unmended.items())
        every = (item for items in found for item in items)
        return tuple(sorted(every, key=lambda item: item.violation.sort_key))

    def _placed(self, path: str, items: Sequence[Unmended]) -> Iterator[Unmended]:
        """Yield what stays of a file, each with where it stood before anything was mended."""
        gone = frozenset(self._mended.get(path, ()))
        stood: dict[tuple[str | None, str, str], list[Violation]] = {}
        for violation in self._first.get(path, ()):
            if violation not in gone:
                stood.setdefault(_kind(violation), []).append(violation)
        for item in sorted(items, key=lambda item: item.violation.sort_key):
            same = stood.get(_kind(item.violation))
            yield item._replace(before=same.pop(0)) if same else item


class _Outcome(NamedTuple):
    """What becomes of a file.

    Attributes:
        path:   relative to the project root, forward slashes.
        before: what it holds.
        after:  what it is to hold; None if it stays.
        mended: the violations that go.
        left:   those that stay although they have a remedy.
    """

    path: str
    before: bytes
    after: bytes | None
    mended: tuple[Violation, ...]
    left: tuple[Unmended, ...]


def _mend(
    project: Project,
    path: str,
    data: bytes | None,
    violations: tuple[Violation, ...],
    sorter: Sorter,
) -> _Outcome:
    """Return what becomes of a file.

    Args:
        project:    the project.
        path:       the file.
        data:       what it holds now; None for what the disk has.
        violations: those of it that have a remedy.
        sorter:     sorts its imports.
    """
    before = (project.root / path).read_bytes() if data is None else data
    by_finding = {item.finding: item for item in violations}
    module = project.tree.module_of(path)
    if module is None:
        return _Outcome(path, before, None, (), ())
    file = SourceFile(path, module, decode(before))
    project.index.add(file)
    found = mend(file, tuple(by_finding), project.index, sorter.sorted_like)
    after = rewritten(before, found.text) if found.text != file.source.text else before
    mended = tuple(by_finding[item] for item in found.mended)
    left = tuple(_stays(by_finding[item.finding], item.reason) for item in found.left)
    if after is None:
        return _Outcome(
            path, before, None, (), tuple(_stays(item, _NOT_WRITABLE) for item in violations)
        )
    return _Outcome(path, before, None if after == before else after, mended, left)


def sorted_violations(violations: Iterable[Violation]) -> list[Violation]:
    """Return violations in the order of all output."""
    return sorted(violations, key=lambda item: item.sort_key)


def _stays(violation: Violation, reason: str) -> Unmended:
    return Unmended(violation, reason, violation)


def _kind(violation: Violation) -> tuple[str | None, str, str]:
    return violation.contract, violation.finding.code, violation.finding.target


def _by_path(violations: Iterable[Violation]) -> Mapping[str, list[Violation]]:
    found: dict[str, list[Violation]] = {}
    for violation in violations:
        found.setdefault(violation.path, []).append(violation)
    return found
