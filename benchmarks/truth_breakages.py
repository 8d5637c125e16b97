"""The kinds of breakages, and how they are drawn by lot."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from benchmarks import truth_module_breakages as modules
from benchmarks import truth_name_breakages as names
from benchmarks.truth_ground import Breakage, Ground
from benchmarks.truth_tree import Edits, Tree

KINDS: Mapping[str, Callable[[Ground, Random], Breakage | None]] = {
    "rename a module": modules.rename_module,
    "delete a name": names.delete_name,
    "delete a patched attribute": names.break_patched_attribute,
    "move a module": modules.move_module,
    "break a re-export": names.break_re_export,
    "rename a name": names.rename_name,
    "delete a patched name": names.delete_patched_name,
    "package to module": modules.package_to_module,
    "drop an __init__": modules.drop_init,
    "introduce a cycle": modules.introduce_cycle,
    "module to package": modules.module_to_package,
}
_TRIES = 30


def draw(ground: Ground, seed: str, number: int) -> Breakage | None:
    """Return a breakage, of the kind whose turn it is or another that applies.

    Args:
        ground: what to draw from.
        seed:   makes the draws repeatable.
        number: which draw this is; the kinds take turns.
    """
    lot = Random(f"{seed}:{number}")
    turn = list(KINDS)[number % len(KINDS)]
    others = [kind for kind in KINDS if kind != turn]
    lot.shuffle(others)
    for kind in (turn, *others):
        for _ in range(_TRIES):
            found = KINDS[kind](ground, lot)
            if found is not None and _is_sound(ground.tree, found.edits):
                return replace(found, kind=kind)
    return None


def _is_sound(tree: Tree, edits: Edits) -> bool:
    """Return whether edits leave valid Python, and change something."""
    for text in edits.values():
        try:
            ast.parse(text or "")
        except SyntaxError:
            return False
    return any(tree.texts.get(path) != text for path, text in edits.items())
