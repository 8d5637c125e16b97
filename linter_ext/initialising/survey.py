"""What a repository has that a configuration is to name, as frozen values."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from linter_ext.discovery import list_sources
from linter_ext.git import GitError, ask_git
from linter_ext.initialising.bans import FLAKE8_FILES, RUFF_FILES, Bans, read_bans
from linter_ext.initialising.conversion import Conversion, convert
from linter_ext.initialising.layout import Layout, find_layout, without
from linter_ext.initialising.registries import MARKDOWN, Tables, find_tables
from linter_ext.roots import find_source_path
from linter_ext.source.text import UnreadableError, decode
from linter_ext.source.tree import Root

STAND_IN = "contracts"
"""The root package where there is none: the folder of the tables, which is always there."""

_ENVIRONMENT_MARKS = ("pyvenv.cfg", "conda-meta")
_BUILT = ("build", "dist")
_DOCUMENTS = ("contracts", "doc", "docs", "documentation")
_TABLES = ("contracts",)


@dataclass(frozen=True, slots=True)
class Survey:
    """What is found.

    Attributes:
        files:      every Python file, relative to the project root.
        layout:     the packages and the other Python.
        bans:       what ruff and flake8-tidy-imports ban.
        conversion: what becomes of that.
        tables:     registries and move tables that there are.
        left_out:   what is not to be checked, each with the reason; sorted.
        demoted:    packages that cannot be root packages for that, by their paths.
    """

    files: tuple[str, ...]
    layout: Layout
    bans: Bans
    conversion: Conversion
    tables: Tables
    left_out: tuple[tuple[str, str], ...]
    demoted: tuple[str, ...] = ()

    @property
    def root_packages(self) -> tuple[str, ...]:
        """The names of the root packages; there is always one, since lint-imports needs it."""
        return tuple(root.name for root in self.layout.packages) or (STAND_IN,)

    @property
    def has_stand_in(self) -> bool:
        """Whether there is no package that could be a root package."""
        return not self.layout.packages

    def without(self, broken: Iterable[tuple[str, str]]) -> Survey:
        """Return the same without some files, or folders, each with the reason."""
        found = tuple(broken)
        layout = without(self.layout, self.files, [path for path, _ in found])
        demoted = (root.path for root in self.layout.packages if root not in layout.packages)
        return replace(
            self,
            layout=layout,
            left_out=tuple(sorted([*self.left_out, *found])),
            demoted=tuple(sorted([*self.demoted, *demoted])),
        )


def survey_repository(root: Path) -> Survey:
    """Return what a repository has.

    Args:
        root: its folder, which is to be the project root.
    """
    tops = [item for item in find_source_path(root, ".") if _can_be_written(item.path)]
    left_out = dict(_left_out(root, tops))
    files = list_sources(root, [item for item in tops if item.path not in left_out]).files
    files = tuple(path for path in files if _can_be_written(path))
    texts = _Texts(root)
    layout = find_layout(files, texts.python)
    modules = layout.modules(files)
    bans = read_bans(texts.all((*RUFF_FILES, *FLAKE8_FILES)))
    tables = find_tables(texts.all(_documents(root)), modules)
    return Survey(
        files=files,
        layout=layout,
        bans=bans,
        conversion=convert((ban for ban in bans.paths if ban.path not in tables.known), modules),
        tables=tables,
        left_out=tuple(sorted(left_out.items())),
    )


def _can_be_written(path: str) -> bool:
    """Return whether a path can stand on a line of a configuration."""
    return path.isprintable() and path == path.strip() and path[:1] not in "#;"


def _left_out(root: Path, tops: Iterable[Root]) -> Iterator[tuple[str, str]]:
    """Yield the folders at the top that hold no code of the project, each with the reason."""
    folders = [item.path for item in tops if not item.is_file]
    ignored = _ignored_by_git(root)
    for folder in folders:
        if any(os.path.lexists(root / folder / mark) for mark in _ENVIRONMENT_MARKS):
            yield folder, "virtual environment"
        elif folder in ignored:
            yield folder, "ignored by git"
        elif folder in _BUILT and not (root / folder / "__init__.py").is_file():
            yield folder, "made by a build"


def _ignored_by_git(root: Path) -> frozenset[str]:
    """Return the folders that git ignores as a whole; none where there is no git."""
    options = ("--others", "--ignored", "--exclude-standard", "--directory")
    try:
        listed = ask_git(root, "ls-files", *options, "-z")
    except GitError:
        return frozenset()
    return frozenset(name.rstrip("/") for name in os.fsdecode(listed).split("\0"))


def _documents(root: Path) -> Iterator[str]:
    """Yield the files that may be registries or move tables."""
    yield from (name for name in sorted(os.listdir(root)) if name.endswith(MARKDOWN))
    for top in _DOCUMENTS:
        for folder, folders, names in os.walk(root / top):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            endings = (*MARKDOWN, ".toml") if top in _TABLES else MARKDOWN
            for name in sorted(names):
                if name.endswith(endings):
                    yield Path(folder, name).relative_to(root).as_posix()


class _Texts:
    """Reads files of a repository; of one that cannot be read, nothing."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def python(self, path: str) -> str:
        """Return what a Python file says."""
        try:
            return decode((self._root / path).read_bytes())
        except (OSError, UnreadableError):
            return ""

    def all(self, paths: Iterable[str]) -> dict[str, str]:
        """Return what other files say, those that there are."""
        found = ((path, self._other(path)) for path in paths if (self._root / path).is_file())
        return {path: text for path, text in found if text is not None}

    def _other(self, path: str) -> str | None:
        try:
            return (self._root / path).read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None
