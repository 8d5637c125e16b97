"""Moves: which module or name went where, and where a dotted path leads now."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.names import components_below, is_under
from linter_ext.tables.arrow_lines import split_arrow_line
from linter_ext.tables.origin import NOWHERE, Origin, placed

if TYPE_CHECKING:
    from linter_ext.tables.toml_tables import Entry

KEYS = ("old", "new", "kind", "reason", "date", "owner", "remove_by")
"""The keys of an entry, in the order in which it is written."""

_NAME = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*"
_PLAIN_MOVE = re.compile(
    rf'\[\[moves\]\]\nold = "({_NAME})"\n(?:new = "({_NAME})"\n)?'
    r'(?:kind = "(module|name)"\n)?(?:reason = "([^"\\\x00-\x1f\x7f]*)"\n)?\n*'
)
_LINE_REMEDY = "write 'old => new', or 'old' alone where there is no replacement"


class Kind(StrEnum):
    """What moved."""

    MODULE = "module"
    NAME = "name"


class Move(NamedTuple):
    """A dotted path that is out of date, and the one to use instead.

    Attributes:
        old:       the path that must no longer be imported.
        new:       the path to use instead; None if there is no replacement.
        kind:      whether a module or a name moved; None if the table does not say.
        reason:    why it moved.
        date:      when it moved.
        owner:     whom to ask.
        remove_by: the last day on which the old path may be used; None for no such day.
        origin:    where the move is written.
    """

    old: str
    new: str | None = None
    kind: Kind | None = None
    reason: str | None = None
    date: datetime.date | None = None
    owner: str | None = None
    remove_by: datetime.date | None = None
    origin: Origin = NOWHERE

    @property
    def because(self) -> str:
        """The reason on one line, after a colon; nothing where there is none."""
        return f": {' '.join(self.reason.split())}" if self.reason else ""

    def is_overdue(self, today: datetime.date) -> bool:
        """Return whether the last day on which the old path may be used is over."""
        return self.remove_by is not None and self.remove_by < today

    def __str__(self) -> str:
        """Return `old => new`, or `old` where there is no replacement."""
        return self.old if self.new is None else f"{self.old} => {self.new}"


class Match(NamedTuple):
    """A path that has moved.

    Attributes:
        move: the first move that applies to the path.
        old:  the part of the path that this move names.
        new:  where the whole path leads after all moves; None if it leads nowhere.
    """

    move: Move
    old: str
    new: str | None


class Step(NamedTuple):
    """One move on the way of a path.

    Attributes:
        move: the move that applies.
        old:  the whole path before it.
        new:  the whole path after it; None if there is no replacement.
    """

    move: Move
    old: str
    new: str | None


_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}


def parse_move_line(line: str) -> Move:
    """Return the move an option line `old => new` tells; `old` alone has no replacement.

    Raises ConfigurationError, without a file, if the line has another shape.
    """
    old, new = split_arrow_line(line, remedy=_LINE_REMEDY)
    if old == new:
        raise ConfigurationError([Problem(fact=f"'{old}' moves to itself", remedy=_LINE_REMEDY)])
    return Move(old=old, new=new or None)


def parse_moves(text: str, file: str) -> tuple[Move, ...]:
    """Return the moves in the text of a TOML file, in order.

    Raises ConfigurationError with every mistake of the file, each with its line.
    """
    plain = _plain_moves(text, file)
    if plain is not None:
        return plain
    # Most contracts name no file, and TOML is slow to import.
    from linter_ext.tables.toml_tables import Document  # noqa: PLC0415

    document = Document(text, file, {"moves": KEYS})
    moves = [_move(entry) for entry in document.entries("moves")]
    document.check()
    return tuple(moves)


def _plain_moves(text: str, file: str) -> tuple[Move, ...] | None:
    """Return the moves in a text that holds nothing but entries as they are mostly written.

    That is what a machine writes where there are thousands. None for any other text.
    """
    moves: list[Move] = []
    place, line = 0, 1
    for found in _PLAIN_MOVE.finditer(text):
        old, new, kind, reason = found.groups()
        if found.start() != place or old == new:
            return None
        known = None if kind is None else Kind(kind)
        moves.append(Move(old, new, known, reason, origin=Origin(file, line + 1)))
        place = found.end()
        line += text.count("\n", found.start(), place)
    return tuple(moves) if place == len(text) else None


def _move(entry: Entry) -> Move:
    """Return the move of an entry; nonsense where the entry is refused."""
    old = entry.dotted_name("old", required=True)
    new = entry.dotted_name("new")
    if new is not None and old == new:
        fact, remedy = f"'{old}' moves to itself", "leave 'new' out where there is no replacement"
        entry.refuse("new", fact, remedy)
    kind = entry.choice("kind", _KINDS)
    return Move(
        old=old or "",
        new=new,
        kind=None if kind is None else _KINDS[kind],
        reason=entry.text("reason"),
        date=entry.date("date"),
        owner=entry.text("owner"),
        remove_by=entry.date("remove_by"),
        origin=entry.origin,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTable:
    """Moves to look paths up in; build it with `MoveTable.of`.

    Attributes:
        moves: the moves in the order given, each once.
        roots: the first components of all old paths; a path with another one has not moved.
    """

    moves: tuple[Move, ...]
    roots: frozenset[str]
    _rules: _Rules = field(repr=False, compare=False)
    _settled: Mapping[str, str | None] = field(repr=False, compare=False)

    @classmethod
    def of(cls, moves: Iterable[Move]) -> MoveTable:
        """Return the table of these moves; of two equal ones, the one with the nearer last day.

        Raises ConfigurationError if one path has two destinations, or moves go in a circle.
        """
        by_old: dict[str, Move] = {}
        problems = []
        for move in moves:
            first = by_old.setdefault(move.old, move)
            if first is move:
                continue
            if first.new != move.new:
                problems.append(_two_destinations(first, move))
            elif _last_day(move) < _last_day(first):
                by_old[move.old] = move
        rules = _Rules(by_old)
        settled, circles = rules.ends or _settle(rules)
        problems += [_circle(circle) for circle in circles]
        if problems:
            raise ConfigurationError(problems)
        return cls(
            moves=tuple(by_old.values()),
            roots=frozenset(old.partition(".")[0] for old in by_old),
            _rules=rules,
            _settled=settled,
        )

    def find(self, path: str) -> Match | None:
        """Return where the path leads: longest old prefix first, move after move.

        None if no move applies. A move such as `app => app.core` leaves paths under
        `app.core` alone.
        """
        if path.partition(".")[0] not in self.roots:
            return None
        move = first = self._rules.find(path)
        new: str | None = path
        while move is not None and new is not None:
            settled = self._settled[move.old]
            new = None if settled is None else settled + new[len(move.old) :]
            move = None if new is None else self._rules.find(new)
        return None if first is None else Match(move=first, old=first.old, new=new)

    def steps(self, path: str) -> Iterator[Step]:
        """Yield each move that applies on the path's way, in order; none if it has not moved."""
        place: str | None = path
        while place is not None:
            move = self._rules.find(place)
            if move is None:
                return
            new = None if move.new is None else move.new + place[len(move.old) :]
            yield Step(move, place, new)
            place = new

    def __iter__(self) -> Iterator[Move]:
        """Return the moves in order."""
        return iter(self.moves)

    def __len__(self) -> int:
        """Return the number of moves."""
        return len(self.moves)


