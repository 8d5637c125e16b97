"""The JSON report. Its version changes when a field changes its meaning or goes."""

from __future__ import annotations

import json

from linter_ext.reporters.result import ContractResult, Result
from linter_ext.violations import Violation

VERSION = 1


def render(result: Result) -> str:
    """Return the report as JSON text, sorted, ending in a newline."""
    document = {
        "version": VERSION,
        "contracts": [_contract(contract) for contract in result.contracts],
        "violations": [_violation(violation) for violation in result.report.violations],
        "unchecked": [
            {"path": violation.path, "reason": violation.finding.message}
            for violation in result.report.unchecked
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _contract(contract: ContractResult) -> dict[str, object]:
    return {
        "id": contract.result.rule.identifier,
        "name": contract.name,
        "type": contract.type,
        "kept": contract.result.is_kept,
        "violations": len(contract.result.violations),
    }


def _violation(violation: Violation) -> dict[str, object]:
    finding = violation.finding
    return {
        "contract": violation.contract,
        "code": str(finding.code),
        "path": violation.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "importer": violation.importer,
        "module": finding.module,
        "name": finding.name,
        "target": finding.target,
        "message": finding.message,
    }
