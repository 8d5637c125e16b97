"""What other files use of a module otherwise than by its name: attributes, and all of it."""

from __future__ import annotations

import re

from linter_ext.source.index import Index

_PAIR = re.compile(r"\b(\w+)(?=\s*\.\s*(\w+))")
_STAR = re.compile(r"\bfrom\s+([\w.]+)\s+import\s*\(?\s*\*")


class OutsideUses:
    """What the project's texts may use. One for each index: `index.derived(OutsideUses)`.

    The texts tell, without being parsed; they may tell of too much.
    """

    def __init__(self, index: Index) -> None:
        self._pairs: set[tuple[str, str]] = set()
        self._stars: set[str] = set()
        for path, _ in index.listed():
            text = index.peek(path)
            self._pairs.update(_PAIR.findall(text))
            self._stars.update(name.rpartition(".")[2] for name in _STAR.findall(text))

    def may_use(self, module: str, name: str) -> bool:
        """Return whether some file may use a name of a module as its attribute, or by a star."""
        last = module.rpartition(".")[2]
        return (last, name) in self._pairs or last in self._stars

    def may_take_all(self, module: str) -> bool:
        """Return whether some file may import all names of a module."""
        return module.rpartition(".")[2] in self._stars
