"""A contract on the module graph, as a rule like all others: it judges files."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from linter_ext.codes import Code, codes_of
from linter_ext.engine import Ignore, RuleResult
from linter_ext.graph_contracts.breaches import Breach
from linter_ext.graph_contracts.graph import Graph
from linter_ext.graph_contracts.judgement import Judged, Judgement
from linter_ext.graph_contracts.wording import broken_message, import_message, undeclared_message
from linter_ext.project import Project
from linter_ext.source.facts import Span
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.violations import Finding, Link


class Place(NamedTuple):
    """Where a contract stands in the configuration.

    Attributes:
        path: the configuration file, relative to the project root.
        line: the line with the contract's heading (1-based).
    """

    path: str
    line: int


@dataclass(frozen=True)
class GraphRule:
    """A contract of import-linter's own types, or of another package's.

    Its findings are the imports in the file at hand that are part of a chain that breaks it.
    What belongs to no file, it finds in the configuration.

    Attributes:
        judgement: judges the contract over a graph.
        graph:     the graph, shared by the contracts of one run.
        place:     where the contract stands.
    """

    judgement: Judgement
    graph: Graph
    place: Place

    @property
    def name(self) -> str:
        """The contract's name."""
        return self.judgement.name

    @property
    def contract_options(self) -> Mapping[str, object]:
        """What the configuration says of it."""
        return self.judgement.options

    @property
    def identifier(self) -> str:
        """The contract's id; its name, where the configuration gives no id (TOML)."""
        return str(self.contract_options.get("id", self.name))

    @property
    def broken_contract_guidance(self) -> str:
        """What to tell when it is broken; may be empty."""
        return self.judgement.guidance

    @property
    def codes(self) -> frozenset[Code]:
        """What it can give."""
        return codes_of(self.judgement.kind or "")

    @property
    def ignores(self) -> Sequence[Ignore]:
        """Nothing: import-linter itself has taken out what `ignore_imports` names."""
        return ()

    @property
    def respects_noqa(self) -> bool:
        """Whether `noqa` comments count: they do not for lint-imports, whose verdict this is."""
        return False

    @property
    def max_known(self) -> int | None:
        """How many violations the baseline may know: any number, there is no such option."""
        return None

    @property
    def ignored(self) -> int:
        """How many imports `ignore_imports` has taken out."""
        return self.judged.ignored

    @cached_property
    def judged(self) -> Judged:
        """The verdict.

        Raises:
            ConfigurationError: if the contract cannot be judged as it is configured.
        """
        return self.judgement.over(self.graph)

    def warnings(self, result: RuleResult) -> list[str]:  # noqa: ARG002
        """Return what import-linter warns of."""
        return list(self.judged.warnings)

    def covers(self, module: str) -> bool:
        """Return whether a module is in the graph."""
        return module in self.graph.modules

    def reads(self, module: str) -> bool:
        """Return whether a module's file has to be read: what cannot be is to be reported.

        Where imports stand, the graph knows.
        """
        return module in self.graph.unreadable

    def judge(self, file: SourceFile, index: Index) -> Iterator[Finding]:
        """Yield the imports in a file that break the contract, each where it is written."""
        module = file.module.name
        if module in self._said and index.path_of(module) == file.path:
            yield from self._findings(module, index)

    def judge_project(self, index: Index) -> Iterator[tuple[str, Finding]]:
        """Yield what breaks the contract, with the file that it stands in."""
        for module in sorted(self._said):
            path = index.path_of(module)
            for finding in self._findings(module, index):
                yield (path, finding) if path else (self.place.path, self._at_contract(finding))
        if not self.judged.is_kept and not self._said:
            kind = str(self.contract_options["type"])
            message = broken_message(self.name, kind, self.identifier)
            finding = self._finding(Code.OTHER_CONTRACT, self.identifier, message)
            yield self.place.path, self._at_contract(finding)

    def edited(self, file: SourceFile) -> GraphRule:
        """Return the rule as it is if the file says what this text does.

        Raises:
            UnreadableError: if the text is not valid Python.
            ConfigurationError: if the contract cannot be judged then.
        """
        graph = self.graph.edited(file)
        return self if graph is self.graph else replace(self, graph=graph)

    def over(self, project: Project, files: Iterable[SourceFile]) -> GraphRule:
        """Return the rule over a project in which files have other texts.

        Raises:
            UnreadableError: if one of them is not valid Python.
        """
        return replace(self, graph=self.graph.replacing(project, files))

    @cached_property
    def _said(self) -> Mapping[str, Sequence[Breach | None]]:
        """What is wrong, by the module in whose file it is to be said; None: it is undeclared."""
        said: dict[str, list[Breach | None]] = {}
        for breach in self.judged.breaches.chains:
            for importer in breach.chain[:-1]:
                said.setdefault(importer, []).append(breach)
        for module in self.judged.breaches.undeclared:
            said.setdefault(module, []).append(None)
        return said

    def _findings(self, module: str, index: Index) -> Iterator[Finding]:
        if None in self._said[module]:
            yield self._finding(Code.LAYERS, module, undeclared_message(module))
        for imported, breach in self._links(module).items():
            chain = tuple(self._chain(breach, index))
            message = import_message(breach, module, imported)
            for found in self.graph.written(module, imported):
                yield Finding(
                    code=breach.code,
                    span=found.span,
                    line=found.line,
                    module=imported,
                    name=None,
                    target=imported,
                    message=message,
                    chain=chain,
                )

    def _links(self, module: str) -> Mapping[str, Breach]:
        """Return the modules that a module is not to import, each with the shortest chain."""
        links: dict[str, Breach] = {}
        for breach in self._said[module]:
            if breach is None:
                continue
            for importer, imported in itertools.pairwise(breach.chain):
                if importer == module:
                    known = links.setdefault(imported, breach)
                    links[imported] = min(known, breach, key=lambda item: (len(item.chain), item))
        return dict(sorted(links.items()))

    def _chain(self, breach: Breach, index: Index) -> Iterator[Link]:
        for importer, imported in itertools.pairwise(breach.chain):
            path = index.path_of(importer)
            if path is not None:
                (found, *_) = self.graph.written(importer, imported)
                yield Link(path, found.span, importer, imported)

    def _finding(self, code: Code, target: str, message: str) -> Finding:
        return Finding(
            code=code,
            span=Span(1, 1, 1, 1),
            line=1,
            module=target,
            name=None,
            target=target,
            message=message,
        )

    def _at_contract(self, finding: Finding) -> Finding:
        line = self.place.line
        return finding._replace(span=Span(line, 1, line, 1), line=line)
