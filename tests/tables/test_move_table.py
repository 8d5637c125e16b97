"""The table of moves: where a path leads, and which moves contradict each other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.errors import ConfigurationError
from linter_ext.names import is_under
from linter_ext.tables.moves import Match, Move, MoveTable, parse_move_line
from linter_ext.tables.origin import Origin

FILE = "contracts/moves.toml"


def at(line: int) -> Origin:
    return Origin(file=FILE, line=line)


def table(*lines: str) -> MoveTable:
    return MoveTable.of(parse_move_line(line) for line in lines)


@pytest.mark.parametrize(
    ("lines", "path", "new"),
    [
        pytest.param(["a => b"], "a", "b", id="the old path itself"),
        pytest.param(["a => b"], "a.x.y", "b.x.y", id="what lies below it"),
        pytest.param(["a => b", "a.x => c"], "a.x.y", "c.y", id="the longest prefix"),
        pytest.param(["a => b", "b => c"], "a.x", "c.x", id="a chain"),
        pytest.param(["a => b", "b => c", "b.x => d"], "a.x.y", "d.y", id="longest at each step"),
        pytest.param(["a => b", "b => c", "b.x => d"], "a.y", "c.y", id="and the other branch"),
        pytest.param(["a"], "a.x", None, id="no replacement"),
        pytest.param(["a => b", "b"], "a.x", None, id="a chain to nowhere"),
        pytest.param(["a => b", "b.x"], "a.x", None, id="a branch to nowhere"),
        pytest.param(["app => app.core"], "app.x", "app.core.x", id="a move into itself"),
        pytest.param(["a.b => a"], "a.b.b", "a", id="a move out of itself, twice"),
        pytest.param(["c => a.b.b", "a.b => a"], "c.x", "a.x", id="and so in a chain"),
        pytest.param(["x.y => x.y.z", "x => w"], "x.y.z", "w.y.z", id="a shorter prefix at home"),
        pytest.param(["b => a.x", "a => a.x"], "b.y", "a.x.y", id="a chain that ends at home"),
        pytest.param(["b => a", "a => a.x"], "b.x", "a.x", id="home by what follows"),
    ],
)
def test_a_path_is_followed(lines: list[str], path: str, new: str | None) -> None:
    match = table(*lines).find(path)
    assert match is not None
    assert match.new == new
    assert is_under(path, match.old)
    assert match.old == match.move.old


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        pytest.param([], "a", id="an empty table"),
        pytest.param(["a => b"], "ab", id="a prefix ends at a dot"),
        pytest.param(["a.b => c"], "a", id="an ancestor has not moved"),
        pytest.param(["app => app.core"], "app.core", id="the new home"),
        pytest.param(["app => app.core"], "app.core.x", id="what lies in the new home"),
        pytest.param([], "", id="no path"),
    ],
)
def test_a_path_that_has_not_moved_is_left_alone(lines: list[str], path: str) -> None:
    assert table(*lines).find(path) is None


def test_a_table_is_its_moves() -> None:
    first, again = Move(old="b.x", new="c", origin=at(1)), Move(old="b.x", new="c", origin=at(9))
    other = Move(old="a", new="d")
    moves = MoveTable.of([first, other, again])
    assert list(moves) == [first, other]
    assert len(moves) == 2
    assert moves.roots == {"a", "b"}
    assert bool(moves)
    assert not MoveTable.of([])
    assert moves == MoveTable.of([first, other])
    assert moves.find("b.x.y") == Match(move=first, old="b.x", new="c.y")


@pytest.mark.parametrize(
    ("entries", "problems"),
    [
        pytest.param(
            ["a => b", "x => y", "a => c"],
            [
                (
                    ":3: one old path, two destinations: 'a' goes to 'b' (contracts/moves.toml:1) "
                    "and to 'c' (contracts/moves.toml:3); keep one of the two entries"
                )
            ],
            id="two destinations",
        ),
        pytest.param(
            ["a", "a => c"],
            [
                (
                    ":2: one old path, two destinations: 'a' goes nowhere (contracts/moves.toml:1) "
                    "and to 'c' (contracts/moves.toml:2); keep one of the two entries"
                )
            ],
            id="nowhere is a destination",
        ),
        pytest.param(
            ["x => b", "b => a", "a => b"],
            [
                (
                    ":2: these moves go in a circle: 'b => a' (contracts/moves.toml:2), "
                    "'a => b' (contracts/moves.toml:3); remove the entry that is out of date"
                )
            ],
            id="a circle, told once, at its first entry",
        ),
        pytest.param(
            ["c => a", "a => b", "d => e", "b => c", "e => d"],
            [
                (
                    ":1: these moves go in a circle: 'c => a' (contracts/moves.toml:1), "
                    "'a => b' (contracts/moves.toml:2), 'b => c' (contracts/moves.toml:4); "
                    "remove the entry that is out of date"
                ),
                (
                    ":3: these moves go in a circle: 'd => e' (contracts/moves.toml:3), "
                    "'e => d' (contracts/moves.toml:5); remove the entry that is out of date"
                ),
            ],
            id="two circles",
        ),
        pytest.param(
            ["a => b.c", "b => a.d"],
            [
                (
                    ":1: these moves go in a circle: 'a => b.c' (contracts/moves.toml:1), "
                    "'b => a.d' (contracts/moves.toml:2); remove the entry that is out of date"
                )
            ],
            id="a circle by prefixes",
        ),
        pytest.param(
            ["app => app.core", "app.core => app.kernel"],
            [
                (
                    ":1: these moves go in a circle: 'app => app.core' (contracts/moves.toml:1), "
                    "'app.core => app.kernel' (contracts/moves.toml:2); "
                    "remove the entry that is out of date"
                )
            ],
            id="a move into itself that is moved out again",
        ),
    ],
)
def test_moves_that_contradict_are_refused(entries: Sequence[str], problems: list[str]) -> None:
    moves = [
        parse_move_line(entry)._replace(origin=at(line))
        for line, entry in enumerate(entries, start=1)
    ]
    with pytest.raises(ConfigurationError) as caught:
        MoveTable.of(moves)
    assert str(caught.value).splitlines() == [FILE + problem for problem in problems]


def naive(moves: Sequence[Move], path: str) -> tuple[str, str | None] | None:
    """Follow the moves one by one, looking at each of them every time."""
    first = None
    new: str | None = path
    for _ in range(10_000):
        if new is None:
            break
        touching = [
            move
            for move in moves
            if is_under(new, move.old)
            and not (move.new and is_under(move.new, move.old) and is_under(new, move.new))
        ]
        if not touching:
            break
        move = max(touching, key=lambda move: len(move.old))
        first = first or move.old
        new = None if move.new is None else move.new + new[len(move.old) :]
    else:
        raise AssertionError(f"{path} moves for ever")
    return None if first is None else (first, new)


PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(".".join)
LONG_PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=6).map(".".join)
MOVES = st.lists(
    st.builds(Move, old=PATHS, new=st.none() | PATHS).filter(lambda move: move.old != move.new),
    max_size=6,
    unique_by=lambda move: move.old,
)


@settings(deadline=None)
@given(moves=MOVES, paths=st.lists(LONG_PATHS, max_size=20))
def test_find_ends_where_naive_steps_end(moves: list[Move], paths: list[str]) -> None:
    try:
        built = MoveTable.of(moves)
    except ConfigurationError:
        return
    for path in paths:
        match = built.find(path)
        assert (match and (match.old, match.new)) == naive(moves, path)
        if match and match.new:
            assert built.find(match.new) is None


def test_a_long_chain_is_followed_at_once() -> None:
    steps = 5_000
    moves = MoveTable.of(Move(old=f"m{n}", new=f"m{n + 1}") for n in range(steps))
    match = moves.find("m0.x")
    assert match is not None
    assert match.new == f"m{steps}.x"
