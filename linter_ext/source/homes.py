"""Where in the whole project a name or a module of some name is. Reads every file once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from linter_ext.source.asked import Asked
from linter_ext.source.index import Index
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import ModuleName


@functools.cache
def _margin() -> re.Pattern[str]:
    return re.compile(r"\n(?:async[ ]+def|def|class)[ ]+(\w+)|\n(\w+)[ ]*(?::[^=\n]*)?=(?!=)")


@functools.cache
def _set_attributes() -> re.Pattern[str]:
    return re.compile(r"\b(\w+)\.(\w+)[ ]*=(?!=)")


class Homes:
    """The homes of names and modules.

    One for each index: `index.derived(Homes)`. Nothing is read before it is asked.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._names: dict[str, list[tuple[str, ModuleName]]] | None = None
        self._modules: dict[str, list[ModuleName]] | None = None
        self._set: dict[str, set[tuple[str, str]]] | None = None

    def of_name(self, name: str) -> Sequence[str]:
        """Return the modules that define a name, and bind it in no other way, sorted.

        Those of root packages, if any do; else those of source paths.
        """
        if self._names is None:
            self._names = self._read_names()
        found = [
            module
            for path, module in self._names.get(name, ())
            if self._only_defines(path, module, name)
        ]
        return _preferred(found)

    def of_module(self, last: str) -> Sequence[str]:
        """Return the modules whose name ends in a component, sorted, root packages first."""
        if self._modules is None:
            self._modules = {}
            for _, module in self._index.listed():
                self._modules.setdefault(module.name.rpartition(".")[2], []).append(module)
        return _preferred(self._modules.get(last, ()))

    def is_set(self, module: str, name: str) -> bool:
        """Return whether some file assigns to the attribute of a module: `module.name = …`."""
        if self._set is None:
            self._set = self._read_set()
        return any(
            asked is not None and asked.bound == module
            for path, owner in sorted(self._set.get(name, ()))
            for asked in self._imported_as(path, owner)
        )

    def _imported_as(self, path: str, owner: str) -> Iterator[Asked | None]:
        module = self._index.tree.module_of(path)
        try:
            file = self._index.open(path, module) if module is not None else None
            for item in file.imports if file is not None else ():
                if item.local_name == owner and file is not None:
                    yield self._index.ask(file, item)
        except UnreadableError:
            return

    def _read_set(self) -> dict[str, set[tuple[str, str]]]:
        found: dict[str, set[tuple[str, str]]] = {}
        for path, _ in self._index.listed():
            for owner, name in set(_set_attributes().findall(self._index.peek(path))):
                if owner not in ("self", "cls"):
                    found.setdefault(name, set()).add((path, owner))
        return found

    def _read_names(self) -> dict[str, list[tuple[str, ModuleName]]]:
        found: dict[str, list[tuple[str, ModuleName]]] = {}
        for path, module in self._index.listed():
            for defined, assigned in set(_margin().findall(f"\n{self._index.peek(path)}")):
                found.setdefault(defined or assigned, []).append((path, module))
        return found

    def _only_defines(self, path: str, module: ModuleName, name: str) -> bool:
        try:
            return self._index.open(path, module).bindings.only_defines(name)
        except UnreadableError:
            return False


def _preferred(modules: Sequence[ModuleName]) -> Sequence[str]:
    packaged = [module.name for module in modules if module.root.is_package]
    return sorted({*packaged} or {module.name for module in modules})
