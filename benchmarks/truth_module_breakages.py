"""Breakages of modules and packages: renamed, moved, turned into each other, dropped, in cycles."""

from __future__ import annotations

from random import Random

from benchmarks import truth_edits
from benchmarks.truth_ground import INIT, Breakage, Ground


def rename_module(ground: Ground, lot: Random) -> Breakage | None:
    """Rename a module, or a whole package; its importers are left."""
    name = lot.choice(list(ground.modules))
    path = ground.modules[name]
    ending = lot.choice(("_impl", "s", "2"))
    if not path.endswith(f"/{INIT}"):
        new = f"{path.removesuffix('.py')}{ending}.py"
        if new in ground.tree.texts:
            return None
        return Breakage(f"{path} → {new}", {path: None, new: ground.text(name)}, {path: new})
    folder = path.removesuffix(f"/{INIT}")
    if folder in ground.tree.layout.tops:
        return None
    moved = _below(ground, folder, f"{folder}{ending}")
    edits: dict[str, str | None] = dict.fromkeys(moved)
    edits.update({new: ground.tree.texts[old] for old, new in moved.items()})
    return Breakage(f"{folder} → {folder}{ending}", edits, moved)


def move_module(ground: Ground, lot: Random) -> Breakage | None:
    """Move a module to another package, its own relative imports adapted."""
    if not ground.files or not ground.packages:
        return None
    name, package = lot.choice(ground.files), lot.choice(ground.packages)
    path = ground.modules[name]
    folder = ground.modules[package].removesuffix(f"/{INIT}")
    new = f"{folder}/{path.rpartition('/')[2]}"
    is_taken = new in ground.tree.texts or f"{new.removesuffix('.py')}/{INIT}" in ground.tree.texts
    if is_taken:
        return None
    home = ground.tree.name_of(path).package

    def absolute(level: int, module: str) -> tuple[int, str] | None:
        if not level:
            return None
        parts = home.split(".")
        kept = parts[: len(parts) - level + 1]
        return 0, ".".join([*kept, module] if module else kept)

    text = truth_edits.with_imports(ground.text(name), absolute)
    return Breakage(f"{path} → {new}", {path: None, new: text}, {path: new})


def module_to_package(ground: Ground, lot: Random) -> Breakage | None:
    """Turn `m.py` into `m/__init__.py`, which breaks nothing if done well."""
    if not ground.files:
        return None
    name = lot.choice(ground.files)
    path = ground.modules[name]
    new = f"{path.removesuffix('.py')}/{INIT}"
    if any(known.startswith(new.removesuffix(INIT)) for known in ground.tree.texts):
        return None
    is_careless = lot.random() < 0.3  # noqa: PLR2004 (three in ten forget the dots)

    def deeper(level: int, module: str) -> tuple[int, str] | None:
        return (level + 1, module) if level and not is_careless else None

    text = truth_edits.with_imports(ground.text(name), deeper)
    return Breakage(f"{path} → {new}", {path: None, new: text}, {path: new})


def package_to_module(ground: Ground, lot: Random) -> Breakage | None:
    """Turn `p/__init__.py` into `p.py`; its submodules go."""
    if not ground.packages:
        return None
    name = lot.choice(ground.packages)
    path = ground.modules[name]
    folder = path.removesuffix(f"/{INIT}")
    if folder in ground.tree.layout.tops:
        return None
    short = name.rpartition(".")[2]

    def shallower(level: int, module: str) -> tuple[int, str] | None:
        if level == 1:
            return 1, f"{short}.{module}" if module else short
        return (level - 1, module) if level else None

    edits: dict[str, str | None] = dict.fromkeys(_below(ground, folder, folder))
    edits[f"{folder}.py"] = truth_edits.with_imports(ground.text(name), shallower)
    return Breakage(f"{path} → {folder}.py", edits, {path: f"{folder}.py"})


def drop_init(ground: Ground, lot: Random) -> Breakage | None:
    """Drop an `__init__.py`, which leaves a namespace folder."""
    if not ground.packages:
        return None
    path = ground.modules[lot.choice(ground.packages)]
    return Breakage(path, {path: None})


def introduce_cycle(ground: Ground, lot: Random) -> Breakage | None:
    """Let a module import from one that imports from it."""
    known = {name for name, path in ground.modules.items() if ground.tree.is_packaged(path)}
    upper = lot.choice(sorted(known))
    package = ground.tree.name_of(ground.modules[upper]).package
    asked = {
        statement.absolute(package)
        for statement in ground.tree.statements[ground.modules[upper]]
        if not statement.where and statement.name not in (None, "*")
    }
    lower = sorted((asked & known) - {upper})
    defined = truth_edits.definitions(ground.parsed(upper).body)
    names = sorted(name for name in defined if not name.startswith("__"))
    if not lower or not names:
        return None
    chosen, name = lot.choice(lower), lot.choice(names)
    line, text = f"from {upper} import {name}", ground.text(chosen)
    at_top = lot.random() < 0.7  # noqa: PLR2004 (three in ten at the bottom, which may do no harm)
    new = truth_edits.with_line_at_top(text, line) if at_top else f"{text}\n{line}\n"
    path = ground.modules[chosen]
    where = "top" if at_top else "bottom"
    return Breakage(f"{path}: {line} ({where})", {path: new}, cycle=(chosen, upper))


def _below(ground: Ground, folder: str, new: str) -> dict[str, str]:
    """Return the files below a folder, each with its path below a new one."""
    return {
        path: f"{new}{path[len(folder) :]}"
        for path in ground.tree.texts
        if path.startswith(f"{folder}/")
    }
