"""Moves as the score sees them; nothing here comes from linter_ext."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Move:
    """A module or a name that went elsewhere.

    Attributes:
        old:  its dotted path before.
        new:  its dotted path after.
        kind: `module` or `name`.
        how:  what was done to it.
    """

    old: str
    new: str
    kind: str
    how: str

    @property
    def home(self) -> str:
        """Return the module that holds it now."""
        return self.new if self.kind == "module" else self.new.rpartition(".")[0]


class Map:
    """Where dotted paths lead."""

    def __init__(self, moves: Iterable[Move]) -> None:
        self.moves = tuple(moves)
        self._new = {move.old: move.new for move in self.moves}

    def old_in(self, path: str) -> str | None:
        """Return the longest old path that is, or leads to, this path."""
        return next((head for head in heads(path) if head in self._new), None)

    def canonical(self, path: str) -> str:
        """Return where the path leads after all moves."""
        while (old := self.old_in(path)) is not None:
            path = self._new[old] + path[len(old) :]
        return path


def heads(path: str) -> Iterator[str]:
    """Return the path and the paths it lies under, longest first."""
    while path:
        yield path
        path = path.rpartition(".")[0]


def write_moves(moves: Iterable[Move], folder: Path) -> None:
    """Write the moves as linter-ext reads them, and as `read_moves` does."""
    moves = list(moves)
    tables = [
        f'[[moves]]\nold = "{move.old}"\nnew = "{move.new}"\nkind = "{move.kind}"\n'
        for move in moves
    ]
    (folder / "contracts").mkdir(exist_ok=True)
    (folder / "contracts" / "moves.toml").write_text("\n".join(tables))
    (folder / "contracts" / "moves.json").write_text(json.dumps([asdict(move) for move in moves]))


def read_moves(folder: Path) -> list[Move]:
    """Return the moves that `write_moves` wrote."""
    text = (folder / "contracts" / "moves.json").read_text()
    return [Move(**entry) for entry in json.loads(text)]
