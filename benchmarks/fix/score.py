"""How many imports, uses and strings a tool got right: two trees compared, site by site."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.fix.code import Checkout, Module
from benchmarks.fix.moves import Map, heads
from benchmarks.fix.sites import Import, Sites, Use, read_sites

KINDS = ("imports", "uses", "strings")


class Verdict(NamedTuple):
    """What became of one site.

    Attributes:
        kind:    one of `KINDS`.
        outcome: `right`, `left` or `wrong`.
        file:    the file as it is now.
        site:    what stood there.
        why:     what is wrong with it.
    """

    kind: str
    outcome: str
    file: str
    site: str
    why: str = ""


@dataclass
class Score:
    """The verdicts on a tree.

    Attributes:
        verdicts: one for each site that a move concerns.
        harm:     what no move concerns and is different all the same.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    harm: list[str] = field(default_factory=list)

    def count(self, kind: str, outcome: str) -> int:
        """Return how many sites of a kind came out so."""
        return sum(v.kind == kind and v.outcome == outcome for v in self.verdicts)


@dataclass(frozen=True)
class _File:
    module: Module
    sites: Sites | None


def compare(before: Checkout, after: Checkout, moves: Map, shims: frozenset[str]) -> Score:
    """Return the score of a tree that a tool has changed; shims are no part of it."""
    old, new = _files(before, moves, shims), _files(after, moves, shims)
    demands = _demands(new.values())
    kept = _looked_up(new, moves)
    score = Score()
    for key, was in sorted(old.items()):
        now = new.get(key)
        if was.sites is None:
            continue
        if now is None or now.sites is None:
            score.harm.append(f"{key}: {'gone' if now is None else 'no Python any more'}")
            score.verdicts += _all_wrong(was, moves)
            continue
        judge = _Judge(moves, demands, kept, was=was, now=now)
        score.verdicts += [*judge.imports(), *judge.uses(), *judge.strings()]
        score.harm += [f"{now.module.path}: {line}" for line in judge.harm()]
    return score


def _files(checkout: Checkout, moves: Map, shims: frozenset[str]) -> dict[str, _File]:
    found = {}
    for module in checkout.modules():
        if module.path not in shims:
            text = checkout.read(module.path)
            found[moves.canonical(module.name)] = _File(module, read_sites(text, module))
    return found


def _demands(files: Iterable[_File]) -> frozenset[str]:
    return frozenset(
        path
        for file in files
        if file.sites is not None
        for path in (
            *(item.path for item in file.sites.imports),
            *(use.path for use in file.sites.uses),
        )
    )


def _looked_up(files: Mapping[str, _File], moves: Map) -> frozenset[str]:
    """Return old paths of names that their old modules still read: to patch those is right."""
    found = set()
    for move in moves.moves:
        home, _, name = move.old.rpartition(".")
        file = files.get(moves.canonical(home))
        if move.kind == "name" and file is not None and file.sites is not None:
            is_imported = any(item.local == name and not item.scope for item in file.sites.imports)
            if is_imported and name in file.sites.loads:
                found.add(move.old)
    return frozenset(found)


def _moved_imports(sites: Sites, moves: Map) -> Iterator[Import]:
    return (item for item in sites.imports if moves.old_in(item.path) is not None)


def is_moved_use(use: Use, moves: Map) -> bool:
    """Return whether the attributes of a use, not its import, reach an old path."""
    old = moves.old_in(use.path)
    return old is not None and len(old) > len(use.bound)


def _all_wrong(was: _File, moves: Map) -> Iterator[Verdict]:
    sites = was.sites or Sites()
    path, why = was.module.path, "the file cannot be read any more"
    for item in _moved_imports(sites, moves):
        yield Verdict("imports", "wrong", path, item.path, why)
    for use in sites.uses:
        if is_moved_use(use, moves):
            yield Verdict("uses", "wrong", path, use.path, why)
    for text in sites.texts:
        if text.is_reference and moves.old_in(text.path):
            yield Verdict("strings", "wrong", path, text.path, why)


