"""Which modules and names move, and where to: drawn with a seed, the same on every run."""

from __future__ import annotations

import ast
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from benchmarks.fix.code import Checkout, Module, parsed
from benchmarks.fix.moves import Move, heads
from benchmarks.fix.names import Definition, movable_definitions, renamable_definitions
from benchmarks.fix.projects import Project
from benchmarks.fix.sites import Sites, read_sites

MODULES = 22
NAMES = 44
IN_PLACE = 12


class Survey:
    """What the files of a checkout hold, as far as the plan needs it."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout
        self.texts: dict[str, str] = {}
        self.sites: dict[str, Sites] = {}
        self.modules: dict[str, Module] = {}
        for module in checkout.modules():
            text = checkout.read(module.path)
            sites = read_sites(text, module)
            if sites is not None:
                self.texts[module.name], self.sites[module.name] = text, sites
                self.modules[module.name] = module
        self.asked = Counter(self._asked())
        self.starred = {
            item.path
            for sites in self.sites.values()
            for item in sites.imports
            if item.local == "*"
        }
        self.patched = {
            text.path for sites in self.sites.values() for text in sites.texts if text.is_reference
        }

    def _asked(self) -> Iterator[str]:
        for name, sites in self.sites.items():
            paths = {item.path for item in sites.imports} | {use.path for use in sites.uses}
            paths |= {text.path for text in sites.texts if text.is_reference}
            for path in paths:
                for head in heads(path):
                    if head != name:
                        yield head

    def is_patched(self, module: str) -> bool:
        """Return whether tests replace something in a module."""
        return any(module in heads(path) for path in self.patched)


def draw_modules(survey: Survey, chance: random.Random) -> list[str]:
    """Return the modules that may move, those to be tried first in front."""
    project = survey.checkout.project
    named = {name for sites in survey.sites.values() for name in sites.defined}
    found = [
        name
        for name, module in sorted(survey.modules.items())
        if not _stays(project, module)
        and survey.asked[name] >= 1
        and name.rpartition(".")[2] not in named
        and not _reads_its_place(survey.texts[name])
    ]
    chance.shuffle(found)
    # Half of the places are for the modules that are asked for most.
    often = sorted(found, key=lambda name: -survey.asked[name])[: MODULES // 2]
    surely = [name for name in project.surely if name in found]
    return list(dict.fromkeys([*surely, *often, *found]))


def module_move(old: str, index: int) -> Move:
    """Return where a module goes, if it is the index-th one to go."""
    how = ("renamed", "moved up", "moved down", "moved aside")[index % 4]
    return Move(old, _place(old, how), "module", how)


def _stays(project: Project, module: Module) -> bool:
    parts = module.name.split(".")
    return (
        not module.is_ours
        or module.is_package
        or parts[-1].startswith("__")
        or bool(project.inside & set(parts))
        or any(head in project.stay for head in heads(module.name))
    )


def _place(old: str, how: str) -> str:
    package, _, stem = old.rpartition(".")
    above, _, last = package.rpartition(".")
    bare = stem.lstrip("_")
    if how == "moved up" and above:
        return f"{above}.{last}_{bare}"
    if how == "moved down":
        return f"{package}.parts.{stem}"
    if how == "moved aside":
        return f"{old.partition('.')[0]}.toolbox.{bare}_tools"
    return f"{package}.{stem}_impl"


def _reads_its_place(text: str) -> bool:
    tree = parsed(text)
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} if tree else set()
    return bool({"__file__", "__path__", "__package__"} & found)


def draw_cuts(survey: Survey, chance: random.Random, modules: Sequence[str]) -> list[Definition]:
    """Return the names that may be cut out of some modules."""
    return _drawn(survey, chance, modules, movable_definitions)


def draw_renames(survey: Survey, chance: random.Random, modules: Sequence[str]) -> list[Definition]:
    """Return the names that may be renamed where they are."""
    found = _drawn(survey, chance, modules, renamable_definitions)
    # A patch of the alias would not reach the definition's own module.
    return [item for item in found if item.path not in survey.patched]


def name_move(item: Definition, index: int) -> Move:
    """Return where a name goes that is cut out of the index-th module."""
    root, _, below = item.module.partition(".")
    home = f"{root}.shared_{below.replace('.', '_') or 'names'}"
    if below and index % 2:
        home = f"{item.module}_extras"
    is_renamed = len(item.name) % 3 == 0
    name, how = (_other_name(item.name), "both") if is_renamed else (item.name, "moved")
    return Move(item.path, f"{home}.{name}", "name", how)


def name_rename(item: Definition, _: int) -> Move:
    """Return the move of a name that is renamed where it is."""
    return Move(item.path, f"{item.module}.{_other_name(item.name)}", "name", "renamed")


def _drawn(
    survey: Survey,
    chance: random.Random,
    modules: Sequence[str],
    definitions: Callable[[Module, str], Iterator[Definition]],
) -> list[Definition]:
    found = [
        item
        for module in (survey.modules[name] for name in modules)
        if module.is_ours and not _names_stay(survey, module)
        for item in definitions(module, survey.texts[module.name])
        if survey.asked[item.path] >= 1
        and item.path not in survey.modules
        and item.path not in survey.checkout.project.names_stay
    ]
    chance.shuffle(found)
    return sorted(found, key=lambda item: -min(survey.asked[item.path], 3))


def _names_stay(survey: Survey, module: Module) -> bool:
    project = survey.checkout.project
    return (
        bool(project.inside & set(module.name.split(".")))
        or (module.name in survey.starred and "__all__" not in survey.sites[module.name].defined)
        or any(head in project.stay for head in heads(module.name))
    )


def _other_name(name: str) -> str:
    return f"Renamed{name.lstrip('_')}" if name.lstrip("_")[:1].isupper() else f"{name}_renamed"
