"""Why imports fail: many violations, few causes. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from linter_ext.codes import Code
from linter_ext.violations import Violation

if TYPE_CHECKING:
    from linter_ext.collecting import Uncollectable
    from linter_ext.halt import Halt


class CauseKey(NamedTuple):
    """What tells causes apart.

    Attributes:
        target: the dotted path that is missing, or is in the way.
        stop:   the rule that is broken, or what else stops test files.
    """

    target: str
    stop: Code | Halt | None

    @property
    def code(self) -> Code | None:
        """The rule that is broken, if one is."""
        return self.stop if isinstance(self.stop, Code) else None


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing to mend, and how much it mends.

    Attributes:
        key:        what is wrong.
        violations: the imports and references that fail for it, sorted.
        waiting:    the test files that cannot be collected before it is mended, sorted.
    """

    key: CauseKey
    violations: tuple[Violation, ...]
    waiting: tuple[Uncollectable, ...]

    @property
    def files(self) -> int:
        """In how many files imports and references fail for it."""
        return len({violation.path for violation in self.violations})

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """Return the order of all output: what mends most comes first."""
        return -len(self.waiting), -len(self.violations), self.key.target, self.key.code or ""


def find_causes(
    violations: Iterable[Violation], uncollectable: Iterable[Uncollectable]
) -> tuple[Cause, ...]:
    """Return the causes of violations and of test files that cannot be collected, ranked.

    Violations of rules that are not about what exists have none.
    """
    failing: dict[CauseKey, list[Violation]] = {}
    waiting: dict[CauseKey, list[Uncollectable]] = {}
    for violation in violations:
        key = cause_of(violation)
        if key is not None:
            failing.setdefault(key, []).append(violation)
    for item in uncollectable:
        waiting.setdefault(key_of_last(item), []).append(item)
    causes = (_cause(key, failing, waiting) for key in failing.keys() | waiting.keys())
    return tuple(sorted(causes, key=lambda cause: cause.rank))


def cause_of(violation: Violation) -> CauseKey | None:
    """Return what a violation is caused by; None if its rule is not about what exists."""
    finding = violation.finding
    return CauseKey(finding.cause, finding.code) if finding.cause is not None else None


def key_of_last(item: Uncollectable) -> CauseKey:
    """Return what keeps a test file from being collected: the last link of its chain."""
    last = item.chain[-1]
    return CauseKey(last.target, last.stop)


def _cause(
    key: CauseKey,
    failing: Mapping[CauseKey, Iterable[Violation]],
    waiting: Mapping[CauseKey, Iterable[Uncollectable]],
) -> Cause:
    return Cause(
        key,
        tuple(sorted(failing.get(key, ()), key=lambda violation: violation.sort_key)),
        tuple(sorted(waiting.get(key, ()), key=lambda item: item.path)),
    )