class _Judge:
    def __init__(
        self,
        moves: Map,
        demands: frozenset[str],
        kept: frozenset[str],
        *,
        was: _File,
        now: _File,
    ) -> None:
        self._moves = moves
        self._name = was.module.name
        self._path = now.module.path
        self._was = was.sites or Sites()
        self._now = now.sites or Sites()
        self._demands = demands
        self._kept = kept
        # The modules, old and new, that have to be imported before something in them is used.
        self._homes = frozenset(
            path if move.kind == "module" else path.rpartition(".")[0]
            for move in moves.moves
            for path in (move.old, move.new)
        )
        # What the file names in full: `app.new.f()` after `import app.new` will do for an import.
        self._reached = {
            head
            for use in self._now.uses
            if moves.old_in(use.path) is None and _is_loaded(use, self._now, self._homes)
            for head in heads(use.path)
            if len(head) > len(use.bound)
        }
        self._found: dict[tuple[str, str], list[Import]] = defaultdict(list)
        for item in self._now.imports:
            self._found[item.local, moves.canonical(item.path)].append(item)

    def imports(self) -> Iterator[Verdict]:
        left: Counter[Import] = Counter(_moved_imports(self._now, self._moves))
        for item in _moved_imports(self._was, self._moves):
            outcome, why = self._import(item, left)
            yield Verdict("imports", outcome, self._path, f"{item.path} as {item.local}", why)

    def _import(self, item: Import, left: Counter[Import]) -> tuple[str, str]:
        canonical = self._moves.canonical(item.path)
        if left[item] > 0:
            left[item] -= 1
            return "left", ""
        same = self._found.get((item.local, canonical), [])
        if any(self._is_new(one) and _covers(one.scope, item.scope) for one in same):
            return "right", ""
        if not self._is_loaded_in(canonical, item.scope):
            is_plain = item.bound != item.path and item.local not in self._was.loads
            if is_plain and not self._is_demanded(item.local):
                return "right", ""
            if canonical not in self._reached:
                return "wrong", "nothing imports it any more"
        # `import a.old` bound nothing of its own; its uses are judged by themselves.
        why = ""
        if item.bound == item.path and item.local != "*":
            if item.local in self._now.loose:
                why = f"'{item.local}' is read and not bound"
            elif self._is_demanded(item.local):
                why = f"others take '{item.local}' from this module"
        return ("wrong" if why else "right"), why

    def _is_loaded_in(self, canonical: str, scope: str) -> bool:
        return any(
            self._is_new(one)
            and _covers(one.scope, scope)
            and canonical in heads(self._moves.canonical(one.path))
            for one in self._now.imports
        )

    def _is_new(self, item: Import) -> bool:
        return self._moves.old_in(item.path) is None

    def _is_demanded(self, local: str) -> bool:
        return f"{self._name}.{local}" in self._demands

    def uses(self) -> Iterator[Verdict]:
        was = [self._moves.canonical(use.path) for use in self._was.uses]
        now = [self._moves.canonical(use.path) for use in self._now.uses]
        matched: dict[int, int] = {}
        for block in difflib.SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
            matched.update((block.a + step, block.b + step) for step in range(block.size))
        for index, use in enumerate(self._was.uses):
            if not is_moved_use(use, self._moves):
                continue
            if index not in matched:
                yield Verdict("uses", "wrong", self._path, use.path, "leads elsewhere")
                continue
            found = self._now.uses[matched[index]]
            was_loaded = _is_loaded(use, self._was, self._homes)
            outcome = "right" if self._moves.old_in(found.path) is None else "left"
            why = ""
            if was_loaded and not _is_loaded(found, self._now, self._homes):
                outcome, why = "wrong", f"'{found.path}' is used and its module not imported"
            yield Verdict("uses", outcome, self._path, use.path, why)

    def strings(self) -> Iterator[Verdict]:
        was = [text for text in self._was.texts if text.is_reference]
        now = [text for text in self._now.texts if text.is_reference]
        if len(was) != len(now):
            yield Verdict("strings", "wrong", self._path, "", "strings are gone, or new")
            return
        for before, after in zip(was, now, strict=True):
            if self._moves.old_in(before.path) is None:
                continue
            canonical = self._moves.canonical(before.path)
            outcome, why = "right", ""
            if before.path in self._kept:
                # The old module looks the name up: a patch elsewhere would not reach it.
                if after.path != before.path:
                    outcome, why = "wrong", f"says '{after.path}', which is not looked up"
            elif after.path == before.path:
                outcome = "left"
            elif after.path != canonical:
                outcome, why = "wrong", f"says '{after.path}'"
            yield Verdict("strings", outcome, self._path, before.path, why)

    def harm(self) -> Iterator[str]:
        """Return what is different though no move concerns it."""
        # `import a.b` does what `import a` did.
        now = {*self._found, *((item.local, item.bound) for item in self._now.imports)}
        for item in self._was.imports:
            key = item.local, self._moves.canonical(item.path)
            is_idle = item.bound in self._homes and item.local not in self._now.loads
            if is_idle and not self._is_demanded(item.local):
                continue
            if self._is_new(item) and key not in now:
                yield f"import of '{item.path}' as '{item.local}' is gone"
        for name in sorted(self._now.loose - self._was.loose):
            yield f"'{name}' is read and not bound"
        # A string that starts with a local name, such as the bound of a type variable, is code.
        local = {item.local for item in self._was.imports if item.local != item.bound}
        was = Counter(
            text.path
            for text in self._was.texts
            if not self._moves.old_in(text.path) and text.path.partition(".")[0] not in local
        )
        now_texts = Counter(text.path for text in self._now.texts)
        for path in sorted((was - now_texts).keys()):
            yield f"the string '{path}' is gone"


def _covers(scope: str, inner: str) -> bool:
    return not scope or scope == inner or inner.startswith(f"{scope}.")


def _is_loaded(use: Use, sites: Sites, homes: frozenset[str]) -> bool:
    """Return whether some import of a file loads the module that a use reaches into."""
    home = next((head for head in heads(use.path) if head in homes), None)
    loaded = {head for item in sites.imports for head in heads(item.path)}
    return home is None or home in loaded
