"""Imports of what is not there, and first-party imports that a fallback hides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from linter_ext.codes import Code
from linter_ext.names import is_under
from linter_ext.rules.advice import RESORT, Advice, moved_to
from linter_ext.source.asked import Asked
from linter_ext.source.circumstances import PLAIN, Circumstance
from linter_ext.source.facts import Context, Import, Span
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Answer, Gap, Lack, State
from linter_ext.source.import_screen import ImportScreen
from linter_ext.source.index import Index
from linter_ext.source.presence import Presence
from linter_ext.violations import Finding

_HEDGED = Context.GUARDED | Context.FALLBACK
_CODES = {
    Lack.NO_MODULE: Code.NO_MODULE,
    Lack.NOT_A_PACKAGE: Code.NO_PACKAGE,
    Lack.NOT_INSTALLED: Code.NOT_INSTALLED,
}
_FACTS = {
    Lack.NO_MODULE: "there is no module '{gap}'",
    Lack.NOT_A_PACKAGE: "'{gap}' is a module, not a package, so there is no '{path}'",
    Lack.NOT_INSTALLED: "'{gap}' is not installed",
    Lack.NO_NAME: "'{module}' has no name '{name}'",
    Lack.TYPING_ONLY: "'{module}' binds '{name}' for type checkers only",
    Lack.LISTED_ONLY: "'{module}' lists '{name}' in __all__, but does not bind it",
    Lack.UNBOUND: "'{module}' does not bind '{name}', because an import before it fails",
}
_IN_VAIN = "'{module}' does not offer '{name}': its __getattr__ takes '{behind}', which is missing"
_REMEDIES = {
    Lack.NOT_INSTALLED: "install it, or import it in a 'try' that does without it",
    Lack.TYPING_ONLY: "import it under TYPE_CHECKING, or from the module that defines it",
    Lack.UNBOUND: "mend that import",
    Lack.LISTED_ONLY: "define it there, or take it out of __all__",
}


class Fallbacks(Enum):
    """What to do with first-party imports behind a fallback."""

    REPORT = "report"
    IGNORE = "ignore"


class ThirdParty(Enum):
    """What to do with imports from outside the project and the standard library."""

    IGNORE = "ignore"
    INSTALLED = "installed"
    """They are looked for in the environment that linter-ext runs in."""


def find_missing(
    file: SourceFile, index: Index, advice: Advice, fallbacks: Fallbacks, third_party: ThirdParty
) -> Iterator[Finding]:
    """Yield a finding for each import that fails, or whose failure would be hidden.

    Args:
        file:        the importer.
        index:       the project's modules.
        advice:      gives the remedies.
        fallbacks:   what to do with first-party imports behind a fallback.
        third_party: whether the packages that are installed count. Where they do not, findings
                     on them may come all the same.
    """
    accepted = {Lack.NOT_INSTALLED} if third_party is ThirdParty.IGNORE else frozenset[Lack]()
    screen = index.derived(ImportScreen)
    if screen.clears(file, accepted):
        return
    left = screen.left(file, accepted)
    if left is None:
        yield from judge_imports(file, index, advice, fallbacks)
    else:
        file.validate()
        judge = _Judge(file, index, advice, fallbacks, _reading(left.circumstances))
        yield from _find(left.imports, judge)


def judge_imports(
    file: SourceFile, index: Index, advice: Advice, fallbacks: Fallbacks
) -> Iterator[Finding]:
    """Yield the same findings from the parser's facts alone, without asking the screen."""
    judge = _Judge(file, index, advice, fallbacks, lambda item: file.circumstances.get(item, PLAIN))
    yield from _find(file.imports, judge)


def _reading(circumstances: Mapping[Import, Circumstance]) -> Callable[[Import], Circumstance]:
    return lambda item: circumstances.get(item, PLAIN)


