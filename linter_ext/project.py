"""A project on disk: its root, its roots, its texts."""

from __future__ import annotations

import datetime
import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from linter_ext import clock
from linter_ext.baseline import DEFAULT_FILE, Baseline, parse_baseline
from linter_ext.discovery import Listing, is_folder, lies_in_any, list_sources
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.names import is_under, matches_package
from linter_ext.roots import (
    find_package,
    find_packages,
    find_source_path,
    is_below,
    without_doubles,
)
from linter_ext.source.file import SourceFile
from linter_ext.source.import_roots import ImportPath
from linter_ext.source.index import Index
from linter_ext.source.outside import Outside
from linter_ext.source.text import UnreadableError, decode
from linter_ext.source.tree import PACKAGE_FILE, Root, SourceTree
from linter_ext.spelling import closest

_ROOT_PACKAGES = "root_packages"
_SOURCE_PATHS = "source_paths"
_LEFT_OUT_PATHS = "left_out_paths"
_BASELINE = "baseline"
_DEFAULT_SOURCE_PATH = "tests"
_SESSION_OPTIONS = frozenset(
    {_ROOT_PACKAGES, _SOURCE_PATHS, _LEFT_OUT_PATHS, _BASELINE, "root_package", "contract_types"}
)
_THEIR_SESSION_OPTIONS = frozenset(
    {"include_external_packages", "exclude_type_checking_imports", "show_timings"}
)
NO_BASELINE = Baseline()
"""Nothing is known."""

_BLOCK = 1 << 20
_PACKAGE_ENDING = f"/{PACKAGE_FILE}.py"
_REMEDIES = {
    errno.ENOENT: "remove the link, or restore what it leads to",
    errno.ELOOP: "remove the link, which leads back to itself",
    errno.EACCES: "allow reading it",
}


