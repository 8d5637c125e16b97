"""`canonical_imports`: one true home for each name, one gateway for each outside dependency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.names import prefixes
from linter_ext.rules.base import SourceRule
from linter_ext.rules.canonical_names import CanonicalNames
from linter_ext.rules.fields import ChoiceField, ItemsField, option
from linter_ext.rules.gateways import Gateways
from linter_ext.rules.re_exports import ReExports, find_re_exports
from linter_ext.rules.table_files import read_tables, without_file
from linter_ext.source.asked import Asked
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.tables.origin import placed
from linter_ext.tables.registry import (
    CanonicalName,
    Registry,
    merge,
    parse_canonical_line,
    parse_gateway_line,
    parse_registry,
)
from linter_ext.violations import Finding

_MARKDOWN = frozenset({".md", ".markdown"})


class CanonicalImports(SourceRule):
    """Names come from their canonical module, outside dependencies through their gateway.

    Configuration options:
        - canonical:  lines `name => module`.
        - gateways:   lines `dependency => module`.
        - registry:   TOML or Markdown files that hold more of both.
        - re_exports: `allow` (default), `packages` (a package's `__init__` may re-export what
                      lies under it) or `forbid` (names come from the module that defines them).
    """

    type_name = "canonical_imports"

    canonical = option(ItemsField(parse_canonical_line))
    gateways = option(ItemsField(parse_gateway_line))
    registry = option(ItemsField(str))
    re_exports = option(ChoiceField(ReExports.ALLOW))

    heeds_lookups = True
    """A name may be patched in the module whose own code looks it up."""

    said = Registry()
    names = CanonicalNames(())
    gates = Gateways(())

    def prepare(self) -> Iterator[Problem]:
        """Read the registries."""
        says = self.canonical or self.gateways or self.registry or self._limits_re_exports
        if not (says or self.is_read_in_part):
            remedy = "give 'canonical', 'gateways', 'registry' or 're_exports'"
            yield Problem(fact="nothing is canonical", remedy=remedy, key="canonical")
            return
        tables, problems = read_tables(self.project.root, "registry", self.registry, _parse)
        yield from problems
        lines = Registry(names=self.canonical, gateways=self.gateways)
        try:
            merged = merge([lines, *tables])
        except ConfigurationError as error:
            yield from without_file(error.problems, "canonical")
            return
        self.said = merged
        self.names = CanonicalNames(merged.names)
        self.gates = Gateways(merged.gateways)

    def judge(self, file: SourceFile, index: Index) -> Iterator[Finding]:
        """Yield one finding for each import, attribute or string past a name's one home."""
        asked = index.asked(file)
        yield from self.names.judge(file, asked, index)
        yield from self.gates.judge(file, asked, index)
        if self._limits_re_exports:
            others = tuple(item for item in asked if self._has_no_entry(item, index))
            yield from find_re_exports(self.re_exports, file, others, index)

    def explain(self, path: str) -> Iterator[str]:
        """Yield the home of a name, given alone or by some path, and a dependency's gateway."""
        module, _, name = path.rpartition(".")
        if module:
            entry = self.names.entry_of(module, name, self.project.index)
        else:
            entry = next((item for item in self.said.names if item.name == path), None)
        if entry is not None:
            yield from _explained(entry, path)
        gateways = {gateway.dependency: gateway for gateway in self.said.gateways}
        found = next((prefix for prefix in prefixes(path) if prefix in gateways), None)
        if found is not None:
            gateway = gateways[found]
            told = f"'{found}' is used through '{gateway.module}' only"
            yield placed(told, gateway.origin)
            yield from _also(gateway.also)

    def _has_no_entry(self, asked: Asked, index: Index) -> bool:
        name = asked.item.name
        return name is not None and self.names.entry_of(asked.module, name, index) is None

    @property
    def _limits_re_exports(self) -> bool:
        return self.re_exports is not ReExports.ALLOW


def _explained(entry: CanonicalName, path: str) -> Iterator[str]:
    home = f"{entry.module}.{entry.name}"
    if path == home:
        told = f"'{path}' is the canonical path"
    elif path in (f"{module}.{entry.name}" for module in entry.also):
        told = f"'{path}' is allowed beside the canonical path '{home}'"
    elif path == entry.name:
        told = f"'{path}' has its home in '{entry.module}'"
    else:
        told = f"'{path}' is not the canonical path; use '{home}'"
    yield placed(told, entry.origin)
    yield from _also(entry.also)
    if entry.verified is not None:
        yield f"  verified: {entry.verified}"


def _also(modules: Sequence[str]) -> Iterator[str]:
    if modules:
        yield f"  also: {', '.join(modules)}"


def _parse(text: str, file: str) -> Registry:
    if PurePosixPath(file).suffix.lower() in _MARKDOWN:
        # A Markdown parser is slow to import, and most registries are TOML.
        from linter_ext.tables.markdown import parse_markdown_registry  # noqa: PLC0415

        return parse_markdown_registry(text, file)
    return parse_registry(text, file)
