"""What reporters are given: a report, and how its contracts are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter_ext.baseline import DEFAULT_FILE
from linter_ext.engine import Report, RuleResult

if TYPE_CHECKING:
    from linter_ext.causes import Cause
    from linter_ext.collecting import Collection


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractResult:
    """One contract's result, with what reporters say of the contract.

    Attributes:
        name:     the contract's name.
        type:     the name of its type, as the configuration has it.
        guidance: what to tell when it is broken; may be empty.
        result:   the violations.
        on_graph: whether it is judged on the module graph.
    """

    name: str
    type: str
    guidance: str
    result: RuleResult
    on_graph: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A whole run.

    Attributes:
        report:     everything found.
        contracts:  the contracts, in the order of the configuration.
        collection: the test files; None if nobody asked for them.
        causes:     why imports fail, ranked; None if nobody asked.
        baseline:   where the known violations are, relative to the project root.
        allowed:    how many violations the run may have; None for none, which goes without saying.
    """

    report: Report
    contracts: tuple[ContractResult, ...]
    collection: Collection | None = None
    causes: tuple[Cause, ...] | None = None
    allowed: int | None = None
    baseline: str = DEFAULT_FILE

    @property
    def fails(self) -> bool:
        """Whether there are more violations than there may be, or one that may not be at all."""
        found = self.report.violations
        return len(found) > (self.allowed or 0) or any(item.finding.code.is_final for item in found)

    @property
    def has_uncollectable(self) -> bool:
        """Whether there are test files that cannot be collected, as far as anybody asked."""
        return self.collection is not None and bool(self.collection.uncollectable)
