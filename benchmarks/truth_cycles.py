"""By which modules a cycle of imports can be entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.truth_statements import Where
from benchmarks.truth_tree import Tree

_LATER = Where.LAZY | Where.TYPING | Where.DEAD | Where.DELIBERATE
_MOST = 40


def entries_of(tree: Tree, cycle: Sequence[str]) -> list[str]:
    """Return the modules of a cycle, then those of all cycles that share modules with it.

    They are no more than can be tried in reasonable time.
    """
    if not cycle:
        return []
    imported = {module: set(_imported(tree, module)) for module in tree.modules}
    importers: dict[str, set[str]] = {}
    for module, found in imported.items():
        for item in found:
            importers.setdefault(item, set()).add(module)
    around = _reached(cycle[0], imported) & _reached(cycle[0], importers)
    return list(dict.fromkeys([*cycle, *sorted(around)]))[:_MOST]


def _imported(tree: Tree, module: str) -> Iterator[str]:
    """Yield the modules that run when a module is imported, its packages among them."""
    path = tree.modules[module]
    package = tree.name_of(path).package
    for statement in tree.statements[path]:
        if not statement.where & _LATER:
            asked = statement.absolute(package)
            for name in (asked, f"{asked}.{statement.name}"):
                parts = name.split(".")
                for length in range(1, len(parts) + 1):
                    parent = ".".join(parts[:length])
                    if parent in tree.modules and parent != module:
                        yield parent


def _reached(start: str, links: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        for module in links.get(waiting.pop(), ()):
            if module not in reached:
                reached.add(module)
                waiting.append(module)
    return reached
