"""Scopes: which import a name refers to, by the language's own rules (reference, 4.2.2)."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from linter_ext.source.facts import Import


class Scope:
    """One scope while its file is being walked: what it binds, and what lies around it."""

    __slots__ = ("bound", "elsewhere", "imports", "is_class", "is_comprehension", "parent")

    def __init__(
        self, parent: Scope | None, *, is_class: bool = False, is_comprehension: bool = False
    ) -> None:
        self.parent = parent
        self.is_class = is_class
        self.is_comprehension = is_comprehension
        self.bound: set[str] = set()
        self.imports: dict[str, list[Import]] = {}
        self.elsewhere: set[str] = set()

    def bind(self, name: str) -> None:
        """Note that the scope assigns the name."""
        self.bound.add(name)

    def bind_walrus(self, name: str) -> None:
        """Note that `name := …` stands here; a comprehension binds it outside (PEP 572)."""
        scope = self
        while scope.is_comprehension and scope.parent is not None:
            scope = scope.parent
        scope.bind(name)

    def bind_parameters(self, arguments: ast.arguments) -> None:
        """Bind the parameters of a function or lambda."""
        named = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        self.bound.update(argument.arg for argument in named)
        self.bound.update(
            argument.arg for argument in (arguments.vararg, arguments.kwarg) if argument
        )

    def bind_imports(self, imports: Iterable[Import]) -> None:
        """Bind the names of an import statement."""
        for item in imports:
            self.imports.setdefault(item.local_name, []).append(item)

    def declare(self, names: Iterable[str]) -> None:
        """Note a `global` or `nonlocal` statement; it may stand after what it is about."""
        self.elsewhere.update(names)

    def hand_over(self, module: Scope) -> None:
        """Give the module the imports that a `global` statement says are its own."""
        for name in sorted(self.elsewhere & self.imports.keys()):
            module.imports.setdefault(name, []).extend(self.imports[name])

    def imports_of(self, name: str) -> tuple[Import, ...]:
        """Return the imports the name may refer to here; none if something else binds it."""
        scope: Scope | None = self
        while scope is not None:
            if name not in scope.elsewhere and (not scope.is_class or scope is self):
                if name in scope.imports:
                    return tuple(scope.imports[name])
                if name in scope.bound:
                    return ()
            scope = scope.parent
        return ()


def by_statement(imports: Iterable[Import]) -> Mapping[tuple[int, int], Import]:
    """Return the imports by line and column, to find those of a statement's aliases again."""
    return {(item.span.line, item.span.column): item for item in imports}
