"""References to nothing: strings that the run time will not be able to import (IMC404)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from linter_ext.codes import Code
from linter_ext.rules.advice import moved_to
from linter_ext.rules.reference_screen import may_have_dead_references, may_have_dead_settings
from linter_ext.source.attributes import Attributes, Unoffered
from linter_ext.source.django_settings import find_settings
from linter_ext.source.expected_failures import is_meant_to_fail
from linter_ext.source.facts import Reference, ReferenceKind, Referrer
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Gap, Lack, State
from linter_ext.source.index import Index
from linter_ext.source.presence import Presence
from linter_ext.spelling import closest
from linter_ext.violations import Finding

_CLOSE = 0.75
_RESORT = "restore it, or correct the string"
_SKIPPED = ", so the tests are skipped silently"
_SUGGESTED = re.compile(r"(use|did you mean|it is now) '([^']+)'(.*)")
_REASONS = {
    Lack.NO_MODULE: "no module '{gap}'",
    Lack.NOT_A_PACKAGE: "'{gap}' is a module, not a package",
    Lack.NO_NAME: "'{module}' has no name '{name}'",
    Lack.TYPING_ONLY: "'{module}' binds '{name}' for type checkers only",
    Lack.LISTED_ONLY: "'{module}' lists '{name}' in __all__, but does not bind it",
    Lack.UNBOUND: "'{module}' does not bind '{name}', because an import before it fails",
}


class Remedies(Protocol):
    """Tells the way out of a path that is missing."""

    def for_module(self, module: str) -> str:
        """Return what to do about a first-party module that does not exist."""

    def for_name(self, module: str, name: str) -> str:
        """Return what to do about a name that a first-party module does not have."""


def find_dead_references(file: SourceFile, index: Index, advice: Remedies) -> Iterator[Finding]:
    """Yield a finding for each string of a file that names what does not exist.

    Args:
        file:   the file.
        index:  the project's modules.
        advice: gives the remedies.
    """
    if not may_have_dead_references(file, index):
        return
    for reference in (*file.expressions.references, *file.expressions.inferred):
        path = index.identity(file, reference.target)
        for finding in _judge(reference, path, index, advice):
            if not _is_excused(finding, reference, file, index):
                yield finding


def find_dead_settings(file: SourceFile, index: Index, advice: Remedies) -> Iterator[Finding]:
    """Yield a finding for each dotted path that Django will look up in vain.

    Only for projects that depend on Django.
    """
    if not may_have_dead_settings(file, index):
        return
    file.validate()
    for reference in find_settings(file.source):
        path = index.identity(file, reference.target)
        if index.tree.is_first_party(path):
            yield from _judge(reference, path, index, advice)


def find_dead_entry_points(text: str, index: Index, advice: Remedies) -> Iterator[Finding]:
    """Yield a finding for each entry point of a `pyproject.toml` that names what is not there."""
    # Only some runs look at it.
    from linter_ext.tables.entry_points import find_entry_points  # noqa: PLC0415

    for reference in find_entry_points(text):
        if index.tree.is_first_party(reference.target):
            yield from _judge(reference, reference.target, index, advice)


def _judge(reference: Reference, path: str, index: Index, advice: Remedies) -> Iterator[Finding]:
    lookup = _Lookup(reference, path, reference.target, reference.referrer, index, advice)
    finding = lookup.finding()
    if finding is not None:
        yield finding
    elif not reference.may_create:
        for name in reference.attributes:
            below, target = f"{path}.{name}", f"{reference.target}.{name}"
            inner = _Lookup(reference, below, target, Referrer.PATCH, index, advice).finding()
            if inner is not None:
                yield inner


def _is_excused(finding: Finding, reference: Reference, file: SourceFile, index: Index) -> bool:
    """Return whether the lookup is meant to fail, or a test puts the module in place itself."""
    is_import = reference.kind is ReferenceKind.MODULE
    if is_meant_to_fail(file.tree, reference.span, is_import=is_import):
        return True
    missing = finding.cause or finding.target
    return any(_puts_in_place(other, missing) for other in (file, *index.conftests(file)))


def _puts_in_place(file: SourceFile, path: str) -> bool:
    """Return whether a file names a path, otherwise than in a reference, for `sys.modules`."""
    text = file.source.text
    if "sys.modules" not in text:
        return False
    named = sum(text.count(f"{quote}{path}{quote}") for quote in "\"'")
    references = (*file.expressions.references, *file.expressions.inferred)
    return named > [item.target for item in references].count(path)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """One path that a reference looks up.

    Attributes:
        reference: the reference.
        path:      the path, by its first-party name.
        target:    the path, by the names in the code.
        referrer:  who looks it up.
        index:     the project's modules.
        advice:    gives the remedies.
    """

    reference: Reference
    path: str
    target: str
    referrer: Referrer
    index: Index
    advice: Remedies

    def finding(self) -> Finding | None:
        """Return what is wrong, if anything is."""
        answer = self._answer()
        if answer is None or not self._is_concerned(answer):
            return None
        module, name = self._module_and_name(answer)
        remedy = self._remedy(answer)
        moved, rest = moved_to(remedy), self.path.removeprefix(answer.path)
        return Finding(
            code=Code.DEAD_REFERENCE,
            span=self.reference.span,
            line=self.reference.line,
            module=self._written(module),
            name=name,
            target=self.target,
            message=f"{self._fact(answer)}; {remedy}",
            cause=answer.path,
            instead=moved if moved is not None and moved.endswith(rest) else None,
        )

    def _answer(self) -> Gap | Unoffered | None:
        """Return what is missing of the path; of its owner, where the last part may be missing."""
        path, referrer = self.path, self.referrer
        if self.reference.may_create and referrer.replaces:
            path = path.rpartition(".")[0]
            referrer = Referrer.RESOLVE_NAME if referrer is Referrer.PATCH else referrer
        return self._find(path, referrer)

    def _find(self, path: str, referrer: Referrer) -> Gap | Unoffered | None:
        return self.index.derived(Attributes).lacking(path, self.reference.kind, referrer)

    def _is_concerned(self, answer: Gap | Unoffered) -> bool:
        """Return whether the path is the project's own, or a submodule of what is installed."""
        if self.index.tree.is_first_party(self.path):
            return True
        is_module = self.reference.kind is ReferenceKind.MODULE
        return is_module and isinstance(answer, Gap) and answer.lack is not Lack.NOT_INSTALLED

    # The facts.

    def _fact(self, answer: Gap | Unoffered) -> str:
        is_module = self.reference.kind is ReferenceKind.MODULE
        fact = f"there is no {'module ' if is_module else ''}'{self.target}'"
        reason = self._reason(answer)
        if reason:
            fact = f"{fact} ({reason})"
        return f"{fact}{_SKIPPED}" if self.referrer is Referrer.IMPORT_OR_SKIP else fact

    def _reason(self, answer: Gap | Unoffered) -> str:
        """Return why the path is not there, if that is more than that it is not."""
        gap = self._written(answer.path)
        module, _, name = gap.rpartition(".")
        if isinstance(answer, Unoffered):
            return "" if answer.path == self.path else f"class '{module}' has no '{name}'"
        if answer.path == self.path and answer.lack in (Lack.NO_MODULE, Lack.NO_NAME):
            return ""
        lack = Lack.NO_MODULE if self._lacks_module(answer) else answer.lack
        return _REASONS[lack].format(gap=gap, module=module, name=name)

    def _lacks_module(self, gap: Gap) -> bool:
        """Return whether what is missing was a module, for all that can be told."""
        if gap.lack is Lack.NO_NAME:
            is_in_package = self.index.is_package(gap.path.rpartition(".")[0])
            return is_in_package and gap.path != self.path
        return gap.lack is Lack.NO_MODULE

    def _module_and_name(self, answer: Gap | Unoffered) -> tuple[str, str | None]:
        """Return the module and the name at fault; no name where a module is."""
        if isinstance(answer, Unoffered):
            module, parts = self.index.derived(Attributes).split(self.path)
            return module, parts[0]
        if self._lacks_module(answer):
            return answer.path, None
        if answer.lack is Lack.NOT_A_PACKAGE:
            return self.path, None
        module, _, name = answer.path.rpartition(".")
        return module, name

    # The remedies.

    def _remedy(self, answer: Gap | Unoffered) -> str:
        if not self.index.tree.is_first_party(answer.path):
            return "correct the string"
        if isinstance(answer, Unoffered):
            return self._other_attribute(answer)
        module, _, name = answer.path.rpartition(".")
        if self._lacks_module(answer):
            return self._extended(self.advice.for_module(answer.path), answer.path)
        if answer.lack is Lack.NO_NAME:
            return self._extended(self.advice.for_name(module, name), answer.path)
        return self._member(answer.path) if answer.lack is Lack.NOT_A_PACKAGE else _RESORT

    def _other_attribute(self, answer: Unoffered) -> str:
        name = answer.path.rpartition(".")[2]
        close = closest(name, sorted(answer.names), likeness=_CLOSE)
        if close is None:
            return _RESORT
        before, _, after = f"{self.target}.".rpartition(f".{name}.")
        path = f"{before}.{close}.{after}".removesuffix(".")
        return f"did you mean '{path}'?"

    def _member(self, module: str) -> str:
        """Return what to do about a module asked of what is no package."""
        below = self.path[len(module) + 1 :].partition(".")[0]
        if self.index.derived(Presence).name(module, below) is State.THERE:
            return f"import '{self._written(module)}', and take '{below}' from it"
        path = f"{module}.{below}"
        return self._extended(self.advice.for_module(path), path)

    def _extended(self, remedy: str, path: str) -> str:
        """Return a remedy for a prefix of the path as one for the whole of it."""
        found = _SUGGESTED.fullmatch(remedy)
        if found is None:
            return remedy if "remove the import" not in remedy else _RESORT
        whole = found[2] + self.path.removeprefix(path)
        if whole == self.path:
            return _RESORT
        is_there = self._find(whole, self.referrer) is None
        return f"{found[1]} '{self._written(whole if is_there else found[2])}'{found[3]}"

    def _written(self, path: str) -> str:
        """Return a first-party path by the name in the code."""
        return path.removeprefix(self.path.removesuffix(self.target))