class _Rules:
    """Moves by their old path, applied one step at a time."""

    def __init__(self, by_old: Mapping[str, Move]) -> None:
        self.by_old = by_old
        # The paths a move into itself (`app => app.core`) must leave alone.
        self.homes = {
            move.new: None
            for move in by_old.values()
            if move.new is not None and is_under(move.new, move.old)
        }

    @cached_property
    def open(self) -> frozenset[str]:
        """The paths at which the next step depends on what follows them."""
        return frozenset(components_below((*self.by_old, *self.homes)))

    @property
    def ends(self) -> tuple[dict[str, str | None], list[tuple[Move, ...]]] | None:
        """What `_settle` returns, where no move leads on to another; None where one may."""
        if self.homes:
            return None
        for move in self.by_old.values():
            path = move.new or ""
            while path:
                if path in self.by_old:
                    return None
                path = path.rpartition(".")[0]
        return {old: move.new for old, move in self.by_old.items()}, []

    def find(self, path: str) -> Move | None:
        """Return the move with the longest old prefix that may touch the path."""
        prefix = path
        while prefix:
            move = self.by_old.get(prefix)
            if move is not None and not self._is_at_home(move, path):
                return move
            prefix = prefix.rpartition(".")[0]
        return None

    def _is_at_home(self, move: Move, path: str) -> bool:
        """Return whether the move goes into itself and the path is there already."""
        if move.new is None or move.new not in self.homes:
            return False
        return is_under(move.new, move.old) and is_under(path, move.new)


