"""Judges a contract by import-linter's own class, and tells mistakes in our way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from importlinter.domain.helpers import MissingImport
from rich.errors import MarkupError
from rich.text import Text

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.graph_contracts.breaches import Breaches, read_breaches
from linter_ext.graph_contracts.canonical_graph import copied
from linter_ext.graph_contracts.graph import Graph

if TYPE_CHECKING:
    from grimp import ImportGraph
    from importlinter.domain.contract import Contract, ContractCheck


class Judged(NamedTuple):
    """A contract's verdict over a graph.

    Attributes:
        is_kept:  whether nothing breaks it.
        breaches: what does, for import-linter's own types.
        ignored:  how many imports `ignore_imports` has taken out.
        warnings: what import-linter warns of, a line each.
    """

    is_kept: bool
    breaches: Breaches
    ignored: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A contract of import-linter's.

    Attributes:
        contract: the contract.
        kind:     its type, as import-linter names it; None for another package's.
    """

    contract: Contract
    kind: str | None

    @property
    def name(self) -> str:
        """The contract's name."""
        return self.contract.name

    @property
    def options(self) -> Mapping[str, object]:
        """What the configuration says of it."""
        return self.contract.contract_options

    @property
    def guidance(self) -> str:
        """What to tell when it is broken; may be empty."""
        return str(getattr(self.contract, "broken_contract_guidance", None) or "").strip()

    def over(self, graph: Graph) -> Judged:
        """Judge the contract.

        Raises:
            ConfigurationError: if it cannot be judged: it names modules that are not there, or
                ignores imports that are not.
        """
        check = self._check(copied(graph.built))
        breaches = Breaches(())
        if self.kind is not None and not check.kept:
            # The chains must not depend on the order in which the graph was built.
            breaches = read_breaches(self.kind, self._check(copied(graph.canonical)))
        return Judged(
            is_kept=check.kept,
            breaches=breaches,
            ignored=check.ignored_import_count,
            warnings=tuple(_plain(warning) for warning in check.warnings),
        )

    def _check(self, graph: ImportGraph) -> ContractCheck:
        """Let import-linter judge; the graph may be changed by it.

        Raises:
            ConfigurationError: with what import-linter refuses.
        """
        try:
            return self.contract.check(graph, verbose=False)
        except MissingImport as error:
            raise ConfigurationError(map(_unmatched, str(error).splitlines())) from error
        except Exception as error:
            # A type of another package may raise anything; import-linter's own raise ValueError,
            # and what grimp raises.
            raise ConfigurationError([_refused(error, self.kind)]) from error


def _unmatched(line: str) -> Problem:
    remedy = "remove the line, or set unmatched_ignore_imports_alerting = none"
    return Problem(fact=_fact(line), remedy=remedy, key="ignore_imports")


def _refused(error: Exception, kind: str | None) -> Problem:
    fact = _fact(str(error)) or type(error).__name__
    if kind is None:
        fact = f"its type raises {type(error).__name__}: {fact}"
        return Problem(fact=fact, remedy="mend the type, or the contract's options")
    return Problem(fact=fact, remedy="correct the contract's options")


def _fact(text: str) -> str:
    """Return a sentence of import-linter's as a fact of ours."""
    line = " ".join(_plain(text).split()).rstrip(".")
    return line[:1].lower() + line[1:]


def _plain(text: str) -> str:
    """Return a text without the markup that import-linter prints with."""
    try:
        return Text.from_markup(text).plain
    except MarkupError:
        return text
