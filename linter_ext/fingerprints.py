"""What a violation is known by from one run to the next, wherever its line moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from linter_ext.violations import Violation

_LENGTH = 32
"""Hexadecimal digits: 128 bits, as many as an MD5, which code quality reports often hold."""


class Key(NamedTuple):
    """What violations have in common that are the same one to a reader.

    Attributes:
        contract: the contract's id; None for a file that could not be checked at all.
        code:     the rule that is broken.
        importer: the module that contains the statement.
        target:   the dotted path asked for.
    """

    contract: str | None
    code: str
    importer: str
    target: str


class Fingerprint(NamedTuple):
    """What tells one violation from all others of a run; it holds no line and no column.

    Attributes:
        key:     what the violation is about.
        ordinal: which of the violations with this key it is, in the order of all output, from 1.
    """

    key: Key
    ordinal: int

    def __str__(self) -> str:
        """Return it as hexadecimal digits, the same on every machine."""
        import hashlib  # noqa: PLC0415 - few reports have fingerprints
        import json  # noqa: PLC0415

        data = json.dumps([*self.key, self.ordinal]).encode("ascii")
        return hashlib.sha256(data).hexdigest()[:_LENGTH]


def key_of(violation: Violation) -> Key:
    """Return what a violation is about."""
    finding = violation.finding
    return Key(violation.contract, str(finding.code), violation.importer, finding.target)


def fingerprints(
    violations: Iterable[Violation], known: Iterable[Violation] = ()
) -> list[Fingerprint]:
    """Return the fingerprint of each violation, in their order; no two are the same.

    Args:
        violations: all of a run, in the order of all output.
        known:      those that the baseline knows, which come before the others about the same.
    """
    seen = Counter(map(key_of, known))
    found: list[Fingerprint] = []
    for violation in violations:
        key = key_of(violation)
        seen[key] += 1
        found.append(Fingerprint(key, seen[key]))
    return found
