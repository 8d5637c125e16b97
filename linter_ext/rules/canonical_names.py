"""Names that have one home, and the other ways that lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter_ext.codes import Code
from linter_ext.names import join
from linter_ext.rules.reach import (
    attributes_in,
    reached_from,
    references_of,
    split_chain,
)
from linter_ext.source.asked import Asked
from linter_ext.source.facts import Reference, ReferenceKind, Span
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Definition, Index
from linter_ext.tables.registry import CanonicalName
from linter_ext.violations import Finding

_STANDS_IN = "sys.modules[__name__]"


class CanonicalNames:
    """The canonical names of a contract."""

    def __init__(self, names: Iterable[CanonicalName]) -> None:
        self._names = {entry.name: entry for entry in names}
        self._homes: dict[Definition, CanonicalName] | None = None
        self._routes: dict[str, frozenset[str]] = {}

    def judge(self, file: SourceFile, asked: tuple[Asked, ...], index: Index) -> Iterator[Finding]:
        """Yield a finding for each first-party path to a canonical name that is not its home."""
        if not self._names:
            return
        for item in asked:
            name = item.item.name
            if name is None or item.item.is_star:
                continue
            entry = self._astray(item.module, name, file, index)
            if entry is not None:
                offer = _Offer(entry, item.module, name, item.written)
                yield offer.finding(item.item.span, item.item.line, index)
        yield from self._uses(file, asked, index)
        yield from self._references(file, index)

    def _uses(self, file: SourceFile, asked: tuple[Asked, ...], index: Index) -> Iterator[Finding]:
        leading = tuple(item for item in asked if index.is_module(item.bound))
        if not any(
            self._astray(module, name, file, index)
            for module, name in attributes_in(file, leading, index)
        ):
            return
        for reached in reached_from(file, leading):
            module, name = split_chain(reached.asked.bound, reached.use.attributes, index)
            span = reached.span_of(f"{module}.{name}") if name else None
            entry = self._astray(module, name, file, index) if span is not None else None
            if entry is not None and span is not None:
                offer = _Offer(entry, module, name, reached.written(module))
                yield offer.finding(span, span.line, index)

    def _references(self, file: SourceFile, index: Index) -> Iterator[Finding]:
        def is_astray(path: str) -> bool:
            module, name = _module_and_name(path, index)
            return bool(name) and self._astray(module, name, file, index) is not None

        for referred in references_of(file, index, index.tree.names, is_astray):
            module, name = _module_and_name(referred.path, index)
            entry = self._astray(module, name, file, index)
            if (
                entry is not None
                and referred.reference.kind is ReferenceKind.OBJECT
                and not _is_right_place(module, name, entry, index)
            ):
                offer = _Offer(entry, module, name, referred.written(module))
                yield offer.finding_of(referred.reference, index)

    def entry_of(self, module: str, name: str, index: Index) -> CanonicalName | None:
        """Return the canonical name that a first-party module offers under some name."""
        if not self._names or not index.tree.is_first_party(module):
            return None
        if name not in self._names:
            homes = self._known_homes(index)
            found = (homes.get(item) for item in sorted(index.definitions(module, name), key=_path))
            return next((entry for entry in found if entry is not None), None)
        if index.definitions(module, name) == {Definition(f"{module}.{name}", None)}:
            return None  # A submodule that happens to bear the name.
        return self._names[name]

    def _astray(
        self, module: str, name: str, file: SourceFile, index: Index
    ) -> CanonicalName | None:
        """Return the canonical name that `module.name` is a wrong path to, if it is one."""
        entry = self.entry_of(module, name, index)
        if entry is None or module in (entry.module, *entry.also):
            return None
        return None if file.module.name in self._route(entry, index) else entry

    def _route(self, entry: CanonicalName, index: Index) -> frozenset[str]:
        """Return the modules that must import the name themselves, for its home to offer it."""
        if entry.name not in self._routes:
            passed = index.route(entry.module, entry.name)
            self._routes[entry.name] = frozenset((entry.module, *entry.also, *passed))
        return self._routes[entry.name]

    def _known_homes(self, index: Index) -> dict[Definition, CanonicalName]:
        """Return the canonical names by where they are defined."""
        if self._homes is None:
            self._homes = {
                definition: entry
                for entry in self._names.values()
                for definition in (
                    Definition(entry.module, entry.name),
                    *index.definitions(entry.module, entry.name),
                )
            }
        return self._homes


class _Offer(NamedTuple):
    """A canonical name, offered by a module that is not its home.

    Attributes:
        entry:   the canonical name.
        module:  the module.
        name:    the name it offers it by.
        written: the module by the name in the code.
    """

    entry: CanonicalName
    module: str
    name: str
    written: str

    def finding(self, span: Span, line: int, index: Index) -> Finding:
        """Return the finding of an import or an attribute."""
        path = f"{self.written}.{self.name}"
        return Finding(
            code=Code.NOT_CANONICAL,
            span=span,
            line=line,
            module=self.written,
            name=self.name,
            target=path,
            message=self._message(path, index),
            instead=self._instead(index),
        )

    def finding_of(self, reference: Reference, index: Index) -> Finding:
        """Return the finding of a reference."""
        path, home = f"{self.written}.{self.name}", self._instead(index)
        return Finding(
            code=Code.REFERENCE_NOT_CANONICAL,
            span=reference.span,
            line=reference.line,
            module=self.written,
            name=self.name,
            target=reference.target,
            message=self._message(path, index),
            instead=home and home + reference.target.removeprefix(path),
        )

    def _message(self, path: str, index: Index) -> str:
        entry, is_another = self.entry, self._is_another(index)
        fact = "another definition of a canonical name" if is_another else "not the canonical path"
        origin = f" ({entry.origin})" if str(entry.origin) else ""
        return f"'{path}' is {fact}; use '{entry.module}.{entry.name}'{origin}"

    def _is_another(self, index: Index) -> bool:
        """Return whether the module defines something else of that name."""
        at_home = index.definitions(self.entry.module, self.entry.name)
        own = Definition(self.module, self.name)
        return own in index.definitions(self.module, self.name) - at_home

    def _instead(self, index: Index) -> str | None:
        """Return the path to write instead; None where that may be another object."""
        entry = self.entry
        here = index.definitions(self.module, self.name)
        is_same = bool(here) and here == index.definitions(entry.module, entry.name)
        return f"{entry.module}.{entry.name}" if is_same else None


def _module_and_name(path: str, index: Index) -> tuple[str, str]:
    parts = path.split(".")
    for length in range(1, len(parts)):
        if not index.is_module(join(*parts[: length + 1])):
            return join(*parts[:length]), parts[length]
    return path, ""


def _is_right_place(module: str, name: str, entry: CanonicalName, index: Index) -> bool:
    """Return whether it is right to replace a canonical name in a module that is not its home.

    So it is where the name is defined, and where the module's own code looks it up. A module
    that cannot be parsed may do so, and one that puts another in its own place.
    """
    own = Definition(module, name)
    if own in index.definitions(module, name):
        return own in index.definitions(entry.module, entry.name)
    file = index.file(module)
    if file is not None and _STANDS_IN in file.source.text:
        return True
    return file is not None and index.reads(module, name) is not False


def _path(definition: Definition) -> str:
    return definition.path
