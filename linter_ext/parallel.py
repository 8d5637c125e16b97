"""Work spread over processes, where the platform can fork and there is enough of it.

A forked process starts with all that its parent knows, so nothing is read twice before the
work, and only results are handed back. What one task learns may serve the next: such related
tasks stay in this process while others do the separate ones, and are only shared out once this
process knows most of what there is to know.
"""

from __future__ import annotations

import mmap
import os
import pickle
import signal
import struct
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, NoReturn, TypeVar

R = TypeVar("R")

Task = Callable[[], R]
Take = Callable[[], int | None]

_ENDS = struct.Struct("=qq")


def available_jobs() -> int:
    """Return how many processes can run side by side."""
    if not hasattr(os, "fork"):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What a task has come to, and its number: related tasks first, then the separate ones."""

    number: int
    result: R


def spread(
    related: Sequence[Task[R]], separate: Sequence[Task[R]], jobs: int
) -> Generator[Done[R], None, None]:
    """Yield the results of all tasks, as they come.

    Args:
        related:  gain from what each other learns, the more the closer they are in this order.
        separate: gain nothing from each other.
        jobs:     how many processes, this one included.
    """
    tasks = (*related, *separate)
    undone = set(range(len(tasks)))
    shared, alone = _Numbers(0, len(related)), _Numbers(len(related), len(tasks))
    crew = _Crew(tasks, jobs - 1)
    try:
        crew.add(alone.take_last)
        is_joined = False
        for number in iter(shared.take_first, None):
            undone.discard(number)
            yield Done(number, tasks[number]())
            if not is_joined and alone.is_empty():
                is_joined = True
                crew.add(shared.take_last)
        for number in iter(alone.take_first, None):
            undone.discard(number)
            yield Done(number, tasks[number]())
        for done in crew.results():
            undone.discard(done.number)
            yield done
        for number in sorted(undone):  # A process that broke off has left them.
            yield Done(number, tasks[number]())
    finally:
        crew.dismiss()
        shared.close()
        alone.close()


class Marks:
    """Marks on things that all processes forked later see, whichever of them makes one."""

    def __init__(self, count: int) -> None:
        self._marks = mmap.mmap(-1, max(count, 1))

    def __contains__(self, number: int) -> bool:
        """Return whether the thing of this number has a mark."""
        return self._marks[number] != 0

    def add(self, number: int) -> None:
        """Mark the thing of this number."""
        self._marks[number] = 1


class _Numbers:
    """A range of numbers that processes take from both ends, each number once.

    What is left of it lies in a pipe: who takes it out holds it alone until it is put back.
    """

    def __init__(self, start: int, stop: int) -> None:
        self._reader, self._writer = os.pipe()
        self._put_back(start, stop)

    def take_first(self) -> int | None:
        """Return the first number that is left; None if there is none."""
        start, stop = self._take_out()
        self._put_back(min(start + 1, stop), stop)
        return start if start < stop else None

    def take_last(self) -> int | None:
        """Return the last number that is left; None if there is none."""
        start, stop = self._take_out()
        self._put_back(start, max(start, stop - 1))
        return stop - 1 if start < stop else None

    def is_empty(self) -> bool:
        """Return whether all numbers are taken."""
        start, stop = self._take_out()
        self._put_back(start, stop)
        return start == stop

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self._reader)
        os.close(self._writer)

    def _take_out(self) -> tuple[int, int]:
        start, stop = _ENDS.unpack(os.read(self._reader, _ENDS.size))
        return start, stop

    def _put_back(self, start: int, stop: int) -> None:
        os.write(self._writer, _ENDS.pack(start, stop))


def _fork() -> int:
    """Fork this process.

    Python warns where there are threads, whose locks would stay locked in the new process: those
    of grimp wait for work of its own, which is done before.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


class _Crew(Generic[R]):
    """Forked processes that do tasks.

    Args:
        tasks: all there are.
        size:  how many processes each call of `add` forks.
    """

    def __init__(self, tasks: Sequence[Task[R]], size: int) -> None:
        self._tasks = tasks
        self._size = size
        self._readers: dict[int, int] = {}

    def add(self, take: Take) -> None:
        """Fork processes that do the tasks whose numbers they take; none where that fails."""
        for _ in range(self._size):
            reader, writer = os.pipe()
            try:
                process = _fork()
            except OSError:
                os.close(reader)
            else:
                if process == 0:
                    self._work(take, writer)
                self._readers[process] = reader
            os.close(writer)

    def results(self) -> Iterator[Done[R]]:
        """Yield what the processes have done, once they are through."""
        for reader in self._readers.values():
            with open(reader, "rb", closefd=False) as stream:
                written = stream.read()
            if written:
                yield from pickle.loads(written)

    def dismiss(self) -> None:
        """End the processes that are left."""
        for process, reader in self._readers.items():
            os.close(reader)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(process, 0)
        self._readers.clear()

    def _work(self, take: Take, writer: int) -> NoReturn:
        """Do tasks and write what they come to, all at once. Never returns to the caller."""
        try:
            done = [Done(number, self._tasks[number]()) for number in iter(take, None)]
            written = pickle.dumps(done, pickle.HIGHEST_PROTOCOL)
            with open(writer, "wb") as stream:
                stream.write(written)
        finally:  # Nothing of this process is shown or flushed; what is undone, its parent does.
            os._exit(0)
