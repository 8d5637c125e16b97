"""Bans of other tools → our moves and gateways, as far as their messages tell where to go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass

from linter_ext.errors import ConfigurationError
from linter_ext.initialising.bans import Ban
from linter_ext.names import is_under, prefixes
from linter_ext.tables.moves import Move, MoveTable
from linter_ext.tables.registry import Gateway

_DOTTED = r"[^\W\d]\w*(?:\.[^\W\d]\w*)+"
_WEB = re.compile(r"\S*(?:://|/)\S*")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e)\b\.?,?")
_PATH = re.compile(rf"(?<![\w./-]){_DOTTED}(?![\w/-])")
_REMEDY = re.compile(
    rf"(?:\b(?:use|using|prefer|import|(?:moved|renamed|changed) to|replaced (?:by|with)|"
    rf"favou?r of|go through|via|is now|now in|lives in)|->|=>|:)\s+(?:the\s+)?"
    rf"[`'\"]*({_DOTTED})(?![\w/]|\((?!\)))",
    re.IGNORECASE,
)
_STATEMENT = re.compile(rf"\bfrom\s+({_DOTTED}|\w+)\s+import\s+(\w+)(?!\w|\s*,)")
_FILE = re.compile(r"\.(?:cfg|ini|md|py|rst|toml|txt|ya?ml)$")
_NOT = re.compile(
    r"\b(?:not|never|don'?t|avoid|no longer)\s+(?:use|import)\b[^.;,]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Conversion:
    """What becomes of bans.

    Attributes:
        moves:    old paths, with what to use instead where a message says so.
        gateways: outside dependencies that a message sends through a module of the project.
    """

    moves: tuple[Move, ...] = ()
    gateways: tuple[Gateway, ...] = ()


def convert(bans: Iterable[Ban], modules: Set[str]) -> Conversion:
    """Return the moves and gateways that say what bans say.

    Args:
        bans:    them, each path once.
        modules: the names of the project's modules.
    """
    moves: list[Move] = []
    gateways: list[Gateway] = []
    own = {name.partition(".")[0] for name in modules}
    for ban in bans:
        new = replacement(ban)
        home = next((name for name in prefixes(new or "") if name in modules), None)
        if home is not None and ban.path.partition(".")[0] not in own:
            # The module that stands before a dependency has to use it.
            gateways.append(Gateway(ban.path, home))
        else:
            moves.append(Move(ban.path, new, reason=ban.message or None))
    return Conversion(tuple(_without_circles(moves)), tuple(gateways))


def replacement(ban: Ban) -> str | None:
    """Return the dotted path that a ban's message tells to use; None unless that is clear."""
    text = _ABBREVIATION.sub(" ", _WEB.sub(" ", ban.message))
    text = _STATEMENT.sub(r"use \1.\2", _NOT.sub(" ", text))
    paths = {path for path in _PATH.findall(text) if not is_under(ban.path, path)}
    told = {path for path in _REMEDY.findall(text) if path in paths}
    if len(told) != 1 or paths != told:
        return None
    (new,) = told
    # A class in the place of a module, or the other way round, is used in another way.
    is_alike = _is_capital(new) == _is_capital(ban.path)
    return new if is_alike and not _FILE.search(new) else None


def _is_capital(path: str) -> bool:
    return path.rpartition(".")[2].lstrip("_")[:1].isupper()


def _without_circles(moves: list[Move]) -> list[Move]:
    """Return moves that make a table; where they go in circles, none has a destination."""
    try:
        MoveTable.of(moves)
    except ConfigurationError:
        return [move._replace(new=None) for move in moves]
    return moves
