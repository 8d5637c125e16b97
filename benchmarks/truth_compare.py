"""Compares what linter-ext says of a tree with what its run time says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.truth_runtime import MISSING, Tried, Truth
from benchmarks.truth_said import Said, Unit


@dataclass(slots=True)
class Score:
    """How one kind of answers compares.

    Attributes:
        truth: what is so.
        found: of that, what is said.
        false: what is said, and is not so.
    """

    truth: int = 0
    found: int = 0
    false: int = 0

    def __iadd__(self, other: Score) -> Score:
        """Add another score."""
        self.truth += other.truth
        self.found += other.found
        self.false += other.false
        return self

    @property
    def precision(self) -> float:
        """The share of what is said that is so."""
        said = self.found + self.false
        return self.found / said if said else 1.0

    @property
    def recall(self) -> float:
        """The share of what is so that is said."""
        return self.found / self.truth if self.truth else 1.0


_ANY_ERROR = "of any error"
KINDS = ("modules", "names", "references", "uncollectable", _ANY_ERROR, "cycles")
_OF_IMPORTS = ("ImportError", "ModuleNotFoundError", "circular import")


@dataclass(slots=True)
class Comparison:
    """How a tree, or several, compare.

    Attributes:
        tried:         import statements that were run.
        unverified:    statements of which the run time cannot tell, said of or not.
        scores:        kind of answer → score.
        disagreements: what differs, in words.
        notes:         what the run time cannot tell, in words.
    """

    tried: int = 0
    unverified: int = 0
    scores: dict[str, Score] = field(default_factory=lambda: {kind: Score() for kind in KINDS})
    disagreements: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __iadd__(self, other: Comparison) -> Comparison:
        """Add another comparison."""
        self.tried += other.tried
        self.unverified += other.unverified
        for kind in KINDS:
            self.scores[kind] += other.scores[kind]
        self.disagreements += other.disagreements
        self.notes += other.notes
        return self


def units(statements: Iterable[Tried]) -> dict[Unit, Tried]:
    """Return the units that are missing at run time."""
    return {_unit_of(item): item for item in statements if item.verdict in MISSING}


def _unit_of(item: Tried) -> Unit:
    is_module = item.verdict == "no module"
    return Unit(item.path, item.line, item.module, None if is_module else item.name)


@dataclass(frozen=True, slots=True)
class Unbroken:
    """What is so, and what is said, of the tree before it is broken. Lines do not count."""

    truth: Truth
    said: Said

    def known(self, moved: Mapping[str, str]) -> frozenset[tuple[str, str, str | None]]:
        """Return the imports that are missing, or said to be, by the paths they have now."""
        found = {*units(self.truth.statements), *self.said.imports}
        return frozenset(
            (moved.get(unit.path, unit.path), unit.module, unit.name) for unit in found
        )

    def known_references(self, moved: Mapping[str, str]) -> frozenset[tuple[str, str]]:
        """Return the references that are dead, or said to be, by the paths they have now."""
        truth = {(item.path, item.module) for item in self.truth.references if _is_dead(item)}
        said = {(path, target) for path, _, target in self.said.references}
        return frozenset((moved.get(path, path), target) for path, target in truth | said)


def compare(
    truth: Truth, said: Said, unbroken: Unbroken | None, moved: Mapping[str, str]
) -> Comparison:
    """Compare what is so with what is said, without what is so of the unbroken tree as well.

    Args:
        truth:    what the run time says.
        said:     what linter-ext says.
        unbroken: both, of the tree before it was broken.
        moved:    old path → new path.
    """
    result = Comparison(tried=len(truth.statements))
    result.disagreements += [f"stray: {text}" for text in said.strays]
    _compare_imports(result, truth, said, unbroken.known(moved) if unbroken else frozenset())
    _note_unsure(result, truth, unbroken)
    known = unbroken.known_references(moved) if unbroken else frozenset()
    _compare_references(result, truth, said, known)
    _compare_uncollectable(result, truth, said, unbroken)
    if unbroken is not None:
        _compare_cycles(result, truth, said, unbroken)
    return result


def _compare_imports(
    result: Comparison,
    truth: Truth,
    said: Said,
    known: frozenset[tuple[str, str, str | None]],
) -> None:
    missing = units(truth.statements)
    unsure = {(item.path, item.line) for item in truth.statements if item.verdict == "other"}
    reached = {(item.path, item.line): item for item in truth.statements}
    for unit, item in missing.items():
        if (unit.path, unit.module, unit.name) in known:
            continue
        score = result.scores["modules" if unit.name is None else "names"]
        score.truth += 1
        if unit in said.imports:
            score.found += 1
        else:
            result.disagreements.append(_line(unit, item.explanation, "nothing"))
    for unit, text in said.imports.items():
        place = unit.path, unit.line
        if unit in missing or (unit.path, unit.module, unit.name) in known:
            continue
        if place in unsure or place not in reached:
            why = reached[place].explanation if place in reached else "never run"
            result.notes.append(_line(unit, why, text))
            continue
        result.scores["modules" if unit.name is None else "names"].false += 1
        result.disagreements.append(_line(unit, _others(truth, unit), text))


def _note_unsure(result: Comparison, truth: Truth, unbroken: Unbroken | None) -> None:
    """Note the statements that fail by what is no import, by the place of that failure."""
    before = {
        (item.path, item.module, item.name)
        for item in (unbroken.truth.statements if unbroken else ())
        if item.verdict == "other"
    }
    places = Counter(
        f"{item.root[0]}:{item.root[1]}: {item.explanation}"
        for item in truth.statements
        if item.verdict == "other" and (item.path, item.module, item.name) not in before
    )
    result.unverified += places.total()
    result.notes += [f"cannot tell of {count}, behind {at}" for at, count in places.items()]


def _others(truth: Truth, unit: Unit) -> str:
    """Return what the run time says of the statement of a unit that it does not miss."""
    found = [
        f"{item.verdict} {item.explanation} {item.root[0]}:{item.root[1]}".removesuffix(" :0")
        for item in truth.statements
        if (item.path, item.line) == (unit.path, unit.line) and unit.name in (None, item.name)
    ]
    return "; ".join(dict.fromkeys(found))


def _line(unit: Unit, truth: str, said: str) -> str:
    asked = unit.module if unit.name is None else f"{unit.module}.{unit.name}"
    return f"{unit.path}:{unit.line} {asked}: run time: {truth}; linter-ext: {said}"


def _is_dead(item: Tried) -> bool:
    return item.verdict in MISSING


def _compare_references(
    result: Comparison, truth: Truth, said: Said, known: frozenset[tuple[str, str]]
) -> None:
    score = result.scores["references"]
    told = {(path, line): text for (path, line, _), text in said.references.items()}
    tried: dict[tuple[str, int], Tried] = {}
    for item in truth.references:
        if (item.path, item.line) not in tried or _is_dead(item):
            tried[item.path, item.line] = item
    for place, item in tried.items():
        if _is_dead(item) and (item.path, item.module) not in known:
            score.truth += 1
            if place in told:
                score.found += 1
            else:
                result.disagreements.append(_reference(item, "nothing"))
    for (path, line, target), text in said.references.items():
        found = tried.get((path, line))
        if (path, target) in known or (found is not None and _is_dead(found)):
            continue
        if found is None or found.verdict == "other":
            result.notes.append(f"{path}:{line} {target}: run time: not tried; linter-ext: {text}")
        else:
            score.false += 1
            result.disagreements.append(_reference(found, text))


def _reference(item: Tried, said: str) -> str:
    truth = f"{item.verdict} {item.explanation}".strip()
    return f"{item.path}:{item.line} '{item.module}': run time: {truth}; linter-ext: {said}"


def _compare_uncollectable(
    result: Comparison, truth: Truth, said: Said, unbroken: Unbroken | None
) -> None:
    if said.uncollectable is None:
        return
    if truth.aborted:
        result.notes.append(f"pytest aborts: {truth.aborted.strip().splitlines()[-1]}")
        return
    before = set(unbroken.truth.uncollectable) if unbroken else set()
    before |= (unbroken.said.uncollectable or frozenset()) if unbroken else frozenset()
    so, told = set(truth.uncollectable) - before, set(said.uncollectable) - before
    result.scores[_ANY_ERROR] += Score(len(so), len(so & told), len(told - so))
    imports = {path for path in so if any(e in truth.uncollectable[path] for e in _OF_IMPORTS)}
    score = Score(len(imports), len(imports & told), len(told - so))
    result.scores["uncollectable"] += score
    by_error: dict[str, list[str]] = {}
    for path in sorted(so - told):
        by_error.setdefault(truth.uncollectable[path], []).append(path)
    for error, paths in by_error.items():
        lines = result.disagreements if imports.intersection(paths) else result.notes
        lines.append(f"not collected, not said: {_few(paths)}: {error}")
    if told - so:
        result.disagreements.append(f"collected, said not to be: {_few(sorted(told - so))}")


def _few(paths: Sequence[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"


def _compare_cycles(result: Comparison, truth: Truth, said: Said, unbroken: Unbroken) -> None:
    """Compare whether there is a new fatal cycle: one for each breakage."""
    score = result.scores["cycles"]
    missing = {(unit.path, unit.line) for unit in units(truth.statements)}
    is_so = bool(set(truth.cycles) - set(unbroken.truth.cycles) - missing)
    new = [text for way, text in said.cycles.items() if way not in unbroken.said.cycles]
    score += Score(int(is_so), int(is_so and bool(new)), int(not is_so and bool(new)))
    if is_so != bool(new):
        places = ", ".join(f"{path}:{line}" for path, line in truth.cycles) or "no fatal cycle"
        text = "; ".join(new) or "no fatal cycle"
        result.disagreements.append(f"cycle: run time: {places}; linter-ext: {text}")


def confirmed(truth: Truth, said: Said) -> Iterator[tuple[str, str, str]]:
    """Yield each report on imports and references: where, what, and what the run time says."""
    for unit, text in sorted(said.imports.items(), key=lambda item: item[0][:2]):
        yield f"{unit.path}:{unit.line}", text, _others(truth, unit)
    tried = {(item.path, item.line): item for item in truth.references}
    for (path, line, _), text in sorted(said.references.items()):
        found = tried.get((path, line))
        verdict = f"{found.verdict} {found.explanation}" if found else "not tried"
        yield f"{path}:{line}", text, verdict
