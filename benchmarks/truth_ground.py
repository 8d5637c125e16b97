"""What breakages are drawn from, and what one is."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.truth_references import Kind, references_of
from benchmarks.truth_tree import Edits, Tree

INIT = "__init__.py"


@dataclass(frozen=True, slots=True)
class Breakage:
    """One breakage.

    Attributes:
        place:   what it does, and where.
        edits:   the files that change.
        moved:   old path → new path.
        cycle:   the modules of the cycle it makes.
        kind:    the name of its kind.
    """

    place: str
    edits: Edits
    moved: Mapping[str, str] = field(default_factory=dict)
    cycle: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Ground:
    """What breakages are drawn from.

    Attributes:
        tree:     the unbroken tree.
        modules:  module → path, of what other files import and what is no test.
        taken:    module → the names that other files take from it.
        patched:  the targets that are patched by string.
    """

    tree: Tree
    modules: Mapping[str, str]
    taken: Mapping[str, frozenset[str]]
    patched: frozenset[str]

    def parsed(self, module: str) -> ast.Module:
        """Return the syntax tree of one of the modules."""
        return self.tree.parsed[self.modules[module]]

    def text(self, module: str) -> str:
        """Return the text of one of the modules."""
        return self.tree.texts[self.modules[module]]

    @property
    def packages(self) -> list[str]:
        """The modules that are packages."""
        return [name for name, path in self.modules.items() if path.endswith(f"/{INIT}")]

    @property
    def files(self) -> list[str]:
        """The modules that are no packages."""
        return [name for name, path in self.modules.items() if not path.endswith(f"/{INIT}")]


def survey(tree: Tree) -> Ground:
    """Find out where a tree can be broken."""
    taken: dict[str, set[str]] = {}
    patched: set[str] = set()
    for path, module in tree.parsed.items():
        package = tree.name_of(path).package
        for statement in tree.statements[path]:
            found = statement.absolute(package)
            names = taken.setdefault(found, set())
            if statement.name is not None:
                names.add(statement.name)
                taken.setdefault(f"{found}.{statement.name}", set())
        references = references_of(module)
        patched |= {item.target for item in references if item.kind is Kind.ATTRIBUTE}
    modules = {
        name: path
        for name, path in sorted(tree.modules.items())
        if name in taken and not is_test(path)
    }
    return Ground(
        tree,
        modules,
        {name: frozenset(taken[name]) for name in modules},
        frozenset(patched),
    )


def is_test(path: str) -> bool:
    """Return whether pytest looks for tests, or fixtures, in a file."""
    return is_test_file(path) or path.rpartition("/")[2].startswith("conftest")


def is_test_file(path: str) -> bool:
    """Return whether pytest looks for tests in a file."""
    return path.rpartition("/")[2].startswith("test_") or path.endswith("_test.py")
