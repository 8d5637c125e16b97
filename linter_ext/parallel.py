"""Work spread over processes, where the platform can fork and there is enough of it.

A forked process starts with all that its parent knows, so nothing is read twice before the
work, and only results are handed back.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_SHARES_A_JOB = 4
"""Several shares for each process, so that none waits long for the last."""


def available_jobs() -> int:
    """Return how many processes can run side by side."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(work: Callable[[Sequence[T]], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """Yield the results of the work on shares of the items, in order.

    Args:
        work:  done on each share; runs in another process.
        items: what is shared out; neighbours stay together.
        jobs:  how many processes.
    """
    size = max(1, -(-len(items) // (jobs * _SHARES_A_JOB)))
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    context = multiprocessing.get_context("fork")
    with context.Pool(jobs, initializer=_take, initargs=(work,)) as pool:
        yield from pool.imap(_do, shares)


_taken: list[Callable[[Sequence[object]], object]] = []
"""The work of this process, inherited from its parent: it need not be picklable."""


def _take(work: Callable[[Sequence[object]], object]) -> None:
    _taken.append(work)


def _do(share: Sequence[object]) -> object:
    return _taken[-1](share)
