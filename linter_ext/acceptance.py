"""What is accepted of what breaks contracts, because the baseline knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from linter_ext.baseline import Baseline, Entry
from linter_ext.codes import Code
from linter_ext.engine import Report, RuleResult
from linter_ext.source.facts import Span
from linter_ext.violations import Finding, Violation

_NO = ("", "0", "false", "no")


def is_strict_by_default(environment: Mapping[str, str]) -> bool:
    """Return whether what is fixed must leave the baseline: where `CI` is set."""
    return environment.get("CI", "").strip().lower() not in _NO


def accept(report: Report, baseline: Baseline, *, whole: bool, strict: bool) -> Report:
    """Return a report in which known violations are apart.

    Args:
        report:   everything that is found.
        baseline: what is known.
        whole:    whether the run was over all files. Where one cannot be read, what is wrong
                  elsewhere may not show either, so nothing can be said to be gone.
        strict:   whether what is gone, but still in the baseline, is a violation.
    """
    stale: Sequence[Entry] = ()
    if whole and not report.unchecked:
        contracts = [result.rule.identifier for result in report.results]
        violations = [item for result in report.results for item in result.violations]
        stale = baseline.stale(contracts, violations)
    results = (_accepted(result, baseline, stale if strict else ()) for result in report.results)
    return replace(report, results=tuple(results), stale=tuple(stale))


def told(report: Report, file: str) -> Iterator[str]:
    """Yield what is to be told of the baseline in a file on every run, a line each."""
    known = len(report.known)
    if known:
        noun = "violation" if known == 1 else "violations"
        yield f"{known:,} known {noun} left alone ({file})."
    gone = sum(entry.number for entry in report.stale)
    if gone:
        noun = "violation is" if gone == 1 else "violations are"
        yield (
            f"{gone:,} known {noun} gone; 'linter-ext baseline prune' takes "
            f"{'it' if gone == 1 else 'them'} out of {file}."
        )


def _accepted(result: RuleResult, baseline: Baseline, stale: Sequence[Entry]) -> RuleResult:
    new, known = baseline.split(result.violations)
    contract = result.rule.identifier
    mistakes = [_stale(entry, baseline) for entry in stale if entry.key.contract == contract]
    limit = result.rule.max_known
    if limit is not None and len(known) > limit:
        mistakes.append(_over_budget(contract, len(known), limit, baseline))
    violations = sorted([*new, *mistakes], key=lambda item: item.sort_key)
    return replace(result, violations=tuple(violations), known=known)


def _stale(entry: Entry, baseline: Baseline) -> Violation:
    key = entry.key
    fact = f"'{key.importer} -> {key.target}' ({key.code}) is known, but not there any more"
    if entry.number > 1:
        fact = f"{fact}, {entry.number} times"
    remedy = "take it out with 'linter-ext baseline prune'"
    return _violation(str(key.contract), key.target, f"{fact}; {remedy}", entry.line, baseline)


def _over_budget(contract: str, known: int, limit: int, baseline: Baseline) -> Violation:
    told = "violation of this contract is" if known == 1 else "violations of this contract are"
    message = f"{known:,} {told} known, and max_known is {limit:,}; mend some of them"
    return _violation(contract, contract, message, 1, baseline)


def _violation(
    contract: str, target: str, message: str, line: int, baseline: Baseline
) -> Violation:
    finding = Finding(
        code=Code.BASELINE,
        span=Span(line, 1, line, 1),
        line=line,
        module=target,
        name=None,
        target=target,
        message=message,
    )
    return Violation(baseline.file, baseline.file, contract, finding)
