"""The report as SARIF 2.1.0, for code scanning and for editors that show such files.

A file that cannot be checked is a result as well, not a notification of the tool: platforms show
results only. Where the project root lies is not said, so that the bytes are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote

from linter_ext import __version__
from linter_ext.codes import Code
from linter_ext.fingerprints import Fingerprint, fingerprints
from linter_ext.pages import page
from linter_ext.reporters.dumping import on_lines, on_one_line
from linter_ext.reporters.result import Result
from linter_ext.source.facts import Span
from linter_ext.violations import Link, Violation

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_FINGERPRINT = "linterExt/v1"
_LEVEL = "error"
"""Of all rules alike: each violation fails the run."""


def render(result: Result) -> Iterator[str]:
    """Yield the report as SARIF text, sorted, a result a line, ending in a newline."""
    violations = result.report.violations
    told = fingerprints(violations, result.report.known)
    codes = sorted({violation.finding.code for violation in violations})
    numbers = {code: number for number, code in enumerate(codes)}
    run = {
        "tool": {
            "driver": {
                "name": "linter-ext",
                "semanticVersion": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The project root."}}},
        "columnKind": "unicodeCodePoints",
        "results": (
            on_one_line(_result(violation, fingerprint, numbers))
            for violation, fingerprint in zip(violations, told, strict=True)
        ),
    }
    yield from on_lines({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})
    yield "\n"


def _rule(code: Code) -> dict[str, object]:
    text = page(code)
    return {
        "id": str(code),
        "name": "".join(word.title() for word in code.name.split("_")),
        "shortDescription": {"text": _literal(code.summary)},
        "fullDescription": {"text": _literal(_what(text))},
        "help": {"text": _literal(text), "markdown": _literal(text)},
        "defaultConfiguration": {"level": _LEVEL},
        "properties": {"tags": ["imports"]},
    }


def _what(text: str) -> str:
    """Return the first paragraph of a page, which says what the code means, as one line."""
    section = text.partition("## What\n")[2]
    return " ".join(section.partition("\n\n")[0].split())


def _result(
    violation: Violation, fingerprint: Fingerprint, numbers: Mapping[Code, int]
) -> dict[str, object]:
    finding = violation.finding
    module = {"fullyQualifiedName": violation.importer, "kind": "module"}
    found: dict[str, object] = {
        "ruleId": str(finding.code),
        "ruleIndex": numbers[finding.code],
        "level": _LEVEL,
        "message": {"text": _literal(finding.message)},
        "locations": [
            {
                "physicalLocation": _place(violation.path, finding.span),
                "logicalLocations": [module],
            }
        ],
    }
    if finding.chain:
        found["relatedLocations"] = _related(finding.chain)
    found["partialFingerprints"] = {_FINGERPRINT: str(fingerprint)}
    found["properties"] = {"contract": violation.contract, "target": finding.target}
    return found


def _related(chain: Sequence[Link]) -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "physicalLocation": _place(link.path, link.span),
            "message": {"text": _literal(f"'{link.importer}' imports '{link.imported}'")},
        }
        for number, link in enumerate(chain, 1)
    ]


def _place(path: str, span: Span) -> dict[str, object]:
    return {
        "artifactLocation": {"uri": _uri(path), "uriBaseId": _ROOT},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }


@lru_cache
def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"))


def _literal(text: str) -> str:
    """Return a message string that says just this (3.11.5: braces would hold a place)."""
    return text.replace("{", "{{").replace("}", "}}")
