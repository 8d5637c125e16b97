"""The moves made: files in their new places, shims of several kinds in the old ones."""

from __future__ import annotations

import ast
import json
import os
import random
import subprocess
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fix.code import Checkout, parsed
from benchmarks.fix.moves import Move, write_moves
from benchmarks.fix.names import Definition, cut, future_of, renamed, without
from benchmarks.fix.plan import (
    IN_PLACE,
    MODULES,
    NAMES,
    Survey,
    draw_cuts,
    draw_modules,
    draw_renames,
    module_move,
    name_move,
    name_rename,
)

_Draw = Callable[[Survey, random.Random, Sequence[str]], list[Definition]]
_Name = Callable[[Definition, int], Move]
_RECORD = "contracts/shims.json"
_AT_ONCE = 10
_IMPORT = """
import importlib, sys
for name in sys.stdin.read().split():
    try:
        importlib.import_module(name)
    except BaseException:
        print("!" + name)
"""


@dataclass(frozen=True, slots=True)
class Shim:
    """What stands at an old path.

    Attributes:
        old:  the path.
        path: the file.
        kind: `module`, or `name` where the file is more than a shim.
        line: the line of a name's shim.
    """

    old: str
    path: str
    kind: str
    line: str = ""


def make_moves(checkout: Checkout, python: Path, seed: int) -> tuple[list[Move], list[Shim]]:
    """Move modules and names of a checkout, and leave shims.

    A move after which some module cannot be imported any more is taken back.
    """
    survey = Survey(checkout)
    chance = random.Random(f"{checkout.project.name} {seed}")
    attempts = _Attempts(checkout, python)
    moves: list[Move] = []
    shims: list[Shim] = []
    for old in draw_modules(survey, chance):
        if len(moves) == MODULES:
            break
        move = module_move(old, len(moves))
        shim = _move_module(survey, move, len(moves))
        if attempts.succeeded([move.new]):
            moves.append(move)
            shims.append(shim)
    gone = {move.old for move in moves}
    # What fails together may succeed alone.
    stages: tuple[tuple[int, _Draw, _Name, int], ...] = (
        (NAMES - IN_PLACE, draw_cuts, name_move, _AT_ONCE),
        (NAMES, draw_renames, name_rename, _AT_ONCE),
        *[(NAMES, draw_renames, name_rename, 1)] * 3,
    )
    names = 0
    for wanted, draw, named, most in stages:
        if names >= wanted:
            continue
        now = Survey(checkout)
        open_modules = sorted(survey.modules.keys() - gone)
        groups: dict[str, list[Definition]] = defaultdict(list)
        for item in draw(now, chance, open_modules):
            groups[item.module].append(item)
        for index, group in enumerate(groups.values()):
            entries = [(named(item, index), item) for item in group[: min(most, wanted - names)]]
            left = _move_names(now, entries)
            homes = {move.home for move, _ in entries if move.how != "renamed"}
            if entries and attempts.succeeded(sorted(homes)):
                moves += [move for move, _ in entries]
                shims += left
                names += len(entries)
    write_moves(moves, checkout.root)
    record = [[shim.old, shim.path, shim.kind, shim.line] for shim in shims]
    (checkout.root / _RECORD).write_text(json.dumps(record))
    return moves, shims


class _Attempts:
    """Steps that are taken back if a module cannot be imported after them.

    What is new has to be importable as the first module of a process, too: an import of it may
    come before all others.
    """

    def __init__(self, checkout: Checkout, python: Path) -> None:
        self._checkout = checkout
        self._python = python
        self._files = self._read()
        self._failing = self._failures()

    def succeeded(self, new: Sequence[str]) -> bool:
        """Return whether all is importable that was; take back what was done if not.

        Args:
            new: modules that were not there before.
        """
        is_well = self._failures() <= self._failing
        if is_well and not any(self._failing_of([name]) for name in new):
            self._files = self._read()
            return True
        for path in self._read().keys() - self._files.keys():
            path.unlink()
        for path, data in self._files.items():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        return False

    def _read(self) -> dict[Path, bytes]:
        root = self._checkout.base
        return {
            path: path.read_bytes()
            for name in self._checkout.project.packages
            for path in (root / name).rglob("*.py*")
            if path.suffix in {".py", ".pyi"}
        }

    def _failures(self) -> set[str]:
        inside = self._checkout.project.inside | {"__main__"}
        names = [
            module.name
            for module in self._checkout.modules()
            if module.is_ours and not inside & set(module.name.split("."))
        ]
        return self._failing_of(names)

    def _failing_of(self, names: Sequence[str]) -> set[str]:
        """Return which modules cannot be imported, one after the other."""
        done = subprocess.run(
            [str(self._python), "-W", "ignore", "-c", _IMPORT],
            cwd=self._checkout.root,
            env={**os.environ, "PYTHONPATH": str(self._checkout.base)},
            input="\n".join(names),
            capture_output=True,
            text=True,
            check=False,
        )
        return {line[1:] for line in done.stdout.splitlines() if line.startswith("!")} | (
            set() if done.returncode == 0 else {"the end"}
        )


