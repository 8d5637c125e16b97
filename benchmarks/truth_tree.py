"""The Python files of a project under test, and how they are named."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.truth_layout import Layout
from benchmarks.truth_statements import Statement, statements_of

_SKIPPED = frozenset({"__pycache__", "build", "dist", "node_modules"})

Edits = Mapping[str, str | None]
"""Path → its new text, None for a file that goes."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a file is called where it runs.

    Attributes:
        base:   the folder on the import path where its name begins, relative to the project.
        module: the dotted name.
        package: what relative imports start from.
    """

    base: str
    module: str
    package: str


@dataclass(frozen=True)
class Tree:
    """The Python files of a project.

    Attributes:
        layout: where its modules begin.
        texts:  path → text.
    """

    layout: Layout
    texts: Mapping[str, str]

    def edited(self, edits: Edits) -> Tree:
        """Return the tree with edits applied."""
        merged = {**self.texts, **edits}
        return Tree(self.layout, {path: text for path, text in merged.items() if text is not None})

    @cached_property
    def parsed(self) -> Mapping[str, ast.Module]:
        """Path → its syntax tree, for each file that is valid Python."""
        found: dict[str, ast.Module] = {}
        for path, text in self.texts.items():
            module = _parse(text)
            if module is not None:
                found[path] = module
        return found

    @cached_property
    def statements(self) -> Mapping[str, list[Statement]]:
        """Path → its import statements."""
        return {path: statements_of(module) for path, module in self.parsed.items()}

    @cached_property
    def modules(self) -> Mapping[str, str]:
        """Module → path, of every file whose name begins on the import path of the project."""
        found: dict[str, str] = {}
        for path in sorted(self.parsed, key=lambda path: path.endswith("__init__.py")):
            found[self.name_of(path).module] = path
        return found

    @cached_property
    def first_party(self) -> frozenset[str]:
        """The first names of the project's modules."""
        tops = {name.partition(".")[0] for name in self.layout.packages}
        return frozenset(tops | set(self.layout.folders))

    def name_of(self, path: str) -> Name:
        """Return what a file is called where it runs."""
        base = self._base_of(path)
        below = path if base == "." else path[len(base) + 1 :]
        parts = below.removesuffix(".py").split("/")
        if parts[-1] == "__init__":
            parts.pop()
            package = ".".join(parts)
        else:
            package = ".".join(parts[:-1])
        return Name(base, ".".join(parts), package)

    def is_packaged(self, path: str) -> bool:
        """Return whether a file is part of a root package."""
        folders = self.layout.packages.values()
        return any(path.startswith(f"{folder}/") for folder in folders)

    def _base_of(self, path: str) -> str:
        if self.is_packaged(path):
            return self.layout.base
        folder = path.rpartition("/")[0]
        while folder and f"{folder}/__init__.py" in self.texts:
            folder = folder.rpartition("/")[0]
        return folder or "."


def read_tree(project: Path, layout: Layout) -> Tree:
    """Read the Python files of a project."""
    folders = [*layout.packages.values(), *layout.folders]
    texts: dict[str, str] = {}
    for folder in folders:
        for path in sorted((project / folder).rglob("*.py")):
            relative = path.relative_to(project)
            if not _SKIPPED.intersection(relative.parts) and path.is_file():
                text = _text(path.read_bytes())
                if text is not None:
                    texts[relative.as_posix()] = text
    return Tree(layout, texts)


def _text(data: bytes) -> str | None:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return None
    return text.replace("\r\n", "\n").removeprefix("\ufeff")


def _parse(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError):
        return None
