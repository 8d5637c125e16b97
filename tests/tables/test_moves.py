"""Moves as they are written: option lines and TOML files."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter_ext.errors import ConfigurationError
from linter_ext.tables.moves import Kind, Move, parse_move_line, parse_moves
from linter_ext.tables.origin import Origin
from linter_ext.tables.toml_lines import key_lines
from linter_ext.tables.toml_plain import KeyPath

FILE = "contracts/moves.toml"
LINE_REMEDY = "write 'old => new', or 'old' alone where there is no replacement"


def at(line: int | None) -> Origin:
    return Origin(file=FILE, line=line)


@pytest.mark.parametrize(
    ("origin", "text"),
    [
        pytest.param(at(12), "contracts/moves.toml:12", id="file and line"),
        pytest.param(at(None), "contracts/moves.toml", id="file without a line"),
        pytest.param(Origin(), "", id="an option line has no place"),
    ],
)
def test_an_origin_reads_as_a_place(origin: Origin, text: str) -> None:
    assert str(origin) == text


@pytest.mark.parametrize(
    ("line", "move"),
    [
        pytest.param("a.b => c", Move(old="a.b", new="c"), id="both sides"),
        pytest.param("  a=>c.d ", Move(old="a", new="c.d"), id="blanks do not matter"),
        pytest.param("a.b", Move(old="a.b"), id="old alone has no replacement"),
        pytest.param("a.b =>", Move(old="a.b"), id="nor has old with an arrow"),
    ],
)
def test_a_move_line_is_read_and_written(line: str, move: Move) -> None:
    assert parse_move_line(line) == move
    assert parse_move_line(str(move)) == move


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        pytest.param("", "the line is empty", id="empty"),
        pytest.param("=> b", "'=> b' names nothing to the left of '=>'", id="no old path"),
        pytest.param("a => b => c", "'a => b => c' has more than one '=>'", id="two arrows"),
        pytest.param("a -> b", "'a -> b' is not a dotted name", id="another arrow"),
        pytest.param("a => b-c", "'b-c' is not a dotted name", id="a dash in the new path"),
        pytest.param("a => a", "'a' moves to itself", id="nothing moves"),
    ],
)
def test_a_move_line_of_another_shape_is_refused(line: str, fact: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_move_line(line)
    assert str(caught.value) == f"{fact}; {LINE_REMEDY}"


FULL = Move(
    old="app.old",
    new="app.new",
    kind=Kind.MODULE,
    reason="split",
    date=datetime.date(2025, 1, 31),
    owner="core",
    remove_by=datetime.date(2027, 1, 31),
    origin=at(2),
)


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        pytest.param("", (), id="an empty file"),
        pytest.param(
            '[[moves]]\nold = "app.old"\nnew = "app.new"\nkind = "module"\n'
            'reason = "split"\ndate = 2025-01-31\nowner = "core"\n'
            "remove_by = 2027-01-31\n",
            (FULL,),
            id="every key",
        ),
        pytest.param(
            '[[moves]]\r\nold = "a"\r\ndate = "2025-01-31"\r\n',
            (Move(old="a", date=datetime.date(2025, 1, 31), origin=at(2)),),
            id="a date in quotes, and CRLF",
        ),
        pytest.param(
            "\ufeff# old = \"no\"\n[[moves]]\nreason = '''\nold = \"no\"'''\n'old' = 'a'\n"
            '[[moves]]\nkind = "name"\n"ol\\u0064" = "a.B"\n',
            (
                Move(old="a", reason='old = "no"', origin=at(5)),
                Move(old="a.B", kind=Kind.NAME, origin=at(8)),
            ),
            id="lines are found past comments, long strings, and quoted keys",
        ),
        pytest.param(
            'moves = [ # [\n  {old = "a", new = \'b\'}, {old = "c"},\n\n  {\'old\' = "d"}\n]',
            (
                Move(old="a", new="b", origin=at(2)),
                Move(old="c", origin=at(2)),
                Move(old="d", origin=at(4)),
            ),
            id="inline tables",
        ),
    ],
)
def test_a_file_of_moves_is_read(text: str, moves: tuple[Move, ...]) -> None:
    assert parse_moves(text, FILE) == moves


DOTTED = "write identifiers joined by dots, such as package.module.Name"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param(
            "[[moves]]\nold = 'a\n",
            [':2: not valid TOML: Expected "\'"; correct the syntax'],
            id="malformed TOML, with its line",
        ),
        pytest.param(
            "[[moves]]\nold = \n[\n\n",
            [":2: not valid TOML: Invalid value; correct the syntax"],
            id="malformed TOML in the middle",
        ),
        pytest.param(
            "\nmoves = [\n\n",
            [":2: not valid TOML: Invalid value; correct the syntax"],
            id="malformed TOML at the end, which is the last line with text",
        ),
        pytest.param(
            "[[move]]\nold = 'a'\n",
            [":1: move: unknown key; did you mean 'moves'?"],
            id="a top-level key nearly right",
        ),
        pytest.param(
            "title = 'x'\n",
            [":1: title: unknown key; put the entries under [[moves]]"],
            id="an unknown top-level key",
        ),
        pytest.param(
            "[moves]\nold = 'a'\n",
            [":1: moves: not a list of tables; put each entry under [[moves]]"],
            id="single brackets",
        ),
        pytest.param(
            "moves = [\n{old = 'a'},\n'b']\n",
            [":3: moves: an entry is not a table; put each entry under [[moves]]"],
            id="an entry that is no table",
        ),
        pytest.param(
            "[[moves]]\nnew = 'a'\n",
            [':1: old: an entry of [[moves]] lacks this key; add old = "…"'],
            id="no old path",
        ),
        pytest.param(
            "[[moves]]\nnew = 'a'\nold = 'a'\n",
            [":2: new: 'a' moves to itself; leave 'new' out where there is no replacement"],
            id="nothing moves",
        ),
        pytest.param(
            "[[moves]]\nold = 'a'\n[moves.extra]\nx = 1\n",
            [
                (
                    ":3: extra: unknown key in [[moves]]; use one of old, new, kind, reason, date, "
                    "owner, remove_by"
                )
            ],
            id="a table below an entry",
        ),
        pytest.param(
            "[[moves]]\nold = 'a-b'\nnew = ''\nkind = 'modul'\nreason = 1\ndate = 'soon'\n"
            "olds = 'x'\n[[moves]]\nold = 5\ndate = 2025-01-31T00:00:00\n",
            [
                f":2: old: 'a-b' is not a dotted name; {DOTTED}",
                f":3: new: '' is not a dotted name; {DOTTED}",
                ":4: kind: 'modul' is not among the possible values; write 'module' or 'name'",
                ":5: reason: the value is not a string; put it in quotes",
                ":6: date: 'soon' is not a date; write a date such as 2025-01-31",
                ":7: olds: unknown key in [[moves]]; did you mean 'old'?",
                ":9: old: the value is not a string; put it in quotes",
                ":10: date: the value is not a date; write a date such as 2025-01-31",
            ],
            id="everything at once, in the order of the lines",
        ),
    ],
)
def test_every_mistake_of_a_file_is_told(text: str, problems: list[str]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_moves(text, FILE)
    assert str(caught.value).splitlines() == [FILE + problem for problem in problems]


def test_toml_nested_too_deeply_has_no_line() -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_moves("moves = " + "[" * 100_000, FILE)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (FILE, None)
    assert problem.fact.startswith("not valid TOML: ")


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the path of every key and list element in a TOML value."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths(item, (*path, index))


STATEMENTS = (
    "[[a]]",
    "[[a.b]]",
    "[ c . d ] # [x]",
    "['e'.\"f\"]",
    "k = 1",
    'l.m = [1, 2.5, # [\n \'x]\', "y\\"]", [ [] ] ,\n]',
    "n = { o = 1979-05-27 07:32:00, p.q = [{}, {r = '{'}], 's=' = \"\" }",
    't = """\n""quoted"" = [\\""""""',
    "u = '''\nx' = ['''''",
    "v = ''\nw = true",
    "# [[a]]",
    "",
)


