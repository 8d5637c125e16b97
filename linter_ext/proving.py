"""Proves that a change of files breaks nothing, or says which files break what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple, Protocol, runtime_checkable

from linter_ext import engine
from linter_ext.affected import find_affected
from linter_ext.codes import Code
from linter_ext.engine import Rule
from linter_ext.load_order import LoadOrder
from linter_ext.names import is_under
from linter_ext.overlay import OverlaidProject
from linter_ext.project import Project
from linter_ext.rules import rule_type
from linter_ext.rules.base import PROJECT_KEY
from linter_ext.rules.cycles import Components
from linter_ext.rules.import_graph import ImportGraph
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.lookups import Lookups
from linter_ext.violations import Violation

_PROOF = "linter-ext fix"
"""The contract that every fix is held to, whatever is configured: what is imported exists."""

_OPTIONS = {
    "id": _PROOF,
    "type": "resolvable_imports",
    "references": "effective",
    "third_party": "installed",
}

_NO_HARM = frozenset({Code.FALLBACK, Code.CYCLE})
"""What a fix cannot bring about: a fallback was there before, and cycles are compared below."""

_FEW_FILES = 5
"""To find out what a change of more files concerns takes longer than to judge everything."""


@runtime_checkable
class OverlaidRule(Protocol):
    """A rule that is about one version of a project."""

    def over(self, project: Project, files: Iterable[SourceFile]) -> Rule:
        """Return the rule over a project in which files have other texts."""


class _Kind(NamedTuple):
    """What tells the violations of one file apart, wherever they stand."""

    path: str
    contract: str | None
    code: str
    target: str


_NOTHING: Counter[_Kind] = Counter()


class Rename(NamedTuple):
    """A path that a file imports, or names, instead of another one.

    Attributes:
        old: what it was.
        new: what it is.
    """

    old: str
    new: str

    def of(self, path: str) -> str | None:
        """Return what becomes of a path; None if nothing does."""
        return self.new + path.removeprefix(self.old) if is_under(path, self.old) else None

    def back(self, path: str) -> str | None:
        """Return what a path was; None if it was the same."""
        return self.old + path.removeprefix(self.new) if is_under(path, self.new) else None


Renames = Mapping[str, Sequence[Rename]]
"""What files import instead, by their paths."""


def prove(
    project: Project,
    rules: Sequence[Rule],
    after: Mapping[str, bytes],
    renames: Renames,
    *,
    known: Sequence[Violation] | None,
    jobs: int,
) -> Mapping[str, str]:
    """Return the files that must stay as they are, each with the reason.

    Without them, the change adds no violation of any contract, no import that does not resolve,
    and no cycle of imports, in the changed files or elsewhere; and what loads now, loads then.

    Args:
        project: the project, as it is on the disk.
        rules:   its contracts.
        after:   what files are to hold.
        renames: what the files import instead. What was wrong with the old path may be wrong
                 with the new one, too.
        known:   everything that breaks the contracts now; None if not all files were judged.
        jobs:    how many processes may share the work.
    """
    proof = _Proof(project, rules, renames, known, jobs)
    accepted = dict(after)
    refused: dict[str, str] = {}
    while accepted:
        harm = proof.harm(accepted)
        if not harm:
            break
        for path, reason in harm.items():
            del accepted[path]
            refused[path] = reason
    return refused


class _Proof:
    """Compares a project with what becomes of it."""

    def __init__(
        self,
        project: Project,
        rules: Sequence[Rule],
        renames: Renames,
        known: Sequence[Violation] | None,
        jobs: int,
    ) -> None:
        self._project = project
        self._renames = renames
        self._jobs = jobs
        resolving = rule_type("resolvable_imports")(_PROOF, {PROJECT_KEY: project}, dict(_OPTIONS))
        self._rules: tuple[Rule, ...] = (*rules, resolving)
        self._unknown: Sequence[Rule] = self._rules if known is None else (resolving,)
        self._given: Sequence[Violation] = known or ()
        self._known: dict[str, Counter[_Kind]] = {}
        self._cycles_before = _Cycles(project.index)
        self._loads = LoadOrder(project)

    def harm(self, after: Mapping[str, bytes]) -> Mapping[str, str]:
        """Return the changed files that do harm, each with what it does; none if all is well."""
        changed = OverlaidProject(self._project, after)
        early = self._loads.harm(changed, after)
        if early:
            return early
        files = self._concerned(changed, after)
        rules = [_over(rule, changed, after) for rule in self._rules]
        report = engine.check(changed, rules, files, jobs=self._jobs)
        self._know({path for path in files if path not in self._known})
        numbers = Counter(map(_kind, report.violations))
        harm: dict[str, str] = {}
        for violation in report.violations:
            kind = _kind(violation)
            if kind.code in _NO_HARM or self._was_idle(violation):
                continue
            if numbers[kind] > self._known.get(violation.path, _NOTHING)[kind]:
                for path in _blamed(violation, after, changed.index):
                    harm.setdefault(path, f"it would lead to: {violation}")
        for path, reason in self._cycles(changed, after):
            harm.setdefault(path, reason)
        return harm

    def _was_idle(self, violation: Violation) -> bool:
        """Return whether a patch patched nothing before, though nobody could tell."""
        finding = violation.finding
        if violation.contract != _PROOF or finding.code != Code.IDLE_PATCH:
            return False
        renames = self._renames.get(violation.path, ())
        paths = {finding.target, *(old for item in renames if (old := item.back(finding.target)))}
        lookups = self._project.index.derived(Lookups)
        parted = (path.rpartition(".") for path in paths)
        return not any(lookups.is_looked_up(module, name) for module, _, name in parted)

    def _concerned(self, changed: OverlaidProject, after: Mapping[str, bytes]) -> Sequence[str]:
        """Return the files that may be judged otherwise: all of them, if many files change."""
        if len(after) > _FEW_FILES:
            return changed.listing.files
        before = OverlaidProject(self._project, {})
        return sorted({*after, *find_affected(before, changed, after)})

    def _know(self, files: Set[str]) -> None:
        """Take down what is wrong with files now."""
        for path in files:
            self._known[path] = Counter()
        if not files:
            return
        report = engine.check(self._project, self._unknown, sorted(files), jobs=self._jobs)
        given = (item for item in self._given if item.path in files)
        for violation in (*report.violations, *given):
            known = self._known.setdefault(violation.path, Counter())
            kind = _kind(violation)
            moved = (rename.of(kind.target) for rename in self._renames.get(kind.path, ()))
            targets = {kind.target, *(target for target in moved if target is not None)}
            known.update(kind._replace(target=target) for target in targets)

    def _cycles(
        self, changed: OverlaidProject, after: Mapping[str, bytes]
    ) -> Iterator[tuple[str, str]]:
        """Yield the files that close a cycle of imports."""
        cycles = _Cycles(changed.index)
        for path in after:
            module = changed.tree.module_of(path)
            if module is None or not any(item.old != item.new for item in self._renames[path]):
                continue
            name, before = module.name, self._cycles_before
            steps = cycles.from_module(name) - before.from_module(name)
            closing = steps & cycles.around(name) if steps else frozenset()
            if closing and cycles.around(name) - before.around(name):
                yield path, f"it would close a cycle of imports by importing '{min(closing)}'"


class _Cycles:
    """The cycles of imports of one version of a project."""

    def __init__(self, index: Index) -> None:
        self._graph = index.derived(ImportGraph)
        self._components = Components(lambda module: tuple(self._graph.imports_of(module)))

    def around(self, module: str) -> frozenset[str]:
        """Return the modules in a circle with a module."""
        return self._components.of(module)

    def from_module(self, module: str) -> frozenset[str]:
        """Return what a module imports."""
        return frozenset(self._graph.imports_of(module))


def _kind(violation: Violation) -> _Kind:
    finding = violation.finding
    return _Kind(violation.path, violation.contract, finding.code, finding.target)


def _blamed(violation: Violation, after: Mapping[str, bytes], index: Index) -> Iterable[str]:
    """Return the changed files that may be the reason of a violation."""
    if violation.path in after:
        return [violation.path]
    finding = violation.finding
    named = (
        index.path_of(module) for module in (finding.module, finding.target, finding.cause or "")
    )
    found = [path for path in named if path is not None and path in after]
    found += [link.path for link in finding.chain if link.path in after]
    return found or after


def _over(rule: Rule, changed: OverlaidProject, after: Mapping[str, bytes]) -> Rule:
    """Return a contract as it is over the changed project."""
    if not isinstance(rule, OverlaidRule):
        return rule
    files: list[SourceFile] = []
    for path in after:
        module = changed.tree.module_of(path)
        if module is not None:
            files.append(changed.index.open(path, module))
    return rule.over(changed, files)
