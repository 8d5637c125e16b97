"""`linter-ext fix` over many files, killed while it runs; what it leaves behind."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from tests.configurations import DEPRECATED, MOVED, ini
from tests.front_ends import write

_OLD = "from app.old import X\n"
_LINES = "".join(f"line_{number} = {number}  # a line\n" for number in range(20))
_NUMBER = 200
_SHARE_ANYWHERE = 0.2
"""How many of the kills come at any moment, not while files are written."""

_LAUNCHER = """
import os, sys

import linter_ext.cli.fix  # The command itself would load it later.
from linter_ext.cli.main import main

for line in sys.stdin:
    sys.stdout.flush()
    child = os.fork()
    if not child:
        os.chdir(line.rstrip())
        main(["fix", "--quiet"])
    os.setpgid(child, child)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Runs the command in a process of its own, with everything imported: most kills come later."""


class Kill(NamedTuple):
    """What one kill found.

    Attributes:
        fixed:    how many files had been written.
        torn:     the files that are neither old nor new.
        left:     the drafts left behind.
        lasting:  those that a run before it had left, though this one has written files.
        finished: whether the run was over before the kill.
    """

    fixed: int
    torn: tuple[str, ...]
    left: frozenset[str]
    lasting: frozenset[str]
    finished: bool

    @property
    def is_amid(self) -> bool:
        """Whether it came while files were written."""
        return not self.finished and (bool(self.left) or 0 < self.fixed < _NUMBER)


@dataclass(slots=True)
class KilledFixes:
    """A project of many files, each with one import to fix, and a process that runs fixes.

    Attributes:
        root: the project.
        seed: where the random delays start.
    """

    root: Path
    seed: int
    _old: Mapping[str, bytes] = field(init=False)
    _random: random.Random = field(init=False)
    _launcher: subprocess.Popen[str] = field(init=False)
    _starting: float = 0.0
    _writing: float = 0.0

    def __enter__(self) -> KilledFixes:
        self._random = random.Random(self.seed)
        self._old = {
            f"app/m{number:03}.py": f"{_OLD}{_LINES}".encode() for number in range(_NUMBER)
        }
        write(
            self.root,
            {
                ".importlinter": ini(DEPRECATED, MOVED),
                "app/__init__.py": "",
                "app/new.py": "X = 1\n",
                "app/old.py": "from app.new import *\n",
                **self._old,
            },
        )
        self._launcher = subprocess.Popen(
            [sys.executable, "-c", _LAUNCHER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self.finish()
        self._restore()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._launcher.communicate(timeout=60)

    def finish(self) -> Kill:
        """Run to the end, and measure how long that takes."""
        before = self._drafts()
        start = time.monotonic()
        self._start()
        self._wait_for_the_first()
        first = time.monotonic()
        assert self._status() == 0
        self._starting, self._writing = first - start, time.monotonic() - first
        return self._found(before, finished=True)

    def kill(self) -> Kill:
        """Run, kill the process at a random moment, and put the files back."""
        before = self._drafts()
        if self._random.random() < _SHARE_ANYWHERE:
            delay = self._random.uniform(0, self._starting)
            child = self._start()
        else:
            delay = self._random.uniform(0, self._writing)
            child = self._start()
            self._wait_for_the_first()
        time.sleep(delay)
        with contextlib.suppress(ProcessLookupError):  # It is over already.
            os.killpg(child, signal.SIGKILL)
        found = self._found(before, finished=self._status() == 0)
        self._restore()
        return found

    def _start(self) -> int:
        stdin = self._launcher.stdin
        assert stdin is not None
        print(self.root, file=stdin, flush=True)
        return self._answer()

    def _status(self) -> int:
        return self._answer()

    def _answer(self) -> int:
        stdout = self._launcher.stdout
        assert stdout is not None
        return int(stdout.readline())

    def _wait_for_the_first(self) -> None:
        """Wait until the first file is another one."""
        path = self.root / min(self._old)
        former, end = path.stat().st_ino, time.monotonic() + 60
        while path.stat().st_ino == former and time.monotonic() < end:
            time.sleep(0.0005)

    def _found(self, before: frozenset[str], *, finished: bool) -> Kill:
        held = {path: (self.root / path).read_bytes() for path in self._old}
        fixed = [path for path, data in held.items() if data == _fixed(self._old[path])]
        torn = (path for path, data in held.items() if data != self._old[path])
        left = self._drafts()
        return Kill(
            fixed=len(fixed),
            torn=tuple(sorted(set(torn) - set(fixed))),
            left=left - before,
            lasting=left & before if fixed else frozenset(),
            finished=finished,
        )

    def _drafts(self) -> frozenset[str]:
        return frozenset(path.name for path in (self.root / "app").glob(".*"))

    def _restore(self) -> None:
        for path, data in self._old.items():
            if (self.root / path).read_bytes() != data:
                (self.root / path).write_bytes(data)


def _fixed(data: bytes) -> bytes:
    return data.replace(b"app.old", b"app.new")
