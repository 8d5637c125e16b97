"""Runs rules over files. A rule is what a contract says; the engine knows none of them by name."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Protocol, runtime_checkable

from linter_ext.baseline import Entry
from linter_ext.codes import Code
from linter_ext.discovery import LeftOut
from linter_ext.names import matches
from linter_ext.parallel import Marks, spread
from linter_ext.project import Project
from linter_ext.source.facts import Span
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.memory import keep_freed_memory
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import PACKAGE_FILE, ModuleName
from linter_ext.suppressions import Suppressions
from linter_ext.violations import Finding, Violation

_FEWEST_JOBS = 2
_MANY_FILES = 50
_FILES_A_TASK = 4
"""Few, so that no process waits long for the last of another."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """One line of `ignore_imports`: `importer -> imported`, both module expressions.

    `imported` is matched against the module asked for and against the whole dotted path.
    """

    importer: str
    imported: str

    def covers(self, importer: str, finding: Finding) -> bool:
        """Return whether the finding, in this importer, is one to ignore."""
        return matches(self.importer, importer) and (
            matches(self.imported, finding.target) or matches(self.imported, finding.module)
        )

    def __str__(self) -> str:
        """Return the line as it is written."""
        return f"{self.importer} -> {self.imported}"


class Rule(Protocol):
    """What the engine asks of a contract."""

    @property
    def identifier(self) -> str:
        """The contract's id."""

    def covers(self, module: str) -> bool:
        """Return whether it is about this importer."""

    def reads(self, module: str) -> bool:
        """Return whether `check` has to read the importer's file for it."""

    @property
    def ignores(self) -> Sequence[Ignore]:
        """The imports it leaves alone."""

    @property
    def respects_noqa(self) -> bool:
        """Whether `noqa` comments count."""

    @property
    def max_known(self) -> int | None:
        """How many violations the baseline may know; None for any number."""

    def judge(self, file: SourceFile, index: Index) -> Iterable[Finding]:
        """Yield what is wrong with one file; a pure function of its text and of the index."""


@runtime_checkable
class ProjectRule(Rule, Protocol):
    """A rule that is also judged apart from the files that it reads. flake8 does not see this."""

    def judge_project(self, index: Index) -> Iterable[tuple[str, Finding]]:
        """Yield paths, each with what is wrong there that reading the files does not tell."""


