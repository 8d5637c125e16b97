"""The way out of an import of what is not there.

The move that took it away, then the one place where it is now, then the nearest spelling.
"""

from __future__ import annotations

import re

from linter_ext.source.homes import Homes
from linter_ext.source.index import Index
from linter_ext.source.presence import Presence
from linter_ext.spelling import closest
from linter_ext.tables.moves import MoveTable

_CLOSE = 0.75
_MOVED = re.compile(r"it is now '([^']+)'")
RESORT = "restore it, or remove the import"


def moved_to(remedy: str) -> str | None:
    """Return the path that a remedy gives, if a table of moves says so; None for a guess."""
    found = _MOVED.match(remedy)
    return found[1] if found is not None else None


class Advice:
    """Gives remedies: what to write instead, or what to do.

    Args:
        moves: the moves that are known.
        index: the project's modules.
    """

    def __init__(self, moves: MoveTable, index: Index) -> None:
        self._moves = moves
        self._index = index
        self._presence = index.derived(Presence)
        self._homes = index.derived(Homes)

    def for_module(self, module: str) -> str:
        """Return what to do about a first-party module that does not exist."""
        moved = self._moved(module)
        if moved is not None:
            return moved
        parent, _, last = module.rpartition(".")
        place = self._place_of(module)
        if place is not None:
            return place
        siblings = sorted(
            child
            for child in self._index.children(parent)
            if self._index.is_module(f"{parent}.{child}")
        )
        close = closest(last, siblings, likeness=_CLOSE)
        if close is not None:
            return f"did you mean '{parent}.{close}'?"
        return RESORT

    def for_name(self, module: str, name: str) -> str:
        """Return what to do about a name that a first-party module does not have."""
        moved = self._moved(f"{module}.{name}")
        if moved is not None:
            return moved
        return (
            self.home_of(name)
            or (self._place_of(f"{module}.{name}") if self._index.is_package(module) else None)
            or self.nearest(module, name)
            or RESORT
        )

    def _place_of(self, module: str) -> str | None:
        """Return what to do if just one module bears the last name of a missing one."""
        elsewhere = self._homes.of_module(module.rpartition(".")[2])
        if elsewhere == [module]:
            return self._in_the_way(module)
        if len(elsewhere) == 1:
            return f"use '{elsewhere[0]}', the only module of that name"
        return None

    def home_of(self, name: str) -> str | None:
        """Return where a name is defined, if that is in one module only."""
        homes = self._homes.of_name(name)
        return f"use '{homes[0]}.{name}'" if len(homes) == 1 else None

    def nearest(self, module: str, name: str) -> str | None:
        """Return the name of a module, first-party or not, that is spelt most like another."""
        others = [other for other in self._offered(module) if other != name]
        close = closest(name, others, likeness=_CLOSE)
        return f"did you mean '{module}.{close}'?" if close is not None else None

    def _in_the_way(self, module: str) -> str:
        """Return what to do about a file that hides a folder of the same name."""
        parent = self._index.file(module.rpartition(".")[0])
        if parent is None:
            return RESORT
        folder = parent.path.rpartition(".")[0]
        return f"remove '{parent.path}', or add '{folder}/__init__.py'"

    def _moved(self, path: str) -> str | None:
        match = self._moves.find(path)
        if match is None:
            return None
        origin = f" ({match.move.origin})" if str(match.move.origin) else ""
        if match.new is None:
            return f"it has no replacement{match.move.because}{origin}"
        return f"it is now '{match.new}'{origin}"

    def _offered(self, module: str) -> list[str]:
        """Return the names that a module binds, and its submodules."""
        names = set(self._index.children(module))
        file = self._presence.file(module)
        if file is not None:
            names.update(file.bindings.definitions, file.bindings.imports)
        return sorted(names)
