"""What pytest itself collects, told by pytest: real sessions, each in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import processes

_SCRIPT = """
import contextlib, io, json, os, sys
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
import pytest
import _pytest.doctest, _pytest.junitxml, _pytest.pytester, unittest.mock

class Recorder:
    def __init__(self):
        self.outcomes = {}

    def pytest_collectreport(self, report):
        name = report.nodeid.partition("::")[0]
        if name.endswith(".py") or report.failed:
            failed = report.failed or self.outcomes.get(name) == "failed"
            self.outcomes[name] = "failed" if failed else "passed"

def session(root):
    os.chdir(root)
    sys.path = [path for path in sys.path if path not in ("", os.getcwd())]
    sys.path += [root, os.path.join(root, "src")]
    sys.dont_write_bytecode = True
    recorder = Recorder()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        status = pytest.main(["--collect-only", "-pno:cacheprovider"], plugins=[recorder])
    return {"status": int(status), "outcomes": recorder.outcomes}

def in_child(root):
    reading, writing = os.pipe()
    if os.fork() == 0:
        try:
            found = session(root)
        except BaseException as error:
            found = {"status": repr(error), "outcomes": {}}
        with os.fdopen(writing, "w") as stream:
            json.dump(found, stream)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        found = json.load(stream)
    os.wait()
    return found

print(json.dumps([in_child(root) for root in sys.argv[1:]]))
"""
_BATCH = 15
_USAGE_ERRORS = (3, 4)
"""pytest's exit statuses for what stops a session before it collects anything."""


@dataclass(frozen=True, slots=True)
class Session:
    """What came of `pytest --collect-only`.

    Attributes:
        has_begun: whether anything was collected at all.
        collected: the test files that could be collected.
        failed:    the test files, and folders, that could not.
    """

    has_begun: bool
    collected: frozenset[str]
    failed: frozenset[str]

    def fails(self, path: str) -> bool:
        """Return whether pytest could not collect a test file."""
        return not self.has_begun or any(
            path == item or path.startswith(f"{item}/") for item in self.failed
        )


def sessions(place: Path, roots: Sequence[Path]) -> list[Session]:
    """Collect in each folder, with its packages and those in `src` on the import path.

    Args:
        place: a folder to start the processes in.
        roots: the folders.
    """
    found: list[Session] = []
    for start in range(0, len(roots), _BATCH):
        batch = map(str, roots[start : start + _BATCH])
        outcome = processes.python(place, "-c", _SCRIPT, *batch)
        found.extend(map(_session, json.loads(outcome.output)))
    return found


def _session(found: dict[str, object]) -> Session:
    status, outcomes = found["status"], found["outcomes"]
    assert isinstance(status, int), status
    assert isinstance(outcomes, dict)
    return Session(
        status not in _USAGE_ERRORS,
        frozenset(path for path, outcome in outcomes.items() if outcome == "passed"),
        frozenset(path for path, outcome in outcomes.items() if outcome == "failed"),
    )
