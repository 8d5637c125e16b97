"""Where in the whole project a name or a module of some name is. Reads every file once."""

from __future__ import annotations

import contextlib
import re
import string
from collections.abc import Iterator, Sequence, Set
from functools import cached_property

from linter_ext.names import is_under
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import ModuleName

_SETTING = r"""setattr\((?<![\w.]setattr\()\s*([\w.]+),\s*(?:["']{}["']|[^\s"'])"""
"""A call that may set an attribute of some name."""

_REGISTERING = re.compile(r"""modules[\s\\)]*(?:\[[^\]]*["']|\.[\s\\]*setdefault\b)""")
"""What puts a module of a literal name into `sys.modules`; its text may promise too much."""

_WORD = f"{string.ascii_letters}{string.digits}_."

_Text = tuple[str, ModuleName, str]
"""A file's path, its module, and what it says."""


class Homes:
    """The homes of names and modules.

    One for each index: `index.derived(Homes)`. Nothing is read before it is asked.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._found: dict[str, Sequence[str]] = {}
        self._is_set: dict[tuple[str, str], bool] = {}
        self._setting: dict[str, Sequence[_Text]] = {}

    def of_name(self, name: str) -> Sequence[str]:
        """Return the modules that define a name, and bind it in no other way, sorted.

        Those of root packages, if any do; else those of source paths.
        """
        if name not in self._found:
            self._found[name] = _preferred(list(self._defining(name)))
        return self._found[name]

    def of_module(self, last: str) -> Sequence[str]:
        """Return the modules whose name ends in a component, sorted.

        Those of root packages, if there are any; else those of source paths.
        """
        return _preferred(self._modules.get(last, ()))

    def is_set(self, module: str, name: str) -> bool:
        """Return whether some file assigns to the attribute of a module: `module.name = …`."""
        key = (module, name)
        if key not in self._is_set:
            if name not in self._setting:
                self._setting[name] = list(self._texts_that_may_set(name))
            texts = self._setting[name]
            self._is_set[key] = any(self._sets(text, module, name) for text in texts)
        return self._is_set[key]

    def is_registered(self, module: str) -> bool:
        """Return whether some file of a root package puts a module into `sys.modules`."""
        return any(is_under(module, path) for path in self._registered)

    def _texts_that_may_set(self, name: str) -> Iterator[_Text]:
        attribute = f".{name}"
        for text in self._texts:
            if attribute in text[2] or text[0] in self._with_setattr:
                yield text

    @cached_property
    def _with_setattr(self) -> frozenset[str]:
        return frozenset(path for path, _, text in self._texts if "setattr(" in text)

    @cached_property
    def _registered(self) -> frozenset[str]:
        found: set[str] = set()
        for path, module, text in self._texts:
            is_concerned = module.root.is_package and "sys.modules" in text
            if is_concerned and _REGISTERING.search(text):
                with contextlib.suppress(UnreadableError):
                    found |= self._index.open(path, module).bindings.openness.registered
        return frozenset(found)

    @cached_property
    def _texts(self) -> Sequence[_Text]:
        return [(path, name, self._index.peek(path)) for path, name in self._index.listed()]

    @cached_property
    def _modules(self) -> dict[str, list[ModuleName]]:
        found: dict[str, list[ModuleName]] = {}
        for _, module in self._index.listed():
            found.setdefault(module.name.rpartition(".")[2], []).append(module)
        return found

    def _defining(self, name: str) -> Iterator[ModuleName]:
        binds = re.compile(
            rf"^(?:(?:async[ ]+def|def|class)[ ]+)?{name}\b[ ]*(?:[(:\[]|=(?!=))", re.MULTILINE
        )
        for path, module, text in self._texts:
            if name in text and binds.search(text):
                try:
                    if self._index.open(path, module).bindings.only_defines(name):
                        yield module
                except UnreadableError:
                    continue

    def _sets(self, text: _Text, module: str, name: str) -> bool:
        path, importer, content = text
        owners = set(_owners(content, name))
        if "setattr(" in content:
            owners.update(re.findall(_SETTING.format(name), content))
        if not owners:
            return False
        try:
            file = self._index.open(path, importer)
            found = self._leads_to(file, owners, module)
            if found:
                file.validate()
        except UnreadableError:
            return False
        return found

    def _leads_to(self, file: SourceFile, owners: Set[str], module: str) -> bool:
        """Return whether some dotted name stands for a module that the file imports."""
        imported = [(item.local_name, self._index.ask(file, item)) for item in file.bare_imports]
        return any(
            asked is not None and f"{asked.bound}{owner.removeprefix(local_name)}" == module
            for owner in owners
            for local_name, asked in imported
            if is_under(owner, local_name)
        )


def _owners(text: str, name: str) -> Iterator[str]:
    """Yield the dotted names whose attribute a text assigns to, but for those of `self`."""
    attribute = f".{name}"
    start = text.find(attribute)
    while start >= 0:
        end = start + len(attribute)
        after = text[end : end + 9].lstrip(" ")
        if after.startswith("=") and not after.startswith("=="):
            line = text[text.rfind("\n", 0, start) + 1 : start]
            owner = line[len(line.rstrip(_WORD)) :]
            if owner.partition(".")[0] not in ("", "self", "cls"):
                yield owner
        start = text.find(attribute, end)


def _preferred(modules: Sequence[ModuleName]) -> Sequence[str]:
    packaged = {module.name for module in modules if module.root.is_package}
    return sorted(packaged or {module.name for module in modules})
