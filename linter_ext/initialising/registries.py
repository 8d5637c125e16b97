"""Which documents and tables of a repository are registries and move tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from linter_ext.errors import ConfigurationError
from linter_ext.names import prefixes
from linter_ext.tables.markdown import parse_markdown_registry
from linter_ext.tables.moves import MoveTable, parse_moves
from linter_ext.tables.registry import Registry, merge, parse_registry

MARKDOWN = (".md", ".markdown")

_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6} .*$", re.MULTILINE)
_IMPORT = re.compile(r"import", re.IGNORECASE)
_ABOUT_ALL = re.compile(r"readme|change|history|news", re.IGNORECASE)
_REGISTRY = re.compile(r"registr|canonical|ssot|single[ _-]source", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tables:
    """The files of a repository that say what is canonical, and what has moved.

    Attributes:
        registries: the registries.
        moves:      the move tables.
        known:      the old paths and dependencies that they have entries for.
        others:     files that look like one, but cannot be used, and why.
    """

    registries: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()


def find_tables(texts: Mapping[str, str], modules: Set[str]) -> Tables:
    """Return the files that are tables.

    A Markdown document is a registry if its name or a heading calls it one, since a Python block
    in any other one is an example.

    Args:
        texts:   Markdown and TOML files that may be tables, by their paths.
        modules: the names of the project's modules.
    """
    search = _Search(modules)
    for path in sorted(texts):
        try:
            search.look(path, texts[path])
        except ConfigurationError as error:
            search.others.append(str(error.problems[0]))
    return Tables(tuple(search.registries), tuple(search.moves), search.known, tuple(search.others))


class _Search:
    """What is found so far."""

    def __init__(self, modules: Set[str]) -> None:
        self._modules = modules
        self.registries: dict[str, Registry] = {}
        self.moves: dict[str, MoveTable] = {}
        self.others: list[str] = []

    @property
    def known(self) -> frozenset[str]:
        """The old paths and dependencies that have entries."""
        old = (move.old for table in self.moves.values() for move in table)
        gates = (gate.dependency for item in self.registries.values() for gate in item.gateways)
        return frozenset((*old, *gates))

    def look(self, path: str, text: str) -> None:
        """Take a file that is a table.

        Raises:
            ConfigurationError: if it looks like one, but cannot be used, or not with the others.
        """
        if path.endswith(MARKDOWN):
            if is_called_registry(path, text):
                self._take(path, parse_markdown_registry(text, path))
        elif "[[moves]]" in text:
            moves = parse_moves(text, path)
            MoveTable.of([*(move for table in self.moves.values() for move in table), *moves])
            self.moves[path] = MoveTable.of(moves)
        elif "[[canonical]]" in text or "[[gateways]]" in text:
            self._take(path, parse_registry(text, path))

    def _take(self, path: str, registry: Registry) -> None:
        homes = [item.module for item in registry.names]
        homes += [item.module for item in registry.gateways]
        if any(self._is_known(home) for home in homes):
            merge([*self.registries.values(), registry])
            self.registries[path] = registry

    def _is_known(self, module: str) -> bool:
        return any(name in self._modules for name in prefixes(module))


def is_called_registry(path: str, text: str) -> bool:
    """Return whether a document's name or one of its headings calls it a registry of imports."""
    return any(_IMPORT.search(name) and _REGISTRY.search(name) for name in _names(path, text))


def _names(path: str, text: str) -> Iterator[str]:
    name = path.rpartition("/")[2]
    if _ABOUT_ALL.match(name):
        return
    yield name
    yield from _HEADING.findall(_FENCED.sub("", text))
