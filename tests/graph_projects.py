"""Generated package trees, with contracts of import-linter's own types over them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

KINDS = ("forbidden", "layers", "independence", "protected", "acyclic_siblings")
_PACKAGES = ("api", "core", "data")
_MODULES = ("models", "tools", "views")
_OUTSIDE = ("json", "os.path", "ns.other", "xml.dom")


@dataclass(frozen=True, slots=True)
class GraphProject:
    """A generated project.

    Attributes:
        files: path → text, the configuration among them.
        kinds: the type of each contract, in the order of the configuration.
    """

    files: Mapping[str, str]
    kinds: tuple[str, ...]


def generate(chance: random.Random) -> GraphProject:
    """Return a project of one or two root packages, with a contract of each type."""
    roots = chance.choice((("app",), ("app", "ns.lib")))
    paths = [path for root in roots for path in _paths(chance, root)]
    modules = [_module(path) for path in paths]
    files = {path: "\n".join(_text(chance, path, modules)) + "\n" for path in paths}
    kinds = tuple(chance.sample(KINDS, len(KINDS)))
    session = f"[importlinter]\nroot_packages =\n{_lines(roots)}"
    session += f"include_external_packages = {chance.choice(('True', 'False'))}\n"
    session += f"exclude_type_checking_imports = {chance.choice(('True', 'False'))}\n\n"
    contracts = (_contract(chance, kind, roots, _seen(modules), session) for kind in kinds)
    return GraphProject({**files, ".importlinter": session + "\n".join(contracts)}, kinds)


def _paths(chance: random.Random, root: str) -> Iterator[str]:
    top = root.replace(".", "/")
    yield f"{top}/__init__.py"
    for package in _PACKAGES:
        if chance.random() < 0.2:
            yield f"{top}/{package}.py"
            continue
        yield f"{top}/{package}/__init__.py"
        yield from (f"{top}/{package}/{name}.py" for name in _some(chance, _MODULES, 1))
        if chance.random() < 0.2:  # A folder that grimp passes over.
            yield f"{top}/{package}/orphan/models.py"
        if chance.random() < 0.3:
            yield f"{top}/{package}/deep/__init__.py"
            yield f"{top}/{package}/deep/models.py"


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _seen(modules: list[str]) -> list[str]:
    """Return the modules that a contract may name."""
    return [module for module in modules if ".orphan" not in module]


def _text(chance: random.Random, path: str, modules: list[str]) -> Iterator[str]:
    """Yield the lines of a module: imports of every kind, and where they may stand."""
    yield chance.choice(("", '"""Words."""', "from __future__ import annotations"))
    for _ in range(chance.randrange(5)):
        statement = _statement(chance, path, modules)
        match chance.randrange(8):
            case 0:
                yield from ("def f():", f"    {statement.replace('*', 'x')}")
            case 1:
                yield "from typing import TYPE_CHECKING"
                yield from ("if TYPE_CHECKING:", f"    {statement}")
            case 2:
                yield from ("try:", f"    {statement}", "except ImportError:", "    pass")
            case 3:
                yield f"x = 1; {statement}"
            case _:
                yield statement


def _statement(chance: random.Random, path: str, modules: list[str]) -> str:
    target = chance.choice([*modules, *modules, *_OUTSIDE])
    parent, _, name = target.rpartition(".")
    choices = [
        f"import {target}",
        f"import {target} as alias",
        f"from {target} import thing",
        f"from {target} import (\n        thing,\n        other as another,\n    )",
        f"from {target} import *",
        f"import {target}.gone",
    ]
    if parent:
        choices += [f"from {parent} import {name}", f"from {parent} import gone, {name}"]
    package = path.rpartition("/")[0].replace("/", ".")
    choices += [f"from . import {name}", f"from .{name} import thing"]
    if "." in package.removeprefix("ns."):
        choices += [f"from .. import {name}", f"from ..{name} import thing"]
    return chance.choice(choices)


def _contract(
    chance: random.Random, kind: str, roots: tuple[str, ...], modules: list[str], session: str
) -> str:
    root = chance.choice(roots)
    options = {
        "forbidden": _forbidden,
        "layers": _layers,
        "independence": _independence,
        "protected": _protected,
        "acyclic_siblings": _acyclic_siblings,
    }[kind](chance, root, modules, session)
    ignored = [f"{_end(chance, modules)} -> {_end(chance, modules)}" for _ in range(2)]
    if chance.random() < 0.5:
        options += f"ignore_imports =\n{_lines(sorted(set(ignored)))}"
        options += "unmatched_ignore_imports_alerting = none\n"
    return f"[importlinter:contract:{kind}]\nname = The {kind}\ntype = {kind}\n{options}"


def _end(chance: random.Random, modules: list[str]) -> str:
    return chance.choice([*modules, "app.**", "app.*", "app.*.models", "app.core.**"])


def _expressions(chance: random.Random, root: str, modules: list[str]) -> str:
    places = [item for item in modules if item != root and item.startswith(root)]
    places += [f"{root}.{package}" for package in _PACKAGES]
    wildcard = [f"{root}.*.models"] if chance.random() < 0.3 else []
    return _lines([*_some(chance, sorted(set(places)), 1)[:3], *wildcard])


def _forbidden(chance: random.Random, root: str, modules: list[str], session: str) -> str:
    forbidden = _expressions(chance, root, modules)
    if "include_external_packages = True" in session and chance.random() < 0.5:
        forbidden += _lines(["json", "os"])
    return (
        f"source_modules =\n{_expressions(chance, root, modules)}forbidden_modules =\n{forbidden}"
        f"allow_indirect_imports = {chance.choice(('True', 'False'))}\n"
        f"as_packages = {chance.choice(('True', 'False'))}\n"
    )


def _layers(chance: random.Random, root: str, modules: list[str], session: str) -> str:
    del modules, session
    order = chance.sample(_PACKAGES, len(_PACKAGES))
    if chance.random() < 0.5:
        exhaustive = "exhaustive = True\n" if chance.random() < 0.3 else ""
        layers = order if not exhaustive else order[: chance.choice((2, 3))]
        return f"containers =\n{_lines([root])}layers =\n{_lines([*layers, '(gone)'])}{exhaustive}"
    first, *rest = (f"{root}.{package}" for package in order)
    delimiter = chance.choice((" | ", " : "))
    return f"layers =\n{_lines([first, delimiter.join(rest)])}"


def _independence(chance: random.Random, root: str, modules: list[str], session: str) -> str:
    del modules, session
    chosen = [f"{root}.{package}" for package in _some(chance, _PACKAGES, 2)]
    return f"modules =\n{_lines(chosen)}"


def _protected(chance: random.Random, root: str, modules: list[str], session: str) -> str:
    del session
    return (
        f"protected_modules =\n{_expressions(chance, root, modules)}"
        f"allowed_importers =\n{_expressions(chance, root, modules)}"
        f"as_packages = {chance.choice(('True', 'False'))}\n"
    )


def _acyclic_siblings(chance: random.Random, root: str, modules: list[str], session: str) -> str:
    del modules, session
    skipped = f"skip_descendants =\n{_lines([f'{root}.core'])}" if chance.random() < 0.3 else ""
    return f"ancestors =\n{_lines([root])}depth = {chance.randrange(3)}\n{skipped}"


def _some(chance: random.Random, items: tuple[str, ...] | list[str], least: int) -> list[str]:
    return chance.sample(items, chance.randint(least, len(items)))


def _lines(items: tuple[str, ...] | list[str]) -> str:
    return "".join(f"    {item}\n" for item in items)
