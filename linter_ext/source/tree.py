"""Files ↔ modules: which module a file is, and which file a module would be.

Pure: a tree knows its roots, not the disk. Paths are relative to the project root, with
forward slashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linter_ext.names import join, prefixes

PACKAGE_FILE = "__init__"
STUB_SUFFIX = ".pyi"
SUFFIXES = (".py", STUB_SUFFIX)


@dataclass(frozen=True, slots=True)
class Root:
    """A folder or file where module names begin.

    Attributes:
        name:       the module name of the folder or file: `app`, `tests`, `ns.app`.
        path:       where it is: `src/app`, `tests`, `six.py`.
        is_package: whether it is a root package (otherwise a source path, a folder of code
                    outside every package).
    """

    name: str
    path: str
    is_package: bool

    @property
    def is_file(self) -> bool:
        """Return whether the root is a single-file module or script."""
        return self.path.endswith(SUFFIXES)


@dataclass(frozen=True, slots=True)
class ModuleName:
    """A file's place among the modules.

    Attributes:
        name:       the module's absolute name.
        is_package: whether the file is an `__init__`.
        root:       the root it was found under.
    """

    name: str
    is_package: bool
    root: Root

    @property
    def package(self) -> str:
        """The package that relative imports start from (language reference, 5.4.6)."""
        return self.name if self.is_package else self.name.rpartition(".")[0]


class SourceTree:
    """The roots of a project: root packages first, then source paths."""

    def __init__(self, roots: Iterable[Root]) -> None:
        self.roots = tuple(roots)
        self._by_name = {root.name: root for root in reversed(self.roots)}
        self._by_path = {root.path: root for root in self.roots}
        self.names = frozenset(root.name.partition(".")[0] for root in self.roots)
        self._roots_of: dict[str, Root | None] = {}
        self._modules: dict[str, ModuleName | None] = {}

    def module_of(self, path: str) -> ModuleName | None:
        """Return the module that the file is, or None if it lies under no root.

        Where roots lie inside each other, a root package has its files before a source path,
        and a deeper root before the one around it.
        """
        if path not in self._modules:
            self._modules[path] = self._find_module(path)
        return self._modules[path]

    def _find_module(self, path: str) -> ModuleName | None:
        if not path.endswith(SUFFIXES):
            return None
        holding = [root for place in _places(path) if (root := self._by_path.get(place))]
        packages = [root for root in holding if root.is_package]
        chosen = (packages or holding)[:1]
        return _module_name(path, chosen[0]) if chosen else None

    def root_of(self, module: str) -> Root | None:
        """Return the root that a module of this name would lie under, first-party or not at all."""
        if module not in self._roots_of:
            found = (self._by_name.get(prefix) for prefix in prefixes(module))
            self._roots_of[module] = next((root for root in found if root is not None), None)
        return self._roots_of[module]

    def is_first_party(self, module: str) -> bool:
        """Return whether the name belongs to this project."""
        return self.root_of(module) is not None

    def candidates(self, module: str) -> tuple[str, ...]:
        """Return the files that the module could be, in the order the import system prefers."""
        root = self.root_of(module)
        if root is None:
            return ()
        below = module[len(root.name) :].replace(".", "/")
        if root.is_file:
            return () if below else (root.path,)
        base = root.path + below
        return tuple(
            f"{base}{ending}{suffix}" for suffix in SUFFIXES for ending in (f"/{PACKAGE_FILE}", "")
        )


def _places(path: str) -> Iterator[str]:
    """Yield the path, then each folder around it, inside out."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _module_name(path: str, root: Root) -> ModuleName:
    stem = path.rpartition(".")[0]
    if root.is_file:
        return ModuleName(root.name, is_package=False, root=root)
    below = stem[len(root.path) + 1 :]
    folder, _, file = below.rpartition("/")
    is_package = file == PACKAGE_FILE
    parts = folder if is_package else below
    return ModuleName(join(root.name, parts.replace("/", ".")), is_package=is_package, root=root)