def _settle(rules: _Rules) -> tuple[dict[str, str | None], list[tuple[Move, ...]]]:
    """Return how far each old path is sure to go, and the circles of moves, in order.

    An old path is sure to go as far as its steps are the same whatever follows it, so `find`
    can jump there at once. A path that moved for ever would, from some step on, never again
    touch what stands behind an old path or a home: it is enough to follow those. What comes by
    the same move again is refused, even where it would come to rest some rounds later: that
    bounds the work, and such a table is a mistake all the same.
    """
    settled: dict[str, str | None] = {}
    circles: dict[frozenset[str], tuple[Move, ...]] = {}
    order = {old: index for index, old in enumerate(rules.by_old)}
    for start in (*rules.by_old, *rules.homes):
        run, end, circle = _follow(rules, start, settled)
        if circle:
            first = min(range(len(circle)), key=lambda index: order[circle[index].old])
            olds = frozenset(move.old for move in circle)
            circles.setdefault(olds, (*circle[first:], *circle[:first]))
        goal = settled[end] if end in settled and end not in rules.open else end
        for path, move in reversed(run):
            if path == move.old:
                settled[path] = goal
            if path in rules.open:
                goal = path
    return settled, sorted(circles.values(), key=lambda circle: order[circle[0].old])


def _follow(
    rules: _Rules, start: str, settled: Mapping[str, str | None]
) -> tuple[list[tuple[str, Move]], str | None, tuple[Move, ...]]:
    """Move the start until it stands still, is settled, or comes by the same move again.

    Returns each path on the way with the move that applies, the last path, and the moves
    between the two times (none if the way ends).
    """
    run: list[tuple[str, Move]] = []
    seen: dict[str, int] = {}
    path: str | None = start
    while path is not None and path not in settled:
        move = rules.find(path)
        if move is None:
            break
        # The same move twice in a row (`a.b => a` on `a.b.b`) shortens the path and ends.
        if move.old in seen and move is not run[-1][1]:
            return run, path, tuple(dict.fromkeys(move for _, move in run[seen[move.old] :]))
        seen.setdefault(move.old, len(run))
        run.append((path, move))
        path = None if move.new is None else move.new + path[len(move.old) :]
    return run, path, ()


def _last_day(move: Move) -> datetime.date:
    return move.remove_by or datetime.date.max


def _two_destinations(first: Move, second: Move) -> Problem:
    def destination(move: Move) -> str:
        return placed("nowhere" if move.new is None else f"to '{move.new}'", move.origin)

    return Problem(
        file=second.origin.file,
        line=second.origin.line,
        fact=(
            f"one old path, two destinations: '{first.old}' goes {destination(first)} "
            f"and {destination(second)}"
        ),
        remedy="keep one of the two entries",
    )


def _circle(moves: tuple[Move, ...]) -> Problem:
    chain = ", ".join(placed(f"'{move}'", move.origin) for move in moves)
    return Problem(
        file=moves[0].origin.file,
        line=moves[0].origin.line,
        fact=f"these moves go in a circle: {chain}",
        remedy="remove the entry that is out of date",
    )
