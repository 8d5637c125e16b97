"""The code of a checkout: its files, their module names, their syntax."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fix.projects import Project

_DOTS = re.compile(r"from[ \t]*\.[. \t]*(?:(?!import\b)[\w.]+)?")
_LEFT_OUT = {"docs", "doc", "examples", "build", ".git"}


@dataclass(frozen=True, slots=True)
class Module:
    """A file of Python.

    Attributes:
        path:       its path from the root of the checkout.
        name:       the dotted name it is imported by.
        is_package: whether it is an `__init__.py`.
        is_ours:    whether it lies in one of the root packages.
    """

    path: str
    name: str
    is_package: bool
    is_ours: bool

    @property
    def package(self) -> str:
        """Return the package that relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]


class Checkout:
    """A checkout of a project."""

    def __init__(self, project: Project, root: Path) -> None:
        self.project = project
        self.root = root
        self.base = root / project.base

    def modules(self) -> list[Module]:
        """Return all files of Python, in order of their paths."""
        folders = [self.base / name for name in self.project.packages]
        folders += [self.root / name for name in self.project.outside]
        paths = sorted({path for folder in folders for path in folder.rglob("*.py")})
        return [self._module(path) for path in paths if not _LEFT_OUT & set(path.parent.parts)]

    def read(self, path: str) -> str:
        """Return the text of a file, line ends as they are."""
        data = (self.root / path).read_bytes()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)

    def write(self, path: str, text: str) -> None:
        """Write a file of Python, in the encoding that its text names."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        encoding, _ = tokenize.detect_encoding(io.BytesIO(text.encode()).readline)
        place.write_bytes(text.encode("utf-8" if encoding == "utf-8-sig" else encoding))

    def file_of(self, name: str) -> str:
        """Return the path of the file that a module of ours is to have."""
        return (self.base / (name.replace(".", "/") + ".py")).relative_to(self.root).as_posix()

    def _module(self, path: Path) -> Module:
        start = self.base
        is_ours = path.relative_to(self.root).is_relative_to(self.project.base) and any(
            path.is_relative_to(self.base / name) for name in self.project.packages
        )
        if not is_ours:
            start = path.parent
            while (start / "__init__.py").exists():
                start = start.parent
        parts = list(path.relative_to(start).with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        if is_package:
            parts.pop()
        return Module(
            path=path.relative_to(self.root).as_posix(),
            name=".".join(parts),
            is_package=is_package,
            is_ours=is_ours,
        )


def parsed(text: str) -> ast.Module | None:
    """Return the syntax of a text; None if it is no Python."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return None


def asked_module(node: ast.ImportFrom, package: str) -> str:
    """Return the absolute name of the module that a statement takes names from."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    kept = parts[: len(parts) - node.level + 1]
    return ".".join([*kept, *([node.module] if node.module else [])])


def made_absolute(text: str, package: str) -> str:
    """Return the text with its relative imports made absolute, nothing else changed."""
    tree = parsed(text)
    if tree is None:
        return text
    lines = text.splitlines(keepends=True)
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    for node in sorted(nodes, key=lambda node: (-node.lineno, -node.col_offset)):
        line = lines[node.lineno - 1].encode()
        head, tail = line[: node.col_offset].decode(), line[node.col_offset :].decode()
        found = _DOTS.match(tail)
        if found is not None:
            after = tail[found.end() :]
            space = "" if after[:1].isspace() else " "
            lines[node.lineno - 1] = f"{head}from {asked_module(node, package)}{space}{after}"
    return "".join(lines)


def comments(text: str) -> Iterator[str]:
    """Return the comments of a text, in order."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
    except (tokenize.TokenError, SyntaxError):
        return
