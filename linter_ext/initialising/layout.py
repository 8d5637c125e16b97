"""Which packages and which other Python a repository holds, told from the paths of its files."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from linter_ext.source.tree import PACKAGE_FILE, SUFFIXES, Root, SourceTree

_LAYOUTS = ("src", "lib", "python")
"""The folders, beside the top, in which `roots.find_package` looks for root packages."""
_PACKAGE_FILES = tuple(f"{PACKAGE_FILE}{suffix}" for suffix in SUFFIXES)
_SUPPORT = re.compile(
    r"(?:bench|benchmarks?|ci|docs?|documentation|examples?|samples?|scripts?|tools?"
    r"|(?:\w+_)?tests?(?:_\w+)?|testing)"
)
"""What folders are called that stand beside a project's packages."""

Text = Callable[[str], str]
"""Returns what a file says, by its path."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The roots that a configuration is to name.

    Attributes:
        packages:       the root packages.
        source_paths:   folders and files outside them, sorted.
        left_out_paths: folders and files in either that are not to be checked, sorted.
    """

    packages: tuple[Root, ...]
    source_paths: tuple[str, ...]
    left_out_paths: tuple[str, ...] = ()

    def modules(self, files: Iterable[str]) -> frozenset[str]:
        """Return the names of the modules that the files are, of root packages and at the top."""
        roots = [Root(_dotted(path), path, is_package=False) for path in self.source_paths]
        tree = SourceTree([*self.packages, *roots])
        found = (tree.module_of(path) for path in files)
        return frozenset(module.name for module in found if module is not None)


def find_layout(files: Sequence[str], text: Text) -> Layout:
    """Return the roots of a repository.

    Args:
        files: every Python file, relative to the project root, forward slashes.
        text:  what they say, to see whether a folder without `__init__.py` is imported by name.
    """
    tree = _Tree(files)
    packages = [*_packages(tree, text)]
    main = [root for root in packages if not _SUPPORT.fullmatch(root.path)]
    # Where all there is are tests beside a single module, they are better than nothing.
    chosen = _one_of_each_name(tree, main or packages)
    return Layout(chosen, tuple(sorted(_source_paths(tree, chosen))))


def without(layout: Layout, files: Sequence[str], broken: Iterable[str]) -> Layout:
    """Return a layout that leaves out files which cannot be checked.

    A package where lint-imports would stop at such a file cannot be a root package, and becomes
    a source path.

    Args:
        layout: the layout.
        files:  every Python file of the repository.
        broken: the files, or folders, that cannot be checked.
    """
    tree, bad = _Tree(files), {*layout.left_out_paths, *broken}
    packages = tuple(
        root for root in layout.packages if not any(tree.is_in_graph(path, root) for path in bad)
    )
    former = {root.path for root in layout.packages if root not in packages}
    left_out = {tree.top_of(path, bad) for path in bad}
    return Layout(
        packages,
        tuple(sorted({*layout.source_paths, *former} - left_out)),
        tuple(sorted(path for path in left_out if "/" in path)),
    )


def _packages(tree: _Tree, text: Text) -> Iterator[Root]:
    """Yield the packages at the top, then those in the folders that are known for it."""
    for name in sorted(tree.folders_in("")):
        if name not in _LAYOUTS or tree.is_package(name):
            yield from _at_top(tree, name, text)
    for folder in _LAYOUTS:
        if not tree.is_package(folder):
            for name in sorted(tree.folders_in(folder)):
                yield from _package(tree, name, f"{folder}/{name}")


def _at_top(tree: _Tree, name: str, text: Text) -> Iterator[Root]:
    """Yield what is a package of a folder at the top.

    One without `__init__.py` may be a folder of scripts. It is a package if some file imports
    from it what lies in it.
    """
    if tree.is_package(name) or (not _SUPPORT.fullmatch(name) and tree.is_imported(name, text)):
        yield from _package(tree, name, name)


def _package(tree: _Tree, name: str, path: str) -> Iterator[Root]:
    """Yield the package in a folder, or those below, where the folder holds nothing else."""
    if not all(part.isidentifier() for part in name.split(".")):
        return
    if tree.is_package(path) or tree.files_in(path):
        yield Root(name, path, is_package=True)
        return
    for child in sorted(tree.folders_in(path)):
        yield from _package(tree, f"{name}.{child}", f"{path}/{child}")


