"""Shims that nothing needs any more are deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmarks.fix.code import Checkout
from benchmarks.fix.moves import Map
from benchmarks.fix.projects import Project
from benchmarks.fix.shims import Shim
from benchmarks.fix.sites import read_sites


def delete_unused(checkout: Checkout, moves: Map, shims: Sequence[Shim]) -> tuple[int, int]:
    """Delete what no import, use or string leads to; return how many went, and how many stay."""
    wanted = _wanted(checkout, moves, shims)
    gone = 0
    for shim in shims:
        if shim.old in wanted or _is_looked_up(checkout.project, shim):
            continue
        if not (checkout.root / shim.path).exists():
            continue
        if shim.kind == "module":
            (checkout.root / shim.path).unlink()
            gone += 1
            continue
        text = checkout.read(shim.path)
        if shim.line in text:
            checkout.write(shim.path, text.replace(shim.line, "", 1))
            gone += 1
    return gone, len(shims) - gone


def _is_looked_up(project: Project, shim: Shim) -> bool:
    module, _, name = shim.old.rpartition(".")
    if shim.kind == "module":
        return module in project.by_name
    return name in project.got_from and module.rpartition(".")[0] in project.by_name


def _wanted(checkout: Checkout, moves: Map, shims: Sequence[Shim]) -> set[str]:
    own = {shim.path for shim in shims if shim.kind == "module"}
    wanted: set[str] = set()
    quoted = re.compile("|".join(rf"{re.escape(shim.old)}(?!\w)" for shim in shims))
    for module in checkout.modules():
        if module.path in own:
            continue
        text = checkout.read(module.path)
        sites = read_sites(text, module)
        if sites is None:
            wanted |= set(quoted.findall(text))
            continue
        paths = {item.path for item in sites.imports} | {use.path for use in sites.uses}
        paths |= {found.path for found in sites.texts} | sites.mentions
        wanted |= {old for path in paths if (old := moves.old_in(path)) is not None}
    return wanted
