"""The report as GitLab's code quality artifact, which merge requests show on the diff.

GitLab reads the description, the name of the check, a fingerprint that no two issues share, the
severity, the path and the first line.
"""

from __future__ import annotations

from collections.abc import Iterator

from linter_ext.codes import Code
from linter_ext.fingerprints import Fingerprint, fingerprints
from linter_ext.reporters.dumping import on_lines, on_one_line
from linter_ext.reporters.result import Result
from linter_ext.violations import Violation

_SEVERITY = "major"
_SEVERITIES = {Code.UNREADABLE: "critical"}
"""What hides others is worse than they are."""


def render(result: Result) -> Iterator[str]:
    """Yield the report as JSON text, sorted, an issue a line, ending in a newline."""
    violations = result.report.violations
    issues = map(_issue, violations, fingerprints(violations, result.report.known))
    yield from on_lines(map(on_one_line, issues))
    yield "\n"


def _issue(violation: Violation, fingerprint: Fingerprint) -> dict[str, object]:
    finding = violation.finding
    return {
        "description": f"{finding.code} {finding.message}",
        "check_name": str(finding.code),
        "fingerprint": str(fingerprint),
        "severity": _SEVERITIES.get(finding.code, _SEVERITY),
        "location": {
            "path": violation.path,
            "lines": {"begin": finding.span.line, "end": finding.span.end_line},
        },
    }
