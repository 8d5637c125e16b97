"""The values that names of a module stand for, as far as its text tells without running it."""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from linter_ext.source.facts import Context
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.lazy_names import names_read_by
from linter_ext.source.module_presence import bindings_of
from linter_ext.source.parser import last_name, module_statements, parse

UNKNOWN: object = object()
"""The value of what the text does not tell."""

_TRANSPARENT = frozenset({"cache", "lru_cache", "no_type_check"})
"""Decorators that leave a function's answers as they are."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A module."""

    name: str


@dataclass(frozen=True, slots=True)
class Namespace:
    """The table of a module's names: `globals()`, `module.__dict__`."""

    module: str


@dataclass(frozen=True, slots=True)
class Specification:
    """A module's `__spec__`."""

    module: str
    package: str


@dataclass(frozen=True, slots=True)
class Library:
    """Something of Python's own, or of an installed package, by its dotted path."""

    path: str


@dataclass(slots=True)
class Scope:
    """The names a piece of code sees: its own, those around it, then its module's.

    Attributes:
        file:  the module.
        names: its own names.
        outer: the function around it, if there is one.
    """

    file: SourceFile
    names: dict[str, object] = field(default_factory=dict)
    outer: Scope | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function of the project, with the scope it was defined in."""

    node: ast.FunctionDef
    scope: Scope


def is_plain(node: ast.FunctionDef) -> bool:
    """Return whether calling the function runs its body, and gives what that returns."""
    decorators = (item.func if isinstance(item, ast.Call) else item for item in node.decorator_list)
    is_generator = any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in ast.walk(node))
    return not is_generator and all(last_name(item) in _TRANSPARENT for item in decorators)


class _Text:
    """What a module assigns and defines once."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self.assigned: dict[str, ast.expr] = {}
        self.functions: dict[str, ast.FunctionDef] = {}
        self._defined: Counter[str] = Counter()
        for statement in module_statements(tree):
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self.assigned[name] = value
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    self.assigned[name] = value
                case ast.FunctionDef(name=name):
                    self.functions[name] = statement
                    self._defined[name] += 1

    @cached_property
    def _nodes(self) -> Sequence[ast.AST]:
        return list(ast.walk(self._tree))

    @cached_property
    def _names(self) -> Sequence[ast.Name]:
        return [node for node in self._nodes if isinstance(node, ast.Name)]

    @cached_property
    def _bound(self) -> Counter[str]:
        stored = (node.id for node in self._names if not isinstance(node.ctx, ast.Load))
        return self._defined + Counter(stored)

    @cached_property
    def _uses(self) -> Counter[str]:
        return Counter(node.id for node in self._names)

    @cached_property
    def _reads(self) -> Counter[str]:
        return Counter(name for node in self._nodes for name in names_read_by(node))

    def binds_once(self, name: str) -> bool:
        """Return whether one statement binds the name, be it of the module or of a function."""
        return self._bound[name] == 1

    def only_reads(self, name: str) -> bool:
        """Return whether what the name stands for is never changed, nor handed on."""
        return self._uses[name] == self._reads[name] + 1


class ModuleValues:
    """The values of modules' names. What is asked once is remembered.

    Args:
        index:    the project's modules.
        evaluate: gives what an expression of a module comes to.
    """

    def __init__(self, index: Index, evaluate: Callable[[SourceFile, ast.expr], object]) -> None:
        self.index = index
        self._evaluate = evaluate
        self._texts: dict[str, _Text] = {}
        self._known: dict[tuple[str, str], object] = {}

    def of(self, file: SourceFile, name: str) -> object:
        """Return what a name of a module stands for; UNKNOWN if the text does not tell."""
        key = (file.path, name)
        if key not in self._known:
            self._known[key] = UNKNOWN  # Also of what depends on itself.
            self._known[key] = self._find(file, name)
        return self._known[key]

    def of_module(self, module: str, name: str) -> object:
        """Return the same for a module by its name, first-party or not."""
        if self.index.is_module(f"{module}.{name}"):
            return Imported(f"{module}.{name}")
        if not self.index.tree.is_first_party(module):
            return Library(f"{module}.{name}")
        file = self.index.file(module)
        return self.of(file, name) if file is not None else UNKNOWN

    def _find(self, file: SourceFile, name: str) -> object:
        bindings = bindings_of(file)
        if bindings is None:
            return UNKNOWN
        special = self._special(file, name)
        if special is not UNKNOWN:
            return special
        items = bindings.imports.get(name, ())
        if items:
            is_sure = len(items) == 1 and name not in bindings.definitions
            return self._imported(file, name) if is_sure else UNKNOWN
        if name in bindings.definitions:
            return self._defined(file, name)
        stars = [item for item in bindings.stars if not item.context & Context.TYPE_CHECKING]
        is_free = not stars and name not in bindings.openness.names
        return Library(name) if is_free and hasattr(builtins, name) else UNKNOWN

    @staticmethod
    def _special(file: SourceFile, name: str) -> object:
        module = file.module
        values: Mapping[str, object] = {
            "__name__": module.name,
            "__package__": module.package,
            "__spec__": Specification(module.name, module.package),
        }
        return values.get(name, UNKNOWN)

    def _imported(self, file: SourceFile, name: str) -> object:
        (item,) = file.bindings.imports[name]
        asked = self.index.ask(file, item)
        if asked is None or name in file.bindings.typing_only:
            return UNKNOWN
        if item.name is None:
            return Imported(asked.bound)
        return self.of_module(asked.module, item.name)

    def _defined(self, file: SourceFile, name: str) -> object:
        text = self._text(file)
        if not text.binds_once(name):
            return UNKNOWN
        function = text.functions.get(name)
        if function is not None:
            return Function(function, Scope(file)) if is_plain(function) else UNKNOWN
        if name not in text.assigned:
            return UNKNOWN
        found = self._evaluate(file, text.assigned[name])
        is_fixed = not isinstance(found, (dict, set, list)) or text.only_reads(name)
        return found if is_fixed else UNKNOWN

    def _text(self, file: SourceFile) -> _Text:
        if file.path not in self._texts:
            self._texts[file.path] = _Text(parse(file.source.text))
        return self._texts[file.path]