@settings(deadline=None)
@given(statements=st.lists(st.sampled_from(STATEMENTS), max_size=8))
@example(statements=list(STATEMENTS))
def test_every_key_that_tomllib_reads_has_a_line(statements: list[str]) -> None:
    text = "\n".join(statements)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = key_lines(text)
    assert set(paths(values)) == set(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


_PATHS = st.sampled_from(["app.a", "app.b.C", "app", "class.def", "_x.y1", "é.x", "a..b", "1a", ""])
_ENTRIES = st.tuples(
    _PATHS,
    st.none() | _PATHS,
    st.none() | st.sampled_from(["module", "name", "other"]),
    st.none() | st.sampled_from(["moved", "", "it's\\tall", 'a \\"b\\"', "é # no comment"]),
    st.sampled_from(["", "\n", "\n\n"]),
)


@given(entries=st.lists(_ENTRIES, max_size=5))
def test_what_is_written_plainly_is_read_like_everything_else(
    entries: list[tuple[str, str | None, str | None, str | None, str]],
) -> None:
    """A comment before it keeps a text from being read the fast way."""
    text = ""
    for old, new, kind, reason, blank in entries:
        values = {"old": old, "new": new, "kind": kind, "reason": reason}
        lines = (f'{key} = "{value}"\n' for key, value in values.items() if value is not None)
        text += f"[[moves]]\n{''.join(lines)}{blank}"

    def read(source: str) -> tuple[Move, ...] | list[str]:
        try:
            return parse_moves(source, "moves.toml")
        except ConfigurationError as error:
            return [str(problem) for problem in error.problems]

    plain, other = read(text), read(f"{text}# The end.\n")

    assert plain == other
