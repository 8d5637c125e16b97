"""An importer under which no failing statement stops the module it stands in.

A statement that fails because a module above it fails cannot show whether its own target is
there. Here each top-level statement of a first-party module that fails binds a stand-in instead, so
that every other import can be tried.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import NoReturn

_STAND_IN = "__truth_stand_in__"
_OPEN = "__truth_open__"
_IS_OPEN = "__truth_is_open__"


class StandIn:
    """Does for whatever could not be imported."""

    def __getattr__(self, name: str) -> StandIn:
        """Return itself for every public attribute."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *arguments: object, **keywords: object) -> object:
        """Return what a decorator decorates, itself for any other call."""
        is_decorated = len(arguments) == 1 and not keywords and callable(arguments[0])
        return arguments[0] if is_decorated else self

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type, ...]:
        """Vanish from the bases of a class."""
        return ()

    def __getitem__(self, key: object) -> StandIn:
        """Return itself for every item."""
        return self

    def __bool__(self) -> bool:
        """Be false, which ends a loop."""
        return False

    def __iter__(self) -> Iterator[NoReturn]:
        """Hold nothing."""
        return iter(())

    def __or__(self, other: object) -> StandIn:
        """Be one of several types."""
        return self

    __ror__ = __add__ = __radd__ = __or__

    def __enter__(self) -> StandIn:
        """Be a context."""
        return self

    def __exit__(self, *error: object) -> None:
        """Leave errors alone."""


class TolerantFinder:
    """Finds the modules of a tree and loads them tolerantly."""

    def __init__(self, tree: str) -> None:
        self._tree = tree

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the specification of a module of the tree; None for any other."""
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not (spec.origin or "").startswith(self._tree):
            return None
        if isinstance(spec.loader, SourceFileLoader):
            spec.loader = _TolerantLoader(name, spec.origin or "")
        return spec


def install(tree: str) -> None:
    """Load the modules below a folder tolerantly from now on."""
    setattr(builtins, _STAND_IN, StandIn())
    setattr(builtins, _OPEN, _open)
    sys.meta_path.insert(0, TolerantFinder(tree))


def _open(names: dict[str, object], star: str) -> None:
    """Let a module have every name, if one that it star-imports could not be had.

    From one that lists what it does not have, it gets all the others.
    """
    source = sys.modules.get(importlib.util.resolve_name(star, str(names["__package__"])))
    if source is None or _IS_OPEN in source.__dict__:
        names[_IS_OPEN] = True
        sys.modules[str(names["__name__"])].__class__ = _OpenModule
        return
    for name in getattr(source, "__all__", ()):
        if name not in names and hasattr(source, name):
            names[name] = getattr(source, name)


class _OpenModule(ModuleType):
    """A module that has every public name, whatever its own `__getattr__` says."""

    def __getattr__(self, name: str) -> StandIn:
        return StandIn().__getattr__(name)


class _TolerantLoader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        """Compile the module anew, with each import statement made tolerant."""
        path = self.get_filename(fullname)
        module = ast.parse(self.get_data(path), path)
        module.body = [*_docstring(module), *_tolerant(module.body)]
        return compile(ast.fix_missing_locations(module), path, "exec", dont_inherit=True)


def _docstring(module: ast.Module) -> list[ast.stmt]:
    """Return the docstring, which must stay the first statement."""
    if ast.get_docstring(module, clean=False) is None:
        return []
    return [module.body.pop(0)]


def _tolerant(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            yield node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (_caught(_one(node, alias), _bound(alias)) for alias in node.names)
            yield from _followed(node)
        elif isinstance(node, ast.If):
            node.body, node.orelse = list(_tolerant(node.body)), list(_tolerant(node.orelse))
            yield _caught(node, [])
        elif isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield _caught(node, [node.name])
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            stored = (part for part in ast.walk(node) if isinstance(part, ast.Name))
            yield _caught(node, [part.id for part in stored if isinstance(part.ctx, ast.Store)])
        else:
            yield node if isinstance(node, ast.Global | ast.Nonlocal) else _caught(node, [])


def _one(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> ast.stmt:
    """Return the import of one name of several."""
    if isinstance(node, ast.ImportFrom):
        return ast.copy_location(ast.ImportFrom(node.module, [alias], node.level), node)
    return ast.copy_location(ast.Import([alias]), node)


def _bound(alias: ast.alias) -> list[str]:
    return [] if alias.name == "*" else [alias.asname or alias.name.partition(".")[0]]


def _caught(node: ast.stmt, names: Sequence[str]) -> ast.stmt:
    """Return a statement that leaves a stand-in for the names it cannot bind."""
    code = "\n".join(f"{name} = globals().get({name!r}, {_STAND_IN})" for name in names)
    handler = ast.ExceptHandler(
        ast.Name("Exception", ast.Load()), None, ast.parse(code or "pass").body
    )
    caught = ast.Try([node], [handler], [], [])
    for part in ast.walk(handler):
        ast.copy_location(part, node)
    return ast.copy_location(caught, node)


def _followed(node: ast.Import | ast.ImportFrom) -> Iterator[ast.stmt]:
    """Yield what opens a module after a star import, if need be."""
    if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
        module = f"{'.' * node.level}{node.module or ''}"
        for statement in ast.parse(f"{_OPEN}(globals(), {module!r})").body:
            for part in ast.walk(statement):
                ast.copy_location(part, node)
            yield statement
