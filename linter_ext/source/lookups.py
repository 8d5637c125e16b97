"""Which code of the project looks up an attribute of a module when it runs. Reads every file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from linter_ext.source.asked import Asked
from linter_ext.source.facts import Context, Use
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Definition, Definitions, Index
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import ModuleName

_QUOTED = re.compile(r"""["'](?:\w+[.:])+(\w+)["']""")
_WORD = re.compile(r"[^\W\d]\w*")
_INDIRECT = ("globals", "locals(", "vars(", "sys.modules", "__dict__", "eval(", "exec(")
"""By these a module may look up its own names in other ways than by writing them."""


class Lookups:
    """Tells where attributes of modules are looked up. What is asked once is remembered.

    One for each index: `index.derived(Lookups)`. Nothing is read before it is asked.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._mentioning: dict[str, list[tuple[str, ModuleName]]] | None = None
        self._is_looked_up: dict[tuple[str, str], bool] = {}
        self._readers: dict[tuple[str, str], Sequence[tuple[str, str]]] = {}

    def is_looked_up(self, module: str, name: str) -> bool:
        """Return whether some code may take the name from the module after its import.

        By an attribute, by an import in a function, by a star import, by a string; or by the
        module's own code.
        """
        key = (module, name)
        if key not in self._is_looked_up:
            self._is_looked_up[key] = self._reads_itself(*key) or any(
                self._looks_up(file, *key) for file in self._files(name)
            )
        return self._is_looked_up[key]

    def readers(self, module: str, name: str) -> Sequence[tuple[str, str]]:
        """Return the modules of root packages that import what the name stands for, and read it.

        Each comes with its own name for it; sorted.
        """
        key = (module, name)
        if key not in self._readers:
            wanted = self._index.definitions(*key)
            found = (item for file in self._files(name) for item in self._reading(file, wanted))
            self._readers[key] = sorted({item for item in found if item != key})
        return self._readers[key]

    def _reads_itself(self, module: str, name: str) -> bool:
        file = self._index.file(module)
        if file is None or any(word in file.source.text for word in _INDIRECT):
            return True
        return self._index.reads(module, name) is not False

    def _files(self, name: str) -> Iterator[SourceFile]:
        """Yield the files whose text has the name, or may have it by a star import."""
        if self._mentioning is None:
            self._mentioning = self._read_all()
        for path, owner in self._mentioning.get(name, ()):
            try:
                file = self._index.open(path, owner)
                file.settle()
            except UnreadableError:
                continue
            yield file
            file.rest()

    def _read_all(self) -> dict[str, list[tuple[str, ModuleName]]]:
        """Return, for each last part of a quoted path, the files whose text has it."""
        listed = list(self._index.listed())
        names = {name for path, _ in listed for name in _QUOTED.findall(self._index.peek(path))}
        found: dict[str, list[tuple[str, ModuleName]]] = {}
        for path, module in listed:
            text = self._index.peek(path)
            concerned = names if "import *" in text else names.intersection(_WORD.findall(text))
            for name in concerned:
                found.setdefault(name, []).append((path, module))
        return found

    # One file.

    def _looks_up(self, file: SourceFile, module: str, name: str) -> bool:
        asked = self._index.asked(file)
        return (
            any(self._takes(item, module, name) for item in asked)
            or any(self._reaches(use, file, module, name) for use in file.expressions.uses)
            or self._names_by_string(file, asked, module, name)
        )

    def _takes(self, asked: Asked, module: str, name: str) -> bool:
        """Return whether an import takes the name from the module, later or by a star."""
        if asked.module != module:
            return False
        is_later = bool(asked.item.context & Context.FUNCTION)
        return asked.item.is_star or (asked.item.name == name and is_later)

    def _reaches(self, use: Use, file: SourceFile, module: str, name: str) -> bool:
        """Return whether a chain of attributes may lead over the module to the name."""
        for place, attribute in enumerate(use.attributes):
            if attribute == name:
                for item in use.imports:
                    asked = self._index.ask(file, item)
                    if asked is not None and self._may_be(asked, use.attributes[:place], module):
                        return True
        return False

    def _may_be(self, asked: Asked, attributes: Sequence[str], module: str) -> bool:
        """Return whether attributes after an import may be a module."""
        found: Definitions = frozenset({Definition(asked.bound, None)})
        if asked.item.name is not None:
            found = self._after(asked.module, asked.item.name)
        for attribute in attributes:
            modules = [item.module for item in found if item.name is None]
            found = frozenset().union(*(self._after(each, attribute) for each in modules))
        return Definition(module, None) in found or Definition("", None) in found

    def _after(self, module: str, name: str) -> Definitions:
        """Return what an attribute of a module stands for; an empty path where it is unknown."""
        if not self._index.tree.is_first_party(module):
            return frozenset()
        return self._index.definitions(module, name) or frozenset({Definition("", None)})

    def _names_by_string(
        self, file: SourceFile, asked: Sequence[Asked], module: str, name: str
    ) -> bool:
        """Return whether the file may look the name up by a string, otherwise than to patch it."""
        text = file.source.text
        has_module = any(self._may_be(item, (), module) for item in asked)
        if has_module and any(f"{quote}{name}{quote}" in text for quote in "\"'"):
            return True
        paths = (f"{module}.{name}", module)
        references = [
            item
            for item in (*file.expressions.references, *file.expressions.inferred)
            if self._index.identity(file, item.target) in paths
        ]
        if any(not item.referrer.replaces for item in references):
            return True
        quoted = [path for path in file.quoted_paths if self._index.identity(file, path) in paths]
        written = sum(text.count(f"{quote}{path}{quote}") for quote in "\"'" for path in quoted)
        return written > len(references)

    def _reading(self, file: SourceFile, wanted: Definitions) -> Iterator[tuple[str, str]]:
        """Yield the names by which the file reads what it imports at module level."""
        if not file.module.root.is_package:
            return
        for asked in self._index.asked(file):
            item = asked.item
            if item.name is None or item.is_star or item.context & Context.FUNCTION:
                continue
            found = self._index.definitions(asked.module, item.name)
            is_wanted = bool(wanted) and found == wanted
            if is_wanted and self._index.reads(file.module.name, item.local_name):
                yield file.module.name, item.local_name