def read_shims(root: Path) -> list[Shim]:
    """Return the shims that `make_moves` left."""
    return [Shim(*entry) for entry in json.loads((root / _RECORD).read_text())]


def _move_module(survey: Survey, move: Move, index: int) -> Shim:
    checkout = survey.checkout
    old, new = survey.modules[move.old].path, checkout.file_of(move.new)
    _make_packages(checkout, new)
    (checkout.root / old).rename(checkout.root / new)
    stub = (checkout.root / old).with_suffix(".pyi")
    if stub.exists():
        stub.rename((checkout.root / new).with_suffix(".pyi"))
    project = checkout.project
    needs_alias = survey.is_patched(move.old) or move.old in project.aliases
    kinds = (_alias_shim, _star_shim, _explicit_shim, _warning_shim)
    make = _alias_shim if needs_alias else kinds[index % len(kinds)]
    checkout.write(old, make(move, sorted(_names_of(survey, move.old))))
    return Shim(move.old, old, "module")


def _make_packages(checkout: Checkout, path: str) -> None:
    folder = (checkout.root / path).parent
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("")


def _names_of(survey: Survey, module: str) -> set[str]:
    """Return what a shim passes on: what the module defines, and what is taken from it."""
    tree, found, gone = parsed(survey.texts[module]), set(), set()
    stack: list[ast.AST] = list(tree.body) if tree else []
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
            gone.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            locals_ = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
            found |= {name for name in locals_ if survey.asked[f"{module}.{name}"]}
        elif not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.GeneratorExp):
            is_guarded = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            stack += [] if is_guarded else list(ast.iter_child_nodes(node))
    kept = {name for name in found if name == "__all__" or not name.startswith("__")}
    return kept - gone - {"*"}


def _alias_shim(move: Move, _: Sequence[str]) -> str:
    package, _, stem = move.new.rpartition(".")
    return f"import sys\n\nfrom {package} import {stem}\n\nsys.modules[__name__] = {stem}\n"


def _star_shim(move: Move, names: Sequence[str]) -> str:
    rest = [name for name in names if name.startswith("_") or "__all__" in names]
    lines = f"from {move.new} import *  # noqa: F403\n"
    return lines + (f"from {move.new} import {', '.join(rest)}  # noqa: F401\n" if rest else "")


def _explicit_shim(move: Move, names: Sequence[str]) -> str:
    taken = "".join(f"    {name},\n" for name in names)
    return f"from {move.new} import (  # noqa: F401\n{taken})\n" if names else ""


def _warning_shim(move: Move, names: Sequence[str]) -> str:
    warning = f"moved module '{move.old}'; use '{move.new}'"
    return (
        "import warnings\n\n"
        f"{_explicit_shim(move, names)}\n"
        f'warnings.warn("{warning}", DeprecationWarning, stacklevel=2)\n'
    )


def _move_names(survey: Survey, names: Sequence[tuple[Move, Definition]]) -> list[Shim]:
    checkout = survey.checkout
    by_module: dict[str, list[tuple[Move, Definition]]] = defaultdict(list)
    homes: dict[str, list[tuple[Move, Definition]]] = defaultdict(list)
    for move, item in names:
        by_module[item.module].append((move, item))
        if move.how != "renamed":
            homes[move.home].append((move, item))
    for home, entries in homes.items():
        path = checkout.file_of(home)
        _make_packages(checkout, path)
        checkout.write(path, _home(survey, entries))
    shims: list[Shim] = []
    for module, entries in by_module.items():
        path, text = survey.modules[module].path, survey.texts[module]
        if entries[0][0].how == "renamed":
            lines = {item.name: f"{item.name} = {_last(move.new)}\n" for move, item in entries}
            changes = {item.name: _last(move.new) for move, item in entries}
            checkout.write(path, renamed(text, changes, lines))
        else:
            lines = {item.name: _name_shim(move, item) for move, item in entries}
            definitions = [item for _, item in entries]
            checkout.write(path, without(text, definitions, "".join(lines.values())))
        shims += [
            Shim(move.old, path, "name", lines[item.name])
            for move, item in entries
            if not item.is_used
        ]
    return shims


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _name_shim(move: Move, definition: Definition) -> str:
    name = _last(move.new)
    alias = "" if name == definition.name else f" as {definition.name}"
    return f"from {move.home} import {name}{alias}  # noqa: F401\n"


def _home(survey: Survey, entries: Sequence[tuple[Move, Definition]]) -> str:
    text = survey.texts[entries[0][1].module]
    imports = sorted({line for _, item in entries for line in item.imports})
    guarded = sorted({line for _, item in entries for line in item.guarded} - set(imports))
    head = future_of(text) + "".join(f"{line}\n" for line in imports)
    if guarded:
        block = "".join(f"    {line}\n" for line in guarded)
        head += f"from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n{block}"
    bodies = [
        renamed(cut(survey.texts[item.module], item), {item.name: _last(move.new)}, {})
        for move, item in entries
    ]
    return head + "".join(f"\n\n{body}" for body in bodies)
