"""Dotted names: shape, prefixes, and import-linter's module expressions.

A prefix ends at a dot: `ab` does not lie under `a`. Wildcards follow import-linter's
documentation: `*` stands for one component, `**` for one or more.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping


def is_dotted_name(text: str) -> bool:
    """Return whether the text is one or more identifiers joined by dots."""
    return all(map(str.isidentifier, text.split(".")))


def is_under(name: str, ancestor: str) -> bool:
    """Return whether the name is the ancestor itself or lies below it."""
    return name == ancestor or name.startswith(ancestor + ".")


def prefixes(name: str) -> Iterator[str]:
    """Yield the name, then each of its ancestors, longest first."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def join(*parts: str) -> str:
    """Join the non-empty parts with dots."""
    return ".".join(part for part in parts if part)


@functools.cache
def expression_pattern(expression: str) -> re.Pattern[str]:
    """Return the pattern whose full match tells that a name matches the module expression."""
    parts = []
    for part in expression.split("."):
        if part == "**":
            parts.append(r"[^.]+(?:\.[^.]+)*")
        elif part == "*":
            parts.append(r"[^.]+")
        else:
            parts.append(re.escape(part))
    return re.compile(r"\.".join(parts))


def matches(expression: str, name: str) -> bool:
    """Return whether the name, as a whole, matches the module expression."""
    return expression_pattern(expression).fullmatch(name) is not None


def matches_package(expression: str, name: str) -> bool:
    """Return whether the name or one of its ancestors matches the module expression."""
    if "*" not in expression:
        return is_under(name, expression)
    return any(matches(expression, prefix) for prefix in prefixes(name))


def components_below(paths: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return, for each proper ancestor of the paths, the components that come next below it."""
    below: dict[str, set[str]] = {}
    for path in paths:
        ancestor, _, component = path.rpartition(".")
        while ancestor:
            known = below.setdefault(ancestor, set())
            if component in known:
                break  # What lies above is known too.
            known.add(component)
            ancestor, _, component = ancestor.rpartition(".")
    return {ancestor: frozenset(parts) for ancestor, parts in below.items()}
