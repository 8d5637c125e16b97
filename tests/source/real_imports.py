"""Imports modules for real, in a child process, to hold against what source text says.

Run as a script: the folder on the import path, then the modules to import one after the other,
joined by commas; each such argument as if in a process of its own.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Place = tuple[str, int]
"""A file, relative to the folder, and a line."""

_TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Failure:
    """A module that could not be imported.

    Attributes:
        error:   the exception's class.
        message: what it says.
        chains:  for the exception, and for each that it was raised while handling: the
                 statements it went through, the outermost first.
    """

    error: str
    message: str
    chains: tuple[tuple[Place, ...], ...]

    def went_through(self, places: tuple[Place, ...]) -> bool:
        """Return whether a chain is the exception's, or ends as that of one before it."""
        first, *others = self.chains
        return places == first or any(chain and places[-len(chain) :] == chain for chain in others)


def import_for_real(root: Path, *modules: str) -> list[Failure | None]:
    """Import modules in one process, from a folder; return what came of each."""
    return _run(root, ",".join(modules))


def import_each_for_real(root: Path, modules: Sequence[str]) -> list[Failure | None]:
    """Import modules from a folder, each first; return what came of each."""
    return _run(root, *modules)


def _run(root: Path, *sequences: str) -> list[Failure | None]:
    done = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", __file__, str(root), *sequences],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=_TIMEOUT,
        check=True,
    )
    return [
        None if found is None else Failure(found[0], found[1], _as_places(found[2]))
        for found in json.loads(done.stdout)
    ]


def _as_places(chains: list[list[list[object]]]) -> tuple[tuple[Place, ...], ...]:
    return tuple(tuple((str(path), int(str(line))) for path, line in chain) for chain in chains)


def _import_all(root: str, sequences: Sequence[str]) -> Iterator[object]:
    before = set(sys.modules)
    for sequence in sequences:
        for module in sequence.split(","):
            try:
                importlib.import_module(module)
                yield None
            except BaseException as error:  # noqa: BLE001
                yield type(error).__name__, str(error), [*_chains(error, root)]
        for module in sys.modules.keys() - before:
            del sys.modules[module]


def _chains(error: BaseException | None, root: str) -> Iterator[list[Place]]:
    while error is not None:
        yield _chain(error, root)
        error = error.__context__


def _chain(error: BaseException, root: str) -> list[Place]:
    found: list[Place] = []
    for frame in traceback.extract_tb(error.__traceback__):
        path = os.path.realpath(frame.filename)
        if path.startswith(f"{root}{os.sep}"):
            if frame.name != "<module>" and found:  # A class, whose own line is not of interest.
                found.pop()
            relative = os.path.relpath(path, root).replace(os.sep, "/")
            found.append((relative, frame.lineno or 0))
    return found


if __name__ == "__main__":
    folder = os.path.realpath(sys.argv[1])
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    json.dump([*_import_all(folder, sys.argv[2:])], sys.stdout)
