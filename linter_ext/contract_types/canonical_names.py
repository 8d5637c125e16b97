"""Names that have one home, and the other ways that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from linter_ext.codes import Code
from linter_ext.contract_types.reach import Asked, Reached, reached_from, references_of
from linter_ext.names import join
from linter_ext.source.facts import Reference, ReferenceKind, Span
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Definition, Index
from linter_ext.tables.registry import CanonicalName
from linter_ext.violations import Finding

_ATTRIBUTE = re.compile(r"\.[\s\\]*([^\W\d]\w*)")


class CanonicalNames:
    """The canonical names of a contract."""

    def __init__(self, names: Iterable[CanonicalName]) -> None:
        self._names = {entry.name: entry for entry in names}
        self._homes: dict[Definition, CanonicalName] | None = None
        self._routes: dict[str, frozenset[str]] = {}
        self._aliases: dict[str, frozenset[str]] = {}

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
                span, line = item.item.span, item.item.line
                yield self._finding(entry, item.written, name, span, line, item.module, index)
        yield from self._uses(file, asked, index)
        yield from self._references(file, index)

    def _uses(self, file: SourceFile, asked: tuple[Asked, ...], index: Index) -> Iterator[Finding]:
        modules = tuple(item for item in asked if index.is_module(item.bound))
        attributes = frozenset(_ATTRIBUTE.findall(file.source.text)) if modules else frozenset()
        wanted = self._names.keys() | {
            alias for item in modules for alias in self._aliases_in(item, index)
        }
        if wanted.isdisjoint(attributes):
            return
        for reached in reached_from(file, modules):
            module, name = _split(reached, index)
            span = reached.span_of(f"{module}.{name}") if name else None
            entry = self._astray(module, name, file, index) if span is not None else None
            if entry is not None and span is not None:
                yield self._finding(entry, module, name, span, span.line, module, index)

    def _references(self, file: SourceFile, index: Index) -> Iterator[Finding]:
        def is_astray(path: str) -> bool:
            module, name = _module_and_name(path, index)
            return bool(name) and self._astray(module, name, file, index) is not None

        for reference in references_of(file, is_astray):
            module, name = _module_and_name(reference.target, index)
            entry = self._astray(module, name, file, index)
            if (
                entry is not None
                and reference.kind is ReferenceKind.OBJECT
                and not _looks_up(module, name, index)
            ):
                yield _of_reference(reference, entry, module, name, index)

    def _astray(
        self, module: str, name: str, file: SourceFile, index: Index
    ) -> CanonicalName | None:
        """Return the canonical name that `module.name` is a wrong path to, if it is one."""
        if not index.tree.is_first_party(module):
            return None
        entry = self._names.get(name)
        if entry is None:
            homes = self._known_homes(index)
            found = (homes.get(item) for item in sorted(index.definitions(module, name), key=_path))
            entry = next((item for item in found if item is not None), None)
        elif index.definitions(module, name) == {Definition(f"{module}.{name}", None)}:
            return None  # A submodule that happens to bear the name.
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

    def _aliases_in(self, asked: Asked, index: Index) -> frozenset[str]:
        """Return the other names under which a module offers canonical names."""
        module = asked.path
        if module not in self._aliases:
            file = index.file(module)
            homes = self._known_homes(index)
            offered = file.bindings.imports.keys() | file.bindings.aliases.keys() if file else ()
            self._aliases[module] = frozenset(
                name
                for name in offered
                if name not in self._names
                and not homes.keys().isdisjoint(index.definitions(module, name))
            )
        return self._aliases[module]

    def _finding(
        self,
        entry: CanonicalName,
        written: str,
        name: str,
        span: Span,
        line: int,
        module: str,
        index: Index,
    ) -> Finding:
        path = f"{written}.{name}"
        return Finding(
            code=Code.NOT_CANONICAL,
            span=span,
            line=line,
            module=written,
            name=name,
            target=path,
            message=_message(entry, path, module, name, index),
        )


def _of_reference(
    reference: Reference, entry: CanonicalName, module: str, name: str, index: Index
) -> Finding:
    return Finding(
        code=Code.REFERENCE_NOT_CANONICAL,
        span=reference.span,
        line=reference.line,
        module=module,
        name=name,
        target=reference.target,
        message=_message(entry, f"{module}.{name}", module, name, index),
    )


def _message(entry: CanonicalName, path: str, module: str, name: str, index: Index) -> str:
    own = Definition(module, name) in index.definitions(module, name)
    fact = "is another definition of a canonical name" if own else "is not the canonical path"
    origin = f" ({entry.origin})" if str(entry.origin) else ""
    return f"'{path}' {fact}; use '{entry.module}.{entry.name}'{origin}"


def _split(reached: Reached, index: Index) -> tuple[str, str]:
    """Return the longest module the chain leads to, and the attribute that follows."""
    module = reached.asked.bound
    for attribute in reached.use.attributes:
        if not index.is_module(f"{module}.{attribute}"):
            return module, attribute
        module = f"{module}.{attribute}"
    return module, ""


def _module_and_name(path: str, index: Index) -> tuple[str, str]:
    parts = path.split(".")
    for length in range(1, len(parts)):
        if not index.is_module(join(*parts[: length + 1])):
            return join(*parts[:length]), parts[length]
    return path, ""


def _looks_up(module: str, name: str, index: Index) -> bool:
    """Return whether the module's own code uses the name: then it is patched where it is read."""
    file = index.file(module)
    if file is None or Definition(module, name) in index.definitions(module, name):
        return False
    return name in file.expressions.names


def _path(definition: Definition) -> str:
    return definition.path
