"""Files ↔ modules: which module a file is, and which file a module would be.

Pure: a tree knows its roots, not the disk. Paths are relative to the project root, with
forward slashes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from linter_ext.names import is_under, join

PACKAGE_FILE = "__init__"
SUFFIXES = (".py", ".pyi")


@dataclass(frozen=True, slots=True)
class Root:
    """A folder or file where module names begin.

    Attributes:
        name:       the module name of the folder or file: `app`, `tests`, `ns.app`; empty for
                    the project root itself.
        path:       where it is: `src/app`, `tests`, `six.py`; `.` for the project root.
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

    def holds(self, path: str) -> bool:
        """Return whether the file is the root, or lies below it."""
        return self.path == "." or path == self.path or path.startswith(f"{self.path}/")


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


@dataclass(frozen=True, slots=True)
class SourceTree:
    """The roots of a project: root packages first, then source paths."""

    roots: tuple[Root, ...]

    def module_of(self, path: str) -> ModuleName | None:
        """Return the module that the file is, or None if it lies under no root."""
        if not path.endswith(SUFFIXES):
            return None
        for root in self.roots:
            if root.holds(path):
                return _module_name(path, root)
        return None

    def root_of(self, module: str) -> Root | None:
        """Return the root that a module of this name would lie under, first-party or not at all."""
        under = [root for root in self.roots if root.name and is_under(module, root.name)]
        return max(under, key=lambda root: len(root.name), default=None)

    def is_first_party(self, module: str) -> bool:
        """Return whether the name belongs to this project."""
        return self.root_of(module) is not None

    def candidates(self, module: str) -> Iterator[str]:
        """Yield the files that the module could be, in the order the import system prefers."""
        root = self.root_of(module)
        if root is None:
            return
        below = module[len(root.name) + 1 :].replace(".", "/")
        if root.is_file:
            if not below:
                yield root.path
            return
        base = "/".join(part for part in (root.path, below) if part)
        for suffix in SUFFIXES:
            yield f"{base}/{PACKAGE_FILE}{suffix}"
            yield f"{base}{suffix}"


def _module_name(path: str, root: Root) -> ModuleName:
    stem = path.rpartition(".")[0]
    if root.is_file:
        return ModuleName(root.name, is_package=False, root=root)
    below = stem if root.path == "." else stem[len(root.path) + 1 :]
    folder, _, file = below.rpartition("/")
    is_package = file == PACKAGE_FILE
    parts = folder if is_package else below
    return ModuleName(join(root.name, parts.replace("/", ".")), is_package=is_package, root=root)