def _one_of_each_name(tree: _Tree, packages: Iterable[Root]) -> tuple[Root, ...]:
    """Return the packages without those that another one of the same name hides."""
    by_name: dict[str, Root] = {}
    for root in sorted(packages, key=lambda item: not tree.is_package(item.path)):
        by_name.setdefault(root.name, root)
    return tuple(by_name[name] for name in sorted(by_name))


def _source_paths(tree: _Tree, packages: Sequence[Root]) -> Iterator[str]:
    """Yield the folders and files, as high up as possible, that hold no root package."""
    taken = {root.path for root in packages}
    stack = [*tree.entries("")]
    while stack:
        path = stack.pop()
        if path in taken:
            continue
        if _holds(path, taken):
            stack += (f"{path}/{name}" for name in tree.entries(path))
        else:
            yield path


def _holds(folder: str, paths: Iterable[str]) -> bool:
    """Return whether one of the paths is the folder or lies in it."""
    return any(path == folder or path.startswith(f"{folder}/") for path in paths)


def _dotted(path: str) -> str:
    stem = path.rpartition(".")[0] if path.endswith(SUFFIXES) else path
    return stem.replace("/", ".")


class _Tree:
    """The folders and files that hold Python."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files: dict[str, set[str]] = {}
        self._folders: dict[str, set[str]] = {}
        self._all = tuple(files)
        for path in self._all:
            folder, _, name = path.rpartition("/")
            self._files.setdefault(folder, set()).add(name)
            while folder:
                folder, _, name = folder.rpartition("/")
                self._folders.setdefault(folder, set()).add(name)

    def folders_in(self, folder: str) -> set[str]:
        """Return the names of the folders in a folder; the top is ``."""
        return self._folders.get(folder, set())

    def files_in(self, folder: str) -> set[str]:
        """Return the names of the files in a folder."""
        return self._files.get(folder, set())

    def entries(self, folder: str) -> set[str]:
        """Return both."""
        return self.folders_in(folder) | self.files_in(folder)

    def is_package(self, folder: str) -> bool:
        """Return whether there is an `__init__.py`."""
        return not self.files_in(folder).isdisjoint(_PACKAGE_FILES[:1])

    def is_imported(self, name: str, text: Text) -> bool:
        """Return whether some file imports from a folder at the top what lies in it."""
        if not name.isidentifier():
            return False
        pattern = re.compile(
            rf"^[ \t]*(?:from[ \t]+{name}[ \t]+import[ \t(]+(\w+)"
            rf"|(?:from|import)[ \t]+{name}\.(\w+))",
            re.MULTILINE,
        )
        inside = {entry.partition(".")[0] for entry in self.entries(name)}
        return any(
            (found[1] or found[2]) in inside
            for path in self._all
            for found in pattern.finditer(text(path))
        )

    def is_in_graph(self, path: str, root: Root) -> bool:
        """Return whether grimp, which builds lint-imports' graph, reads a file of a root package.

        It passes over names that cannot be imported, and in a package over folders without an
        `__init__.py`.
        """
        folder, _, name = path.rpartition("/")
        if not path.startswith(f"{root.path}/") or not name.removesuffix(".py").isidentifier():
            return False
        inside = folder[len(root.path) + 1 :]
        folders = [root.path]
        for part in inside.split("/") if inside else ():
            if not part.isidentifier():
                return False
            folders.append(f"{folders[-1]}/{part}")
        packages = [self.is_package(folder) for folder in folders]
        return packages == sorted(packages)

    def top_of(self, path: str, broken: Collection[str]) -> str:
        """Return the topmost folder around a path in which everything is broken, or the path."""
        folder = path.rpartition("/")[0]
        inside = [f"{folder}/{name}" for name in self.entries(folder)]
        is_all_broken = all(self._is_broken(item, broken) for item in inside)
        return self.top_of(folder, broken) if folder and inside and is_all_broken else path

    def _is_broken(self, path: str, broken: Collection[str]) -> bool:
        """Return whether a path is broken, or everything in it is."""
        inside = self.entries(path)
        return path in broken or (
            bool(inside) and all(self._is_broken(f"{path}/{name}", broken) for name in inside)
        )
