"""Writes into a table of moves: one entry more, all else as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.tables.moves import KEYS, Kind, Move, parse_moves
from linter_ext.tables.origin import NOWHERE

_TABLE = "moves"
_REMEDY = "write the entries of the file under [[moves]], each with keys of its own"


class Added(NamedTuple):
    """A table file with one move more.

    Attributes:
        text:  what it says.
        moves: all its moves, the new one last.
    """

    text: str
    moves: tuple[Move, ...]


def with_move(text: str, file: str, move: Move) -> Added:
    """Return a table file to which a move is added at the end.

    Args:
        text: what the file says; its line ends are kept.
        file: its path, for messages.
        move: the new one.

    Raises:
        ConfigurationError: with every mistake of the file, or if nothing can be added to it.
    """
    before = parse_moves(text, file)
    try:
        added = _lengthened(text, move)
        after = parse_moves(added, file)
    except (TOMLKitError, ConfigurationError) as error:
        raise _refusal(file) from error
    if list(map(_content, after)) != [*map(_content, before), _content(move)]:
        raise _refusal(file)
    return Added(added, after)


def _lengthened(text: str, move: Move) -> str:
    end = "\r\n" if text.count("\r\n") == text.count("\n") > 0 else "\n"
    document = tomlkit.parse(text.removeprefix("\ufeff"))
    listed = document.get(_TABLE)
    if not isinstance(listed, Array):
        # What stands before a new table of a list is nobody's to touch.
        return f"{text}{_gap(text, end)}{_rendered(move, end)}"
    entry = tomlkit.inline_table()
    entry.update(dict(_items(move)))
    listed.append(entry)
    changed = tomlkit.dumps(document)
    return f"\ufeff{changed}" if text.startswith("\ufeff") else changed


def _gap(text: str, end: str) -> str:
    """Return what makes one empty line follow the text."""
    if not text.strip("\ufeff \t\r\n"):
        return ""
    if not text.endswith("\n"):
        return end * 2
    return "" if text.endswith(end * 2) else end


def _rendered(move: Move, end: str) -> str:
    table = tomlkit.table()
    table.update(dict(_items(move)))
    listed = tomlkit.aot()
    listed.append(table)
    return tomlkit.dumps({_TABLE: listed}).replace("\n", end)


def _items(move: Move) -> Iterator[tuple[str, object]]:
    """Yield the keys of an entry, in the order of our documents, with what each says."""
    for key, value in _content(move)._asdict().items():
        if key in KEYS and value is not None:
            yield key, str(value) if isinstance(value, Kind) else value


def _content(move: Move) -> Move:
    return move._replace(origin=NOWHERE)


def _refusal(file: str) -> ConfigurationError:
    fact = "no entry can be added to this list"
    return ConfigurationError([Problem(fact, _REMEDY, file, key=_TABLE)])
