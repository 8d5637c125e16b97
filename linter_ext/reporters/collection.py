"""The report on test files that pytest cannot collect, for people: what one chain stops, and it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter_ext.causes import Cause, CauseKey, key_of_last
from linter_ext.collecting import Collection, Uncollectable
from linter_ext.pytest_session import Chain, ChainLink
from linter_ext.reporters.groups import Group, cause_heading
from linter_ext.reporters.wording import INDENT, count, fact, join_parts, statistics_lines


def render(
    collection: Collection,
    causes: Iterable[Cause] | None,
    *,
    quiet: bool,
    statistics: bool,
) -> str:
    """Return the report as text, every line ended.

    Args:
        collection: the test files.
        causes:     the causes to group them by, ranked; None for a plain list.
        quiet:      the test files only.
        statistics: a count for each code as well.
    """
    if causes is None:
        parts = list(_blocks(collection.uncollectable))
    else:
        parts = [list(_group(cause)) for cause in causes if cause.waiting]
    if statistics:
        codes = (key_of_last(item).code for item in collection.uncollectable)
        parts.append(statistics_lines(code for code in codes if code is not None))
    if not quiet:
        parts.append(list(_sum(collection)))
    return join_parts(parts)


def _blocks(items: Iterable[Uncollectable]) -> Iterator[list[str]]:
    """Yield the test files that one chain stops, with the chain under them."""
    stopped: dict[Chain, list[str]] = {}
    for item in items:
        stopped.setdefault(item.chain, []).append(item.path)
    for chain, paths in stopped.items():
        yield [*paths, *(f"{INDENT}{step}" for step in _steps(chain))]


def _group(cause: Cause) -> Group:
    lines = (line for block in _blocks(cause.waiting) for line in block)
    return Group(cause_heading(cause), tuple(lines))


def _sum(collection: Collection) -> Iterator[str]:
    files = count(len(collection.test_files), "test file")
    failing = collection.uncollectable
    if not collection.test_files:
        yield "No test file found; 'linter-ext files' lists the files that are looked at."
    elif not failing:
        yield f"{files} can be collected."
    else:
        causes = len({key_of_last(item) for item in failing})
        yield f"{len(failing):,} of {files} cannot be collected; {count(causes, 'cause')}."


def _steps(chain: Chain) -> tuple[str, ...]:
    *links, last = chain
    return (*(f"{_place(link)} imports '{link.target}'" for link in links), _end(last))


def _end(link: ChainLink) -> str:
    return f"{_place(link)} {fact(CauseKey(link.target, link.stop))}"


def _place(link: ChainLink) -> str:
    return f"{link.path}:{link.line}:"
