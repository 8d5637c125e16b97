"""The report as commands of GitHub Actions, which put violations on the lines of a pull request.

The platform shows ten errors of a step; of more it shows none. So the ten come first that say
most, then a notice with the figures of the others, then the others themselves as plain lines,
folded away in the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from linter_ext.codes import Code
from linter_ext.reporters.result import Result
from linter_ext.reporters.wording import count, encodable
from linter_ext.violations import Violation

_SHOWN = 10


def render(result: Result) -> Iterator[str]:
    """Yield the lines for the log, every line ended; none without violations."""
    violations = result.report.violations
    chosen = frozenset(_ranks(violations)[:_SHOWN])
    shown = [violation for number, violation in enumerate(violations) if number in chosen]
    others = [violation for number, violation in enumerate(violations) if number not in chosen]
    return (f"{line}\n" for line in chain(map(_error, shown), _rest(others)))


def _ranks(violations: Sequence[Violation]) -> list[int]:
    """Return the numbers of the violations, those first that say most.

    Each rule of each contract has its turn, with another target each time as long as there is
    one; what is asked for most often comes first. What could not be checked at all comes before
    that: it may hide anything.
    """
    keys = [(item.contract, item.finding.code, item.finding.target) for item in violations]
    often, repeats = Counter(keys), Counter[tuple[str | None, Code, str]]()
    order: list[tuple[int, int, int]] = []
    for number, key in enumerate(keys):
        order.append((repeats[key], -often[key], number))
        repeats[key] += 1
    turns: Counter[tuple[str | None, Code, int]] = Counter()
    ranks: list[tuple[bool, int, int, int]] = []
    for repeat, _, number in sorted(order):
        contract, code, _ = keys[number]
        ranks.append((contract is not None, repeat, turns[contract, code, repeat], number))
        turns[contract, code, repeat] += 1
    return [number for *_, number in sorted(ranks)]


def _error(violation: Violation) -> str:
    finding, span = violation.finding, violation.finding.span
    place = {"file": violation.path, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # Columns are for one line only.
        place |= {"col": span.column, "endColumn": span.end_column}
    place["title"] = f"{finding.code} {finding.code.summary}"
    told = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
    return f"::error {told}::{_data(str(violation))}"


def _rest(others: Sequence[Violation]) -> Iterator[str]:
    if not others:
        return
    files = count(len({violation.path for violation in others}), "file")
    codes = Counter(violation.finding.code for violation in others)
    by_code = ", ".join(f"{number:,} {code}" for code, number in sorted(codes.items()))
    heading = f"{count(len(others), 'more violation')} in {files}"
    yield f"::notice title=linter-ext::{_data(f'{heading}: {by_code}; the log lists them')}"
    yield f"::group::{heading}"
    yield from (" ".join(str(violation).split("\n")) for violation in others)
    yield "::endgroup::"


def _data(text: str) -> str:
    """Escape what ends a command (actions/toolkit, `command.ts`)."""
    escaped = encodable(text).replace("%", "%25")
    return escaped.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape what ends a property of a command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