class Disk:
    """Reads a project's files; remembers what exists, for one run.

    Attributes:
        listed: lists every source file of the project.
    """

    def __init__(self, root: Path, listed: Callable[[], Sequence[str]]) -> None:
        self._root = os.fspath(root)
        self.listed = listed
        self._entries: dict[str, Sequence[os.DirEntry[str]]] = {}
        self._folders: dict[str, _Folder] = {}

    def note(self, folder: str, entries: Sequence[os.DirEntry[str]]) -> None:
        """Take what somebody else has found in a folder, which is then not listed again."""
        self._entries[folder] = entries

    def read(self, path: str) -> str:
        """Return a file's text.

        Raises:
            UnreadableError: if the file cannot be opened or decoded.
        """
        try:
            return decode(_read(f"{self._root}/{path}"))
        except OSError as error:
            fact = f"cannot be read: {error.strerror or error}"
            remedy = _REMEDIES.get(error.errno or 0, "restore it or remove it")
            raise UnreadableError(fact, remedy) from error

    def is_file(self, path: str) -> bool:
        """Return whether the file exists, in this very spelling."""
        folder, _, name = path.rpartition("/")
        return name in self._listed(folder).files

    def is_folder(self, path: str) -> bool:
        """Return whether the folder exists, in this very spelling."""
        folder, _, name = path.rpartition("/")
        return name in self._listed(folder).folders

    def files_in(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder; none if there is no such folder."""
        return self._listed(folder).files

    def _listed(self, folder: str) -> _Folder:
        listed = self._folders.get(folder)
        if listed is None:
            entries = self._entries.pop(folder, None)
            listed = _sorted_out(_list(f"{self._root}/{folder}") if entries is None else entries)
            self._folders[folder] = listed
        return listed


class _Folder(NamedTuple):
    """The names in a folder."""

    files: frozenset[str]
    folders: frozenset[str]


_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""A pipe is opened without waiting for anyone to write to it."""


def _read(path: str) -> bytes:
    """Return what is in a file; in a third of the time that a stream takes to be made."""
    descriptor = os.open(path, _READING)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            remedy = "put a file in its place, or give it another suffix"
            raise UnreadableError("cannot be read: not a regular file", remedy)
        found = os.read(descriptor, status.st_size + 1)
        if len(found) == status.st_size:
            return found
        rest = iter(partial(os.read, descriptor, _BLOCK), b"")
        return b"".join((found, *rest))
    finally:
        os.close(descriptor)


def _list(folder: str) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return ()  # What cannot be listed holds no module; the engine says why.


def _sorted_out(entries: Sequence[os.DirEntry[str]]) -> _Folder:
    folders = frozenset(entry.name for entry in entries if is_folder(entry))
    return _Folder(frozenset(entry.name for entry in entries) - folders, folders)


class Project:
    """A project on disk.

    Attributes:
        root:           the project root; every relative path starts there.
        tree:           its roots.
        index:          its modules.
        baseline:       its known violations.
        left_out_paths: the folders and files that are not checked, although they lie in the roots.
    """

    def __init__(
        self,
        root: Path,
        roots: Sequence[Root],
        baseline: Baseline = NO_BASELINE,
        left_out_paths: Sequence[str] = (),
    ) -> None:
        self.root = root
        self.baseline = baseline
        self.left_out_paths = tuple(left_out_paths)
        self.tree = SourceTree(roots)
        self._disk = Disk(root, lambda: self.listing.files)
        self.index = Index(self.tree, self._disk, Outside(os.fspath(root)), self.import_path)

    @cached_property
    def listing(self) -> Listing:
        """Every source file under the roots, found once."""
        return list_sources(self.root, self.tree.roots, self.left_out_paths, self._disk.note)

    def leaves_out(self, path: str) -> bool:
        """Return whether the configuration says that a file is not to be checked."""
        return lies_in_any(path, self.left_out_paths)

    @cached_property
    def today(self) -> datetime.date:
        """The date of the run, read once.

        Raises:
            ConfigurationError: if the environment gives one that is none.
        """
        return clock.today(os.environ)

    def import_path(self) -> ImportPath:
        """Return how pytest imports files; the project root is on its path in any case."""
        # Most files import nothing that makes this necessary.
        from linter_ext.pytest_settings import (  # noqa: PLC0415
            ImportMode,
            read_pytest_settings,
        )

        found = read_pytest_settings(self.root)
        return ImportPath(
            folders=tuple(path for path in found.pythonpath if path != "."),
            whole_names=found.import_mode is ImportMode.IMPORTLIB,
        )

    def is_saved(self, file: SourceFile) -> bool:
        """Return whether the disk holds the same text of a file."""
        try:
            return self._disk.read(file.path) == file.source.text
        except UnreadableError:
            return False

    def relative(self, path: str) -> str | None:
        """Return a path relative to the project root, or None if it lies outside.

        Args:
            path: absolute, or relative to the working directory.
        """
        for full in (os.path.abspath, os.path.realpath):
            absolute, root = Path(full(path)), Path(full(self.root))
            if absolute.is_relative_to(root):
                return absolute.relative_to(root).as_posix()
        return None

    def holds(self, expression: str) -> bool:
        """Return whether a module expression covers a module of the project.

        Only for a wildcard is the whole project listed.
        """
        if any(is_under(root.name, expression) for root in self.tree.roots):
            return True
        if "*" in expression:
            return any(matches_package(expression, name) for name in self._module_names)
        return any(
            self._disk.is_file(path) or self._disk.is_folder(path.removesuffix(_PACKAGE_ENDING))
            for path in self.tree.candidates(expression)
        )

    @cached_property
    def _module_names(self) -> frozenset[str]:
        modules = (self.tree.module_of(path) for path in self.listing.files)
        return frozenset(module.name for module in modules if module is not None)


def open_project(
    root: Path, session_options: Mapping[str, object]
) -> tuple[Project, tuple[Problem, ...]]:
    """Return the project that import-linter's session options describe, and their mistakes.

    A root that cannot be found is a mistake; the project is what the others make it.

    Args:
        root:            the project root.
        session_options: `root_packages`, and our own `source_paths` and `left_out_paths`.
    """
    roots: list[Root] = []
    problems: list[Problem] = list(_misspelt(session_options))
    for name in _root_packages(session_options, problems):
        found = find_package(root, name)
        if found is None:
            problems.append(_missing_package(root, name))
        else:
            roots.append(found)
    for path in _source_paths(root, session_options, problems):
        expanded = find_source_path(root, path)
        if not expanded:
            problems.append(_missing_path(path, _SOURCE_PATHS))
        roots.extend(expanded)
    baseline = _baseline(root, session_options, problems)
    left_out = _left_out_paths(root, session_options, problems)
    return Project(root, without_doubles(roots), baseline, left_out), tuple(problems)


def survey_project(root: Path) -> Project:
    """Return the project that stands in a folder without any configuration.

    Packages at the top and in `src` become root packages; all other Python is a source path.

    Raises:
        ConfigurationError: for a baseline that cannot be read.
    """
    roots = without_doubles([*find_packages(root), *find_source_path(root, ".")])
    return Project(root, roots, read_baseline(root, DEFAULT_FILE))


def read_baseline(root: Path, file: str) -> Baseline:
    """Return the baseline in a file; nothing is known where there is no such file.

    Raises:
        ConfigurationError: if it cannot be read.
    """
    try:
        text = (root / file).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Baseline(file)
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else "not UTF-8"
        remedy = "restore the file, or name another one under 'baseline'"
        raise ConfigurationError([Problem(f"cannot be read: {told}", remedy, file)]) from error
    return parse_baseline(text, file)


def _baseline(
    root: Path, session_options: Mapping[str, object], problems: list[Problem]
) -> Baseline:
    file = session_options.get(_BASELINE, DEFAULT_FILE)
    if not isinstance(file, str) or not file.strip() or not is_below(file.strip()):
        remedy = f"write a path from the project root, such as {DEFAULT_FILE}"
        fact = f"'{file}' is no file below the project root"
        problems.append(Problem(fact, remedy, key=_BASELINE))
        return NO_BASELINE
    try:
        return read_baseline(root, file.strip())
    except ConfigurationError as error:
        problems.extend(error.problems)
        return NO_BASELINE


def texts(value: object) -> list[str] | None:
    """Return a list of texts, or one text as a list; None for anything else."""
    items = value if isinstance(value, list) else [value]
    found = [item.strip() for item in items if isinstance(item, str)]
    return [text for text in found if text] if len(found) == len(items) else None


def not_text(key: str, value: object, wanted: str) -> Problem:
    """Return the problem of an option in which `texts` finds something other than text."""
    items = value if isinstance(value, list) else [value]
    wrong = next(item for item in items if not isinstance(item, str))
    return Problem(fact=f"'{wrong}' is not text", remedy=f"write {wanted}", key=key)


def one_text(key: str, example: str) -> Problem:
    """Return the problem of an option that import-linter takes for a list where it is a text."""
    return Problem(
        fact="one text where lint-imports needs a list",
        remedy=f"put each item on a line of its own (INI), or write {key} = [{example}] (TOML)",
        key=key,
    )


def _misspelt(session_options: Mapping[str, object]) -> Iterator[Problem]:
    """Yield the session options that look like misspelt ones; import-linter ignores them."""
    for key in sorted(session_options.keys() - _SESSION_OPTIONS - _THEIR_SESSION_OPTIONS):
        close = closest(key, sorted(_SESSION_OPTIONS), likeness=0.8)
        if close is not None:
            yield Problem(fact="unknown option", remedy=f"did you mean '{close}'?", key=key)


def _root_packages(session_options: Mapping[str, object], problems: list[Problem]) -> Sequence[str]:
    value = session_options.get(_ROOT_PACKAGES)
    if isinstance(value, str):
        problems.append(one_text(_ROOT_PACKAGES, '"app"'))
    names = texts(value)
    if names is None:
        problems.append(not_text(_ROOT_PACKAGES, value, "a list of names"))
    elif not names:
        fact, remedy = "no root package is given", "add the names of your packages"
        problems.append(Problem(fact=fact, remedy=remedy, key=_ROOT_PACKAGES))
    return names or ()


def _source_paths(
    root: Path, session_options: Mapping[str, object], problems: list[Problem]
) -> Sequence[str]:
    if _SOURCE_PATHS not in session_options:
        return (_DEFAULT_SOURCE_PATH,) if (root / _DEFAULT_SOURCE_PATH).is_dir() else ()
    value = session_options[_SOURCE_PATHS]
    paths = texts(value)
    if paths is None:
        problems.append(not_text(_SOURCE_PATHS, value, "a list of paths"))
    return paths or ()


def _left_out_paths(
    root: Path, session_options: Mapping[str, object], problems: list[Problem]
) -> list[str]:
    value = session_options.get(_LEFT_OUT_PATHS, [])
    paths = texts(value)
    if paths is None:
        problems.append(not_text(_LEFT_OUT_PATHS, value, "a list of paths"))
    found = [path.replace(os.sep, "/").removeprefix("./").rstrip("/") for path in paths or ()]
    missing = (path for path in found if not is_below(path) or not (root / path).exists())
    problems.extend(_missing_path(path, _LEFT_OUT_PATHS) for path in missing)
    return found


def _missing_package(root: Path, name: str) -> Problem:
    close = closest(name, [item.name for item in find_packages(root)])
    remedy = "name one that lies there, in 'src', 'lib' or 'python', or is installed from there"
    return Problem(
        fact=f"there is no package '{name}' below the project root",
        remedy=remedy if close is None else f"did you mean '{close}'?",
        key=_ROOT_PACKAGES,
    )


def _missing_path(path: str, key: str) -> Problem:
    fact = "does not exist" if is_below(path) else "does not lie below the project root"
    return Problem(
        fact=f"'{path}' {fact}",
        remedy="name a folder or file below the project root",
        key=key,
    )
