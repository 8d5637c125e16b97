"""A project on disk: its root, its roots, its texts."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from linter_ext.discovery import Listing, list_sources
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.names import is_dotted_name
from linter_ext.source.index import Index
from linter_ext.source.text import UnreadableError, decode
from linter_ext.source.tree import PACKAGE_FILE, SUFFIXES, Root, SourceTree

_LAYOUTS = (".", "src")
_DEFAULT_SOURCE_PATHS = ("tests",)


class Disk:
    """Reads a project's files; remembers what exists, for one run."""

    def __init__(self, root: Path) -> None:
        self._root = os.fspath(root)
        self._folders: dict[str, _Folder] = {}

    def read(self, path: str) -> str:
        """Return a file's text.

        Raises:
            UnreadableError: if the file cannot be opened or decoded.
        """
        try:
            with open(os.path.join(self._root, path), "rb") as stream:
                return decode(stream.read())
        except OSError as error:
            fact = f"cannot be read: {error.strerror or error}"
            raise UnreadableError(fact, "mend the file or leave it out") from error

    def is_file(self, path: str) -> bool:
        """Return whether the file exists, in this very spelling."""
        folder, _, name = path.rpartition("/")
        return name in self._listed(folder).files

    def is_folder(self, path: str) -> bool:
        """Return whether the folder exists, in this very spelling."""
        folder, _, name = path.rpartition("/")
        return name in self._listed(folder).folders

    def _listed(self, folder: str) -> _Folder:
        listed = self._folders.get(folder)
        if listed is None:
            listed = _list(os.path.join(self._root, folder))
            self._folders[folder] = listed
        return listed


@dataclass(frozen=True, slots=True)
class _Folder:
    """The names in a folder."""

    files: frozenset[str]
    folders: frozenset[str]


def _list(folder: str) -> _Folder:
    files: set[str] = set()
    folders: set[str] = set()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                (folders if entry.is_dir() else files).add(entry.name)
    except OSError:
        pass  # What cannot be listed holds no module; checking its files says why.
    return _Folder(frozenset(files), frozenset(folders))


class Project:
    """A project on disk.

    Attributes:
        root:  the project root; every relative path starts there.
        tree:  its roots.
        index: its modules.
    """

    def __init__(self, root: Path, roots: Sequence[Root]) -> None:
        self.root = root
        self.tree = SourceTree(roots)
        self.index = Index(self.tree, Disk(root))

    @cached_property
    def listing(self) -> Listing:
        """Every source file under the roots, found once."""
        return list_sources(self.root, self.tree.roots)

    def relative(self, path: str) -> str | None:
        """Return a path relative to the project root, or None if it lies outside.

        Args:
            path: absolute, or relative to the working directory.
        """
        root = os.path.abspath(self.root)
        for absolute, base in (
            (os.path.abspath(path), root),
            (os.path.realpath(path), os.path.realpath(root)),
        ):
            relative = os.path.relpath(absolute, base)
            if relative != os.pardir and not relative.startswith(os.pardir + os.sep):
                return relative.replace(os.sep, "/")
        return None


def open_project(root: Path, session_options: Mapping[str, object]) -> Project:
    """Return the project that import-linter's session options describe.

    Args:
        root:            the project root.
        session_options: `root_packages`, and our own `source_paths`.

    Raises:
        ConfigurationError: for roots that cannot be found.
    """
    problems: list[Problem] = []
    roots: list[Root] = []
    for name in as_list(session_options.get("root_packages")):
        found = find_package(root, name)
        if found is None:
            problems.append(_missing_package(name))
        else:
            roots.append(found)
    for path in _source_paths(root, session_options):
        expanded = list(find_source_path(root, path))
        if not expanded:
            fact = f"'{path}' does not exist"
            remedy = "name a folder or file below the project root"
            problems.append(Problem(fact=fact, remedy=remedy, key="source_paths"))
        roots.extend(expanded)
    if problems:
        raise ConfigurationError(problems)
    return Project(root, _without_doubles(roots))


def survey_project(root: Path) -> Project:
    """Return the project that stands in a folder without any configuration.

    Packages at the top and in `src` become root packages; all other Python is a source path.
    """
    packages = [
        found
        for layout in _LAYOUTS
        for name in _subfolders(root / layout)
        if (root / layout / name / f"{PACKAGE_FILE}.py").is_file()
        and (found := find_package(root, name)) is not None
    ]
    return Project(root, _without_doubles([*packages, *find_source_path(root, ".")]))


def find_package(root: Path, name: str) -> Root | None:
    """Return where a root package is: at the top, in `src`, or where it is installed from.

    The package itself is never imported.
    """
    if not is_dotted_name(name):
        return None
    for layout in _LAYOUTS:
        path = name.replace(".", "/")
        path = path if layout == "." else f"{layout}/{path}"
        if (root / path).is_dir():
            return Root(name, path, is_package=True)
        if (root / f"{path}.py").is_file():
            return Root(name, f"{path}.py", is_package=True)
    return _find_installed(root, name)


def find_source_path(root: Path, path: str) -> Iterator[Root]:
    """Yield the roots of one source path; `.` stands for all that lies at the top."""
    path = path.replace(os.sep, "/").removeprefix("./").rstrip("/") or "."
    if path == ".":
        for name in sorted(os.listdir(root)):
            is_folder = (root / name).is_dir() and not (root / name).is_symlink()
            if name.endswith(SUFFIXES) or (is_folder and not name.startswith(".")):
                yield _source_root(name)
    elif (root / path).exists():
        yield _source_root(path)


def as_list(value: object) -> list[str]:
    """Return an option's values: a list as it is, a single value as a list of one."""
    if value is None:
        return []
    items = value if isinstance(value, (list, tuple)) else [value]
    return [text for item in items if (text := str(item).strip())]


def _source_root(path: str) -> Root:
    stem = path.rpartition(".")[0] if path.endswith(SUFFIXES) else path
    return Root(stem.replace("/", "."), path, is_package=False)


def _source_paths(root: Path, session_options: Mapping[str, object]) -> list[str]:
    if "source_paths" in session_options:
        return as_list(session_options["source_paths"])
    return [path for path in _DEFAULT_SOURCE_PATHS if (root / path).is_dir()]


def _subfolders(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(item.name for item in folder.iterdir() if item.is_dir())


def _find_installed(root: Path, name: str) -> Root | None:
    top, _, rest = name.partition(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError, AttributeError):
        return None
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location, *rest.split(".")) if rest else Path(location)
        if folder.is_dir() and folder.is_relative_to(root):
            return Root(name, folder.relative_to(root).as_posix(), is_package=True)
    return None


def _missing_package(name: str) -> Problem:
    return Problem(
        fact=f"root package '{name}' is not below the project root",
        remedy="name a package that lies there or in 'src', or one installed from there",
        key="root_packages",
    )


def _without_doubles(roots: Sequence[Root]) -> list[Root]:
    """Return the roots with packages first, and one root for each path."""
    by_path: dict[str, Root] = {}
    for root in sorted(roots, key=lambda item: not item.is_package):
        by_path.setdefault(root.path, root)
    return list(by_path.values())
