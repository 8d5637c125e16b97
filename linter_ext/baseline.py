"""Known violations, frozen: new ones fail, fixed ones must leave.

They are known by what they are about (`fingerprints.Key`) and by how many there are of it, never
by a line: a violation that moves within its file stays known, and one that appears twice where
one was known is new.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.fingerprints import Key, key_of
from linter_ext.violations import Violation

DEFAULT_FILE = "contracts/baseline.json"
"""Where the baseline is, from the project root, if the configuration does not say."""

_VERSION = 1
_KEYS = ("contract", "code", "importer", "target", "count")
_REMEDY = "restore the file, or write it anew with 'linter-ext baseline write'"


class Entry(NamedTuple):
    """Violations that are known.

    Attributes:
        key:   what they are about.
        number: how many there are, at least 1.
        line:  the line in the file that says so (1-based).
    """

    key: Key
    number: int
    line: int = 1

    def __str__(self) -> str:
        """Return what is known, in a few words."""
        key = self.key
        times = f" ({self.number} times)" if self.number > 1 else ""
        return f"{key.contract}: {key.code} {key.importer} -> {key.target}{times}"


class Split(NamedTuple):
    """Violations, those that are known apart; in their order."""

    new: tuple[Violation, ...]
    known: tuple[Violation, ...]


class Baseline(NamedTuple):
    """The known violations of a project.

    Attributes:
        file:    the file that holds them, relative to the project root.
        entries: them, sorted, one for each key.
    """

    file: str = DEFAULT_FILE
    entries: tuple[Entry, ...] = ()

    @property
    def number(self) -> int:
        """How many violations are known."""
        return sum(entry.number for entry in self.entries)

    def split(self, violations: Sequence[Violation]) -> Split:
        """Return which violations are new and which are known.

        Of several about the same, as many are known as there were, the first ones.

        Args:
            violations: in the order of all output.
        """
        if not self.entries:
            return Split(tuple(violations), ())
        left = Counter({entry.key: entry.number for entry in self.entries})
        new: list[Violation] = []
        known: list[Violation] = []
        for violation in violations:
            key = key_of(violation)
            is_known = left[key] > 0 and not violation.finding.code.is_final
            (known if is_known else new).append(violation)
            left[key] -= 1
        return Split(tuple(new), tuple(known))

    def stale(self, contracts: Iterable[str], violations: Iterable[Violation]) -> list[Entry]:
        """Return what is known but not there any more, with how many of it are gone.

        Args:
            contracts:  the contracts that were judged over all files.
            violations: everything that breaks them. What has become final since it was known
                has another code, but is there all the same.
        """
        judged = frozenset(contracts)
        found = list(violations)
        there = Counter(map(key_of, found))
        final = Counter(_without_code(key_of(item)) for item in found if item.finding.code.is_final)
        gone = (
            entry._replace(number=entry.number - there[entry.key] - final[_without_code(entry.key)])
            for entry in self.entries
            if entry.key.contract in judged
        )
        return [entry for entry in gone if entry.number > 0]

    def without(self, stale: Iterable[Entry]) -> Baseline:
        """Return the baseline without what is stale."""
        gone = {entry.key: entry.number for entry in stale}
        entries = (
            entry._replace(number=entry.number - gone.get(entry.key, 0)) for entry in self.entries
        )
        return self._replace(entries=tuple(entry for entry in entries if entry.number > 0))

    def including(self, entries: Iterable[Entry]) -> Baseline:
        """Return the baseline in which some more violations are known."""
        numbers = Counter({entry.key: entry.number for entry in self.entries})
        numbers.update({entry.key: entry.number for entry in entries})
        known = (Entry(key, number) for key, number in numbers.items())
        return self._replace(entries=tuple(sorted(known, key=_order)))

    def renewed(self, contracts: Iterable[str], violations: Iterable[Violation]) -> Baseline:
        """Return the baseline in which all violations of some contracts are known that can be.

        Args:
            contracts:  the contracts that were judged over all files; others keep their entries.
            violations: everything that breaks them.
        """
        judged = frozenset(contracts)
        numbers = Counter(key_of(item) for item in violations if not item.finding.code.is_final)
        others = [entry for entry in self.entries if entry.key.contract not in judged]
        entries = (Entry(key, number) for key, number in numbers.items() if key.contract)
        return self._replace(entries=tuple(sorted([*entries, *others], key=_order)))

    def __str__(self) -> str:
        """Return the text of the file: one entry a line, so that changes merge line by line."""
        lines = ",\n".join(f"    {_line(entry)}" for entry in self.entries)
        known = f"[\n{lines}\n  ]" if lines else "[]"
        return f'{{\n  "version": {_VERSION},\n  "known": {known}\n}}\n'


def parse_baseline(text: str, file: str) -> Baseline:
    """Return the baseline that a file holds.

    Args:
        text: what the file says.
        file: its path, relative to the project root.

    Raises:
        ConfigurationError: with every mistake in it, each with its line.
    """
    import json  # noqa: PLC0415 - few projects have a baseline

    try:
        document = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", None)
        told = _conflict(text) or f"not JSON: {getattr(error, 'msg', error)}"
        raise ConfigurationError([Problem(told, _REMEDY, file, line)]) from error
    if not isinstance(document, Mapping) or document.get("version") != _VERSION:
        fact = f"no baseline of version {_VERSION}, the one that this linter-ext reads"
        raise ConfigurationError([Problem(fact, _REMEDY, file, 1)])
    known = document.get("known")
    if not isinstance(known, list):
        raise ConfigurationError([Problem("no list of what is known", _REMEDY, file, key="known")])
    lines = _entry_lines(text, len(known))
    problems: list[Problem] = []
    entries: dict[Key, Entry] = {}
    for item, line in zip(known, lines, strict=True):
        entry = _entry(item, line)
        if entry is None:
            fact = f"an entry without {', '.join(_KEYS[:-1])} or a count of 1 or more"
            problems.append(Problem(fact, _REMEDY, file, line, "known"))
        elif entry.key in entries:
            remedy = "leave one of them, with the count of both"
            problems.append(Problem("an entry that is there twice", remedy, file, line, "known"))
        else:
            entries[entry.key] = entry
    if problems:
        raise ConfigurationError(problems)
    return Baseline(file, tuple(sorted(entries.values(), key=_order)))


def _without_code(key: Key) -> Key:
    return key._replace(code="")


def _order(entry: Entry) -> tuple[str, ...]:
    return tuple(map(str, entry.key))


def _line(entry: Entry) -> str:
    import json  # noqa: PLC0415

    return json.dumps(dict(zip(_KEYS, (*entry.key, entry.number), strict=True)), ensure_ascii=False)


def _entry(item: object, line: int) -> Entry | None:
    """Return an entry of the file; None if it is none."""
    if not isinstance(item, Mapping) or item.keys() != set(_KEYS):
        return None
    *texts, count = (item[key] for key in _KEYS)
    if not all(isinstance(text, str) for text in texts):
        return None
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return None
    contract, code, importer, target = texts
    return Entry(Key(contract, code, importer, target), count, line)


def _entry_lines(text: str, number: int) -> Iterator[int]:
    """Yield the line on which each entry begins; the first line for those that are not found."""
    found = [text.count("\n", 0, match.start()) + 1 for match in _ENTRY.finditer(text)]
    yield from (found + [1] * number)[:number]


def _conflict(text: str) -> str | None:
    return "a merge conflict is left in it" if "<<<<<<< " in text else None


_ENTRY = re.compile(rf'\{{\s*"(?:{"|".join(_KEYS)})"')