def _find(imports: Iterable[Import], judge: _Judge) -> Iterator[Finding]:
    seen: set[tuple[Span, str]] = set()
    for item in imports:
        finding = judge.finding(item)
        if finding is not None and (finding.span, finding.target) not in seen:
            seen.add((finding.span, finding.target))
            yield finding


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges the imports of one file."""

    file: SourceFile
    index: Index
    advice: Advice
    fallbacks: Fallbacks
    circumstance: Callable[[Import], Circumstance]

    def finding(self, item: Import) -> Finding | None:
        """Return what is wrong with one import."""
        asked = self.index.ask(self.file, item)
        is_orphan = asked is not None and self.index.is_orphan(self.file, item.level)
        asked = None if is_orphan else asked
        answer = self._answer(asked)
        is_hedged = item.context is not Context.MODULE and bool(item.context & _HEDGED)
        if not isinstance(answer, Gap) and asked is not None and not is_hedged:
            return None
        circumstance = self.circumstance(item)
        if circumstance.is_dead or circumstance.is_deliberate:
            return None
        if circumstance.is_optional and asked is not None and not self._is_first_party(asked):
            return None
        if asked is None:
            return self._orphaned(item) if is_orphan else self._climbing(item)
        if circumstance.group is not None:
            return self._hedged(asked, answer, circumstance)
        return self._missing(asked, answer) if isinstance(answer, Gap) else None

    def _answer(self, asked: Asked | None) -> Answer:
        if asked is None:
            return State.MISSING
        return self.index.derived(Presence).of_import(self.file, asked)

    # Behind a fallback.

    def _hedged(self, asked: Asked, answer: Answer, circumstance: Circumstance) -> Finding | None:
        """Return what is wrong with one of several alternatives."""
        group = circumstance.group
        is_ignored = self.fallbacks is Fallbacks.IGNORE or not self._is_first_party(asked)
        if group is None or is_ignored:
            return None
        earlier = (*group.before, *group.branches[: circumstance.branch])
        if any(self._resolves(branch) for branch in earlier):
            return None
        if not isinstance(answer, Gap):
            is_first = not earlier and answer is State.THERE
            return self._hidden(asked) if is_first and group.is_meant else None
        later = group.branches[circumstance.branch + 1 :]
        if any(branch and self._resolves(branch) for branch in later):
            return self._replaced(asked, answer)
        return self._missing(asked, answer, ", which a fallback hides")

    def _resolves(self, branch: tuple[Import, ...]) -> bool:
        """Return whether an alternative holds first-party imports, none of which is missing."""
        asked = [self.index.ask(self.file, item) for item in branch]
        found = [item for item in asked if item is not None and self._is_first_party(item)]
        return bool(found) and not any(isinstance(self._answer(item), Gap) for item in asked)

    def _is_first_party(self, asked: Asked) -> bool:
        return self.index.tree.is_first_party(asked.module)

    def _hidden(self, asked: Asked) -> Finding:
        place = _place(asked, self.index)
        fact = f"first-party import '{place.path}' is behind a fallback, which hides its failures"
        return place.finding(Code.FALLBACK, f"{fact}; import it without the fallback", None)

    def _replaced(self, asked: Asked, gap: Gap) -> Finding:
        place = _place(asked, self.index, gap)
        fact = f"'{place.path}' does not exist, so the fallback is always taken"
        remedy = "import what it falls back to, without 'try'"
        return place.finding(Code.FALLBACK, f"{fact}; {remedy}", gap.path)

    # Missing.

    def _climbing(self, item: Import) -> Finding:
        written = item.written_module
        top = self.file.module.root.name
        message = f"relative import '{written}' climbs out of '{top}'; write the absolute path"
        place = _Place(item.module_span, item.line, written, None)
        return place.finding(Code.NO_MODULE, message, written)

    def _orphaned(self, item: Import) -> Finding:
        written = item.written_module
        folder = self.file.path.rpartition("/")[0]
        fact = f"relative import '{written}' climbs out of what pytest takes for a package"
        remedy = f"add '{folder}/__init__.py', or write the absolute path"
        place = _Place(item.module_span, item.line, written, None)
        return place.finding(Code.NO_MODULE, f"{fact}; {remedy}", written)

    def _missing(self, asked: Asked, gap: Gap, further: str = "") -> Finding:
        place = _place(asked, self.index, gap)
        fact = self._fact(asked, gap, place.path)
        remedy = self._remedy(asked, gap)
        message = f"{fact}{further}; {remedy}"
        finding = place.finding(_CODES.get(gap.lack, Code.NO_NAME), message, _cause(asked, gap))
        moved, gone = moved_to(remedy), _written(asked, gap.path)
        if moved is None or not is_under(place.path, gone):
            return finding
        return finding._replace(instead=moved + place.path.removeprefix(gone))

    def _fact(self, asked: Asked, gap: Gap, path: str) -> str:
        fact = _IN_VAIN if gap.behind else _FACTS[gap.lack]
        return fact.format(
            gap=_written(asked, gap.path),
            path=path,
            module=asked.written,
            name=gap.path.rpartition(".")[2],
            behind=gap.behind,
        )

    def _remedy(self, asked: Asked, gap: Gap) -> str:
        if gap.behind:
            return "bring that back, or mend the function"
        if gap.lack in _REMEDIES:
            return _REMEDIES[gap.lack]
        module, name = _split(gap.path)
        if not self._is_first_party(asked):
            return (module and self.advice.nearest(module, name)) or "correct the import"
        if gap.lack is Lack.NO_MODULE:
            remedy = self._other_module(asked, gap.path)
        elif gap.lack is Lack.NOT_A_PACKAGE:
            remedy = self._other_name(asked, gap.path)
        else:
            remedy = self.advice.for_name(module, name)
        # What it says is a first-party name; the importer may know it by another.
        return remedy.replace(f"'{_extra(asked)}", "'")

    def _other_module(self, asked: Asked, path: str) -> str:
        """Return what to import in place of a missing module; it may be a name."""
        parent, name = _split(path)
        presence = self.index.derived(Presence)
        if parent and presence.name(parent, name) is State.THERE:
            return f"it is a name; write 'from {parent} import {name}'"
        remedy = self.advice.for_module(path)
        taken = asked.item.name
        if remedy == RESORT and taken is not None and not asked.item.is_star:
            return self.advice.home_of(taken) or remedy
        return remedy

    def _other_name(self, asked: Asked, module: str) -> str:
        """Return what to import in place of a submodule of a file."""
        presence = self.index.derived(Presence)
        name = asked.module[len(module) + 1 :].partition(".")[0]
        for taken in (name, asked.item.name):
            if taken is not None and presence.name(module, taken) is State.THERE:
                return f"write 'from {module} import {taken}'"
        return self.advice.for_module(f"{module}.{name}")


@dataclass(frozen=True, slots=True)
class _Place:
    """What of an import is at fault.

    Attributes:
        span:   where it stands.
        line:   the first line of the statement.
        module: the module asked for, by the name in the code.
        name:   the name asked for; None where the module is at fault.
    """

    span: Span
    line: int
    module: str
    name: str | None

    @property
    def path(self) -> str:
        """The dotted path at fault."""
        return self.module if self.name is None else f"{self.module}.{self.name}"

    def finding(self, code: Code, message: str, cause: str | None) -> Finding:
        """Return the finding at this place."""
        return Finding(
            code=code,
            span=self.span,
            line=self.line,
            module=self.module,
            name=self.name,
            target=self.path,
            message=message,
            cause=cause,
        )


def _place(asked: Asked, index: Index, gap: Gap | None = None) -> _Place:
    """Return where an import is at fault: at the name, or at the module it is taken from."""
    item = asked.item
    if item.name is None:
        return _Place(item.span, item.line, asked.written, None)
    if item.is_star and gap is not None and gap.path.rpartition(".")[0] == asked.module:
        return _Place(item.span, item.line, asked.written, gap.path.rpartition(".")[2])
    if gap is None:
        is_name = index.is_module(asked.path) and index.is_package(asked.module)
    else:
        is_name = gap.path == asked.path and gap.lack is not Lack.NOT_A_PACKAGE
    if is_name and not item.is_star:
        return _Place(item.span, item.line, asked.written, item.name)
    return _Place(item.module_span, item.line, asked.written, None)


def _written(asked: Asked, path: str) -> str:
    """Return a first-party path by the name in the code."""
    return path.removeprefix(_extra(asked))


def _extra(asked: Asked) -> str:
    """Return what the first-party name of a module has before the name in the code."""
    extra = asked.module.removesuffix(asked.written)
    return extra if extra != asked.module else ""


def _cause(asked: Asked, gap: Gap) -> str:
    """Return what is missing; of what is no package, the submodule that is asked for."""
    if gap.lack is not Lack.NOT_A_PACKAGE:
        return gap.behind or gap.path
    below = asked.module[len(gap.path) + 1 :].partition(".")[0]
    return f"{gap.path}.{below}"


def _split(path: str) -> tuple[str, str]:
    module, _, name = path.rpartition(".")
    return module, name
