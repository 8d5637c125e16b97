"""Where a project's modules begin: its root packages and source paths, found on the disk."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from linter_ext.names import is_dotted_name
from linter_ext.source.tree import PACKAGE_FILE, SUFFIXES, Root

_LAYOUTS = (".", "src", "lib", "python")


def find_package(root: Path, name: str) -> Root | None:
    """Return where a root package is: in a usual layout, or where it is installed from.

    A package has precedence over a module, and a module over a folder without `__init__.py`
    (PEP 420). The package itself is never imported.
    """
    if not is_dotted_name(name):
        return None
    stem = name.replace(".", "/")
    paths = [stem if layout == "." else f"{layout}/{stem}" for layout in _LAYOUTS]
    found = (
        *(path for path in paths if (root / path / f"{PACKAGE_FILE}.py").is_file()),
        *(f"{path}.py" for path in paths if (root / f"{path}.py").is_file()),
        *(path for path in paths if (root / path).is_dir()),
    )
    if found:
        return Root(name, found[0], is_package=True)
    return _find_installed(root, name)


def is_imported_from(name: str, folder: Path) -> bool:
    """Return whether the import system finds a package in a folder, and nowhere else.

    The packages around it are imported if they have an `__init__.py`; see that they have none.
    """
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError, AttributeError):
        return False
    places = [] if spec is None else list(spec.submodule_search_locations or ())
    return [os.path.realpath(place) for place in places] == [os.path.realpath(folder)]


def find_packages(root: Path) -> list[Root]:
    """Return the packages with an `__init__.py` in a usual layout."""
    return [
        found
        for layout in _LAYOUTS
        for name in _names_in(root / layout)
        if (root / layout / name / f"{PACKAGE_FILE}.py").is_file()
        and (found := find_package(root, name)) is not None
    ]


def find_source_path(root: Path, path: str) -> list[Root]:
    """Return the roots of one source path; `.` stands for all that lies at the top.

    None, if there is no such folder or file below the project root.
    """
    if not is_below(path):
        return []
    path = path.replace(os.sep, "/").removeprefix("./").rstrip("/") or "."
    if path == ".":
        return list(_roots_in(root, ""))
    if path.endswith(SUFFIXES) and (root / path).is_dir():
        return list(_roots_in(root, f"{path}/"))
    return [_source_root(path)] if (root / path).exists() else []


def is_below(path: str) -> bool:
    """Return whether a path stays below where it starts."""
    return not os.path.isabs(path) and os.pardir not in path.replace(os.sep, "/").split("/")


def without_doubles(roots: Iterable[Root]) -> list[Root]:
    """Return the roots with packages first, and one root for each path."""
    by_path: dict[str, Root] = {}
    for root in sorted(roots, key=lambda item: not item.is_package):
        by_path.setdefault(root.path, root)
    return list(by_path.values())


def _roots_in(root: Path, folder: str) -> Iterator[Root]:
    """Yield the roots that the entries of a folder make.

    A folder that is called like a Python file is no root, but what lies in it is.
    """
    for name in _names_in(root / folder):
        path = f"{folder}{name}"
        is_folder = (root / path).is_dir()
        if is_folder and (name.startswith(".") or (root / path).is_symlink()):
            continue
        if is_folder and name.endswith(SUFFIXES):
            yield from _roots_in(root, f"{path}/")
        elif is_folder or name.endswith(SUFFIXES):
            yield _source_root(path)


def _source_root(path: str) -> Root:
    stem = path.rpartition(".")[0] if path.endswith(SUFFIXES) else path
    return Root(stem.replace("/", "."), path, is_package=False)


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _find_installed(root: Path, name: str) -> Root | None:
    top, _, rest = name.partition(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError, AttributeError):
        return None
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location, *rest.split(".")) if rest else Path(location)
        # A package that is the project root itself has no path to be named by.
        if folder.is_dir() and folder.is_relative_to(root) and folder != root:
            return Root(name, folder.relative_to(root).as_posix(), is_package=True)
    return None