@runtime_checkable
class SuppressionRule(Rule, Protocol):
    """A rule about the comments that hide what others find. It is judged after all of them."""

    def judge_suppressions(self, file: SourceFile, suppressions: Suppressions) -> Iterable[Finding]:
        """Yield what is wrong with the comments of one file, which have hidden what they hide."""


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One contract's result over many files.

    Attributes:
        rule:       the contract.
        violations: sorted by file, line, column.
        ignored:    how many more violations `ignore_imports` hid.
        unmatched:  the lines of `ignore_imports` that hid nothing; empty if not every file of
                    the project was judged.
        known:      the violations that the baseline knows, which are none of the others.
    """

    rule: Rule
    violations: tuple[Violation, ...]
    ignored: int
    unmatched: tuple[Ignore, ...]
    known: tuple[Violation, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether nothing breaks the contract."""
        return not self.violations


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run.

    Attributes:
        results:   one for each contract, in the order of the configuration.
        unchecked: one IMC001 violation for each file that could not be read or parsed.
        files:     how many files were judged.
        left_out:  the folders that were not; empty if the project was not searched.
        stale:     what the baseline knows and is not there any more; empty if not every file was
                   judged.
    """

    results: tuple[RuleResult, ...]
    unchecked: tuple[Violation, ...]
    files: int
    left_out: tuple[LeftOut, ...]
    stale: tuple[Entry, ...] = ()

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Everything that is wrong, sorted, files that could not be checked included."""
        found = [item for result in self.results for item in result.violations]
        return tuple(sorted([*found, *self.unchecked], key=lambda item: item.sort_key))

    @property
    def known(self) -> tuple[Violation, ...]:
        """The violations that the baseline knows."""
        return tuple(item for result in self.results for item in result.known)

    @property
    def is_clean(self) -> bool:
        """Whether there is no violation at all."""
        return not self.unchecked and all(result.is_kept for result in self.results)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One finding of one rule, and the ignore that covers it, if one does."""

    rule: int
    violation: Violation
    ignore: Ignore | None

    @property
    def is_hidden(self) -> bool:
        """Whether the ignore hides the finding."""
        return self.ignore is not None and not self.violation.finding.code.is_final


@dataclass(frozen=True, slots=True)
class _Share:
    """What is found in some of the files, and how many of them are to be judged."""

    judged: tuple[_Judged, ...]
    unchecked: tuple[Violation, ...]
    files: int


Track = Callable[[Sequence[str]], Iterable[str]]


def check(
    project: Project,
    rules: Sequence[Rule],
    paths: Sequence[str] | None = None,
    track: Track = iter,
    jobs: int = 1,
) -> Report:
    """Judge files of a project by the rules.

    Args:
        project: the project; all of it is known to the rules, whatever the paths.
        rules:   the contracts.
        paths:   files and folders, relative to the project root, to report on; None for all.
        track:   goes through the files, for instance showing progress.
        jobs:    how many processes may share the work, where there is much of it.
    """
    files = project.listing.files if paths is None else select(project, paths)
    shares = tuple(_shares(project, rules, files, track, jobs))
    judged = [item for share in shares for item in share.judged]
    judged += _judge_others(project, rules, paths)
    unreadable_files = {item.path: item for share in shares for item in share.unchecked}
    unchecked = [*unreadable_files.values()]
    unchecked += _closed_folders(project, rules, ["."] if paths is None else paths)
    return Report(
        results=tuple(
            _result(rule, [item for item in judged if item.rule == number], paths is None)
            for number, rule in enumerate(rules)
        ),
        unchecked=tuple(sorted(unchecked, key=lambda item: item.sort_key)),
        files=sum(share.files for share in shares) - len(unreadable_files),
        left_out=project.listing.left_out if paths is None else (),
    )


def _shares(
    project: Project, rules: Sequence[Rule], files: Sequence[str], track: Track, jobs: int
) -> Iterator[_Share]:
    """Yield what is found in all files, share by share, in their order."""
    if len(files) >= _MANY_FILES:
        keep_freed_memory()
    further = [(n, rule) for n, rule in enumerate(rules) if isinstance(rule, SuppressionRule)]
    if jobs < _FEWEST_JOBS or len(files) < _MANY_FILES:
        yield _judge_all(project, rules, further, track(files), _CareOfEach())
        return
    care = _SharedCare(files)
    portions = [files[at : at + _FILES_A_TASK] for at in range(0, len(files), _FILES_A_TASK)]
    judging = [partial(_judge_all, project, rules, further, item, care) for item in portions]
    validating = [partial(_validate_all, project, rules, item, care) for item in portions]
    progress = iter(track(files))
    shares: dict[int, _Share] = {}
    with closing(spread(judging, validating, jobs)) as results:
        for done in results:
            shares[done.number] = done.result
            if done.number < len(judging):
                for _ in itertools.islice(progress, len(portions[done.number])):
                    pass
    for _ in progress:
        pass
    yield from (shares[number] for number in sorted(shares))


class _Care(Protocol):
    """Sees to it that files which are judged are Python."""

    def begin(self, file: SourceFile) -> None:
        """Take a file that is to be judged."""

    def end(self, file: SourceFile) -> None:
        """Take a file that has been judged, before it is let go of."""


class _CareOfEach:
    """Sees that files are Python as soon as they are judged."""

    def begin(self, file: SourceFile) -> None:
        """Leave a file as it is."""

    def end(self, file: SourceFile) -> None:
        """See that a file is Python, or raise UnreadableError."""
        file.validate()


class _SharedCare:
    """Leaves it to tasks of its own; knows what some process has seen to be Python."""

    def __init__(self, files: Sequence[str]) -> None:
        self._numbers: Mapping[str, int] = {path: number for number, path in enumerate(files)}
        self._valid = Marks(len(files))

    def is_valid(self, path: str) -> bool:
        """Return whether a file is known to be Python."""
        return self._numbers[path] in self._valid

    def begin(self, file: SourceFile) -> None:
        """Tell a file what is known of it."""
        if self.is_valid(file.path):
            file.take_for_valid()

    def end(self, file: SourceFile) -> None:
        """Take down what a file knows."""
        if file.is_valid:
            self._valid.add(self._numbers[file.path])


def _judge_all(
    project: Project,
    rules: Sequence[Rule],
    further: Sequence[tuple[int, SuppressionRule]],
    files: Iterable[str],
    care: _Care,
) -> _Share:
    judged: list[_Judged] = []
    unchecked: list[Violation] = []
    count = 0
    for path in files:
        module = project.tree.module_of(path)
        if module is None or not any(rule.covers(module.name) for rule in rules):
            continue
        count += 1
        reading = [(n, rule) for n, rule in enumerate(rules) if rule.reads(module.name)]
        if not reading:
            continue
        try:
            file = project.index.open(path, module)
            care.begin(file)
            judged.extend(_judge(file, reading, project.index, further))
            care.end(file)
            file.rest()
        except UnreadableError as error:
            unchecked.append(unreadable(path, module, error))
    return _Share(tuple(judged), tuple(unchecked), count)


def _validate_all(
    project: Project, rules: Sequence[Rule], files: Iterable[str], care: _SharedCare
) -> _Share:
    """See that the files that are judged are Python, where that is not known yet."""
    unchecked: list[Violation] = []
    for path in files:
        module = project.tree.module_of(path)
        if module is None or care.is_valid(path):
            continue
        if not any(rule.covers(module.name) for rule in rules):
            continue
        if not any(rule.reads(module.name) for rule in rules):
            continue
        try:
            file = project.index.open(path, module)
            file.validate()
            care.end(file)
        except UnreadableError as error:
            unchecked.append(unreadable(path, module, error))
    return _Share((), tuple(unchecked), 0)


def check_file(file: SourceFile, rules: Sequence[Rule], index: Index) -> tuple[Violation, ...]:
    """Judge one file by the rules; return its violations, sorted.

    Raises:
        UnreadableError: if its text is not valid Python.
    """
    file.validate()
    covering = [(n, rule) for n, rule in enumerate(rules) if rule.covers(file.module.name)]
    found = (item.violation for item in _judge(file, covering, index) if not item.is_hidden)
    return tuple(sorted(found, key=lambda item: item.sort_key))


def unreadable(path: str, module: ModuleName, error: UnreadableError) -> Violation:
    """Return the violation of a file that cannot be checked."""
    span = Span(error.line, error.column, error.line, error.column)
    return _unchecked(path, module, f"file {error}", span)


def select(project: Project, paths: Sequence[str]) -> tuple[str, ...]:
    """Return the project's files at and below the paths, sorted.

    A file that is named itself is taken even from a folder that a search leaves out, but not if
    the configuration leaves it out.
    """
    chosen: set[str] = set()
    for path in paths:
        if (project.root / path).is_dir():
            chosen.update(item for item in project.listing.files if _lies_in(item, path))
        else:
            chosen.add(path)
    wanted = (path for path in chosen if not project.leaves_out(path))
    return tuple(sorted(path for path in wanted if project.tree.module_of(path) is not None))


def _lies_in(path: str, folder: str) -> bool:
    return folder in (".", path) or path.startswith(f"{folder}/")


def _closed_folders(
    project: Project, rules: Sequence[Rule], paths: Sequence[str]
) -> Iterator[Violation]:
    """Yield a violation for each folder in the paths whose files are not to be had."""
    if not any((project.root / path).is_dir() for path in paths):
        return  # Files need no search.
    for folder in project.listing.closed:
        module = project.tree.module_of(f"{folder.path}/{PACKAGE_FILE}.py")
        wanted = module is not None and any(rule.covers(module.name) for rule in rules)
        if module is not None and wanted and any(_lies_in(folder.path, path) for path in paths):
            message = f"folder cannot be listed: {folder.reason}; allow reading it"
            yield _unchecked(folder.path, module, message, Span(1, 1, 1, 1))


def _unchecked(path: str, module: ModuleName, message: str, span: Span) -> Violation:
    finding = Finding(
        code=Code.UNREADABLE,
        span=span,
        line=span.line,
        module=module.name,
        name=None,
        target=module.name,
        message=message,
    )
    return Violation(path=path, importer=module.name, contract=None, finding=finding)


def _judge(
    file: SourceFile,
    rules: Iterable[tuple[int, Rule]],
    index: Index,
    further: Iterable[tuple[int, SuppressionRule]] = (),
) -> Iterator[_Judged]:
    """Judge a file by rules, each with its number; by those about suppressions last."""
    suppressions = Suppressions(file.path, file.source)
    importer = file.module.name
    for number, rule in rules:
        for finding in rule.judge(file, index):
            if rule.respects_noqa and not finding.code.is_final and suppressions.hide(finding):
                continue
            yield _judged(number, rule, file.path, importer, finding)
    for number, rule in further:
        for finding in rule.judge_suppressions(file, suppressions):
            yield _judged(number, rule, file.path, importer, finding)


def _judge_others(
    project: Project, rules: Sequence[Rule], paths: Sequence[str] | None
) -> Iterator[_Judged]:
    """Judge what is told apart from reading files. What is no module, is its own importer."""
    for number, rule in enumerate(rules):
        if not isinstance(rule, ProjectRule):
            continue
        for path, finding in rule.judge_project(project.index):
            if paths is None or any(_lies_in(path, item) for item in paths):
                module = project.tree.module_of(path)
                yield _judged(number, rule, path, module.name if module else path, finding)


def _judged(number: int, rule: Rule, path: str, importer: str, finding: Finding) -> _Judged:
    violation = Violation(path=path, importer=importer, contract=rule.identifier, finding=finding)
    ignores = (item for item in rule.ignores if item.covers(importer, finding))
    return _Judged(number, violation, next(ignores, None))


def _result(rule: Rule, judged: Sequence[_Judged], all_files: bool) -> RuleResult:
    used = {item.ignore for item in judged if item.ignore is not None}
    found = [item.violation for item in judged if not item.is_hidden]
    return RuleResult(
        rule=rule,
        violations=tuple(sorted(found, key=lambda item: item.sort_key)),
        ignored=sum(item.is_hidden for item in judged),
        unmatched=tuple(item for item in rule.ignores if item not in used) if all_files else (),
    )
