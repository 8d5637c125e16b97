"""Keeps imports sorted where they were: isort does it, which ruff's own rule follows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import isort
from isort.exceptions import ISortError

_SOURCE_FOLDERS = ("", "src", "lib", "python")
_RUFF_FILES = (".ruff.toml", "ruff.toml")
_PYPROJECT = "pyproject.toml"
_BLACK = "black"
_SHARED = (
    "case-sensitive",
    "combine-as-imports",
    "force-single-line",
    "force-sort-within-sections",
    "known-first-party",
    "known-third-party",
    "lines-after-imports",
    "lines-between-types",
    "no-lines-before",
    "order-by-type",
)
"""The settings of ruff's that isort has by the same names."""


class Sorter:
    """Sorts the imports of a project's files.

    Where the project configures isort, that counts; otherwise isort's default and its profile
    `black`, which ruff's default is like, with what the project says to ruff and Black.

    Args:
        root: the project root, where isort looks for its configuration and for what is
            first-party.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def sorted_like(self, before: str, after: str) -> str:
        """Return a text sorted as another one is; as it is, if that is not sorted.

        Args:
            before: a file's text.
            after:  the same with other imports.
        """
        for config in self._configs:
            if _sorted(before, config) == before:
                found = _sorted(after, config)
                # What isort splits, it sorts when it sees it again.
                again = None if found is None else _sorted(found, config)
                return after if again is None else again
        return after

    @cached_property
    def _configs(self) -> tuple[isort.Config, ...]:
        return tuple(self._found_configs())

    def _found_configs(self) -> Iterator[isort.Config]:
        """Yield the ways in which files may be sorted, the likeliest first."""
        try:
            own = isort.Config(settings_path=str(self._root))
        except (ISortError, ValueError, OSError):
            own = None
        if own is not None and any(_is_file(source) for source in own.sources):
            yield own
            return
        paths = tuple(self._root / folder for folder in _SOURCE_FOLDERS)
        black = isort.Config(src_paths=paths, profile=_BLACK, **self._shared)
        plain = isort.Config(src_paths=paths)
        yield from (black, plain) if self._is_black else (plain, black)

    @cached_property
    def _tools(self) -> Mapping[str, object]:
        """What the project says to ruff and to Black."""
        found = dict(_table(_read(self._root / _PYPROJECT), "tool"))
        for name in _RUFF_FILES:
            if (self._root / name).is_file():
                found["ruff"] = _read(self._root / name)
        return found

    @property
    def _is_black(self) -> bool:
        """Whether Black lays files out, or ruff."""
        return not self._tools.keys().isdisjoint({"ruff", _BLACK})

    @property
    def _shared(self) -> dict[str, Any]:
        """What the project says to ruff of sorting, in isort's words."""
        ruff, black = _table(self._tools, "ruff"), _table(self._tools, _BLACK)
        lint = _table(ruff, "lint") or ruff
        found = {**_table(ruff, "isort"), **_table(lint, "isort")}
        shared: dict[str, Any] = {
            name.replace("-", "_"): tuple(value) if isinstance(value, list) else value
            for name, value in found.items()
            if name in _SHARED and isinstance(value, (bool, int, list))
        }
        length = ruff.get("line-length", black.get("line-length"))
        return {**shared, "line_length": length} if isinstance(length, int) else shared


def _sorted(text: str, config: isort.Config) -> str | None:
    """Return a text with its imports sorted; None if isort leaves it alone."""
    try:
        return isort.code(text, config=config)
    except (ISortError, ValueError, IndexError):
        return None


def _is_file(source: Mapping[str, object]) -> bool:
    """Return whether settings come from a file of the project's."""
    return Path(str(source.get("source", ""))).is_file()


def _read(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _table(value: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}
