"""Which files pytest takes for test files, and in which order it comes to them.

Pure: settings and paths in, paths out.
"""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from linter_ext.pytest_settings import PytestSettings

CONFTEST = "conftest.py"
_PACKAGE_FILE = "__init__.py"
_NO_DOCTESTS = frozenset({"__main__.py", "setup.py"})
_EVERYWHERE = (".",)
_IGNORING = ("collect_ignore", "collect_ignore_glob")


@dataclass(frozen=True, slots=True)
class Ignored:
    """What a `conftest.py` tells pytest to leave out.

    Attributes:
        paths: `collect_ignore`, from the project root; None if it does not say.
        globs: `collect_ignore_glob`, likewise.
    """

    paths: frozenset[str] | None = None
    globs: frozenset[str] | None = None


def find_test_files(
    files: Iterable[str],
    settings: PytestSettings,
    root: str,
    ignored: Mapping[str, Ignored],
) -> tuple[str, ...]:
    """Return the test files among a project's files, in the order in which pytest comes to them.

    Args:
        files:    the files, relative to the project root.
        settings: how pytest is configured.
        root:     the project root, to which patterns with a slash in them are applied.
        ignored:  for each folder with a `conftest.py`, what that leaves out.
    """
    paths = [path for path in files if path.endswith(".py")]
    search = _Search(settings, root, ignored)
    found: dict[str, None] = {}
    for start in starting_places(settings):
        below = (path for path in paths if start in (".", path) or path.startswith(f"{start}/"))
        taken = (path for path in below if search.takes(path, start))
        found.update(dict.fromkeys(sorted(taken, key=_place)))
    return tuple(found)


def folders_to(path: str) -> tuple[str, ...]:
    """Return the folders a file lies in, from the project root (the empty path) downward."""
    parts = path.split("/")[:-1]
    return tuple("/".join(parts[:length]) for length in range(len(parts) + 1))


def starting_places(settings: PytestSettings) -> Sequence[str]:
    """Return the files and folders pytest looks in, `.` for all; none lies in another."""
    starts = settings.testpaths or _EVERYWHERE
    return [
        start
        for start in starts
        if not any(_is_at_or_below(start, other) for other in starts if other != start)
    ]


def read_ignored(tree: ast.Module, path: str) -> Ignored:
    """Return what a `conftest.py` leaves out, under whatever condition.

    Args:
        tree: its syntax tree.
        path: where it is, relative to the project root.
    """
    found: dict[str, set[str]] = {}
    for statement in ast.walk(tree):
        name, values = _list_items(statement)
        if name in _IGNORING:
            texts = filter(None, map(_joined, values))
            below = {posixpath.normpath(f"{_folder(path)}/{text}").lstrip("/") for text in texts}
            found.setdefault(name, set()).update(below)
    paths, globs = (found.get(name) for name in _IGNORING)
    return Ignored(
        paths=None if paths is None else frozenset(paths),
        globs=None if globs is None else frozenset(globs),
    )


def _list_items(statement: ast.AST) -> tuple[str, list[ast.expr]]:
    """Return the name of a list that a statement makes or adds to, and the items in the text."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, _items(value)
        case ast.AugAssign(target=ast.Name(id=name), value=value):
            return name, _items(value)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return name, _items(value)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=arguments):
            return name, arguments
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name)), args=[value]):
            return name, _items(value)
    return "", []


def _items(value: ast.expr) -> list[ast.expr]:
    displays = (
        node for node in ast.walk(value) if isinstance(node, (ast.List, ast.Tuple, ast.Set))
    )
    return [item for display in displays for item in display.elts]


def _joined(value: ast.expr) -> str:
    """Return a path from its parts: `"a/b.py"`, `os.path.join("a", "b.py")`, `HERE / "b.py"`."""
    texts = [
        (node.lineno, node.col_offset, node.value)
        for node in ast.walk(value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return "/".join(text for _, _, text in sorted(texts))


class _Search:
    """What pytest takes for a test file, by its settings and by what `conftest.py` files say."""

    def __init__(self, settings: PytestSettings, root: str, ignored: Mapping[str, Ignored]) -> None:
        self._settings = settings
        self._root = root
        self._ignored = ignored
        self._closed: dict[str, bool] = {}

    def takes(self, path: str, start: str) -> bool:
        """Return whether a file is found by looking from a file or folder downward.

        What is named itself is taken whatever it is called, and whatever it lies in.
        """
        if path == start:
            return True
        between = (folder for folder in folders_to(path) if not _is_at_or_below(start, folder))
        return (
            self._is_test(path)
            and not any(map(self._is_closed, between))
            and not any(self._reasons(path))
        )

    def _is_test(self, path: str) -> bool:
        if self._settings.has_doctests and _name(path) not in {*_NO_DOCTESTS, CONFTEST}:
            return True
        return self._matches(path, self._settings.python_files)

    def _is_closed(self, folder: str) -> bool:
        """Return whether a folder is not looked into."""
        if folder not in self._closed:
            is_norecurse = self._matches(folder, self._settings.norecursedirs)
            self._closed[folder] = is_norecurse or any(self._reasons(folder))
        return self._closed[folder]

    def _reasons(self, path: str) -> Iterator[bool]:
        """Yield whether a file or folder is left out, for each way of saying so."""
        yield path in self._settings.ignored
        yield any(fnmatchcase(path, pattern) for pattern in self._settings.ignored_globs)
        yield path in self._nearest(path, lambda ignored: ignored.paths)
        yield any(
            fnmatchcase(path, pattern)
            for pattern in self._nearest(path, lambda ignored: ignored.globs)
        )

    def _nearest(self, path: str, of: Callable[[Ignored], frozenset[str] | None]) -> frozenset[str]:
        """Return what the nearest `conftest.py` that says anything of the kind leaves out."""
        for folder in reversed(folders_to(path)):
            ignored = self._ignored.get(folder)
            found = of(ignored) if ignored is not None else None
            if found is not None:
                return found
        return frozenset()

    def _matches(self, path: str, patterns: Iterable[str]) -> bool:
        """Return whether a path matches, as pytest's `fnmatch_ex` has it.

        A pattern with a slash in it is compared with the end of the whole path.
        """
        name, whole = _name(path), f"{self._root}/{path}"
        return any(
            fnmatchcase(whole, pattern if pattern.startswith("/") else f"*/{pattern}")
            if "/" in pattern
            else fnmatchcase(name, pattern)
            for pattern in patterns
        )


def _is_at_or_below(path: str, folder: str) -> bool:
    return folder in ("", ".", path) or path.startswith(f"{folder}/")


def _place(path: str) -> list[tuple[bool, str]]:
    """Return where a file comes: entries by name, but a package's own file first."""
    return [(part != _PACKAGE_FILE, part) for part in path.split("/")]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _name(path: str) -> str:
    return path.rpartition("/")[2]
