"""The JSON report, which `schemas/report-1.json` describes.

Its version changes when a field changes its meaning or goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

from linter_ext.baseline import Entry
from linter_ext.causes import Cause
from linter_ext.collecting import Uncollectable
from linter_ext.fingerprints import Fingerprint, fingerprints
from linter_ext.reporters.dumping import Written, on_lines, on_one_line
from linter_ext.reporters.result import ContractResult, Result
from linter_ext.source.facts import Span
from linter_ext.violations import Link, Violation

VERSION = 1

T = TypeVar("T")


def render(result: Result) -> Iterator[str]:
    """Yield the report as JSON text, sorted, ending in a newline."""
    violations = result.report.violations
    document = {
        "version": VERSION,
        "contracts": [_contract(contract) for contract in result.contracts],
        "violations": map(_violation, violations, fingerprints(violations, result.report.known)),
        "unchecked": [
            {"path": violation.path, "reason": violation.finding.message}
            for violation in result.report.unchecked
        ],
        "stale": [_stale(entry) for entry in result.report.stale],
        "uncollectable": _listed(_uncollectable, _failing(result)),
        "causes": _listed(_cause, result.causes),
    }
    yield from on_lines(document)
    yield "\n"


def _contract(contract: ContractResult) -> dict[str, object]:
    return {
        "id": contract.result.rule.identifier,
        "name": contract.name,
        "type": contract.type,
        "kept": contract.result.is_kept,
        "violations": len(contract.result.violations),
        "known": len(contract.result.known),
    }


def _stale(entry: Entry) -> dict[str, object]:
    key = entry.key
    return {
        "contract": key.contract,
        "code": key.code,
        "importer": key.importer,
        "target": key.target,
        "count": entry.number,
    }


def _violation(violation: Violation, fingerprint: Fingerprint) -> dict[str, object]:
    finding = violation.finding
    return {
        "contract": violation.contract,
        "code": str(finding.code),
        "path": violation.path,
        **_place(finding.span),
        "importer": violation.importer,
        "module": finding.module,
        "name": finding.name,
        "target": finding.target,
        "message": finding.message,
        "instead": finding.instead,
        "chain": [_link(link) for link in finding.chain],
        "fingerprint": str(fingerprint),
    }


@lru_cache
def _link(link: Link) -> Written:
    return on_one_line(
        {
            "path": link.path,
            **_place(link.span),
            "importer": link.importer,
            "imported": link.imported,
        }
    )


def _place(span: Span) -> dict[str, object]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _failing(result: Result) -> Iterable[Uncollectable] | None:
    return result.collection.uncollectable if result.collection is not None else None


def _listed(render: Callable[[T], object], items: Iterable[T] | None) -> list[object] | None:
    """Return the documents of items; None for what nobody asked for, which is not none."""
    return None if items is None else [render(item) for item in items]


def _uncollectable(item: Uncollectable) -> dict[str, object]:
    return {
        "path": item.path,
        "chain": [
            {"path": link.path, "line": link.line, "target": link.target, "code": link.code}
            for link in item.chain
        ],
    }


def _cause(cause: Cause) -> dict[str, object]:
    return {
        "target": cause.key.target,
        "code": cause.key.code,
        "imports": len(cause.violations),
        "files": cause.files,
        "test_files": len(cause.waiting),
    }
