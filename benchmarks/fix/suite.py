"""The tests of a project, run against a checkout."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from benchmarks.fix.code import Checkout

_TIMEOUT = 400
_QUIET = ("-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--continue-on-collection-errors")
# Shims warn; a project that makes errors of warnings would see nothing else.
_SHIMS = ("-W", "ignore:moved module:DeprecationWarning")


class Outcome(NamedTuple):
    """What a run of the tests gave.

    Attributes:
        passed: the tests that passed.
        failed: those that did not, with the first line of what they said.
        said:   the end of what pytest wrote.
    """

    passed: frozenset[str]
    failed: dict[str, str]
    said: str

    def lost(self, before: Outcome) -> list[str]:
        """Return the tests that passed before and do not pass here."""
        return sorted(before.passed - self.passed)


def run_suite(checkout: Checkout, python: Path) -> Outcome:
    """Run the tests of the project with this Python."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(python), "-m", "pytest", *_QUIET, *_SHIMS, f"--junitxml={report}"]
        environment = {
            **{key: text for key, text in os.environ.items() if key != "PYTHONPYCACHEPREFIX"},
            "PYTHONPATH": str(checkout.base),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        try:
            done = subprocess.run(
                [*command, *checkout.project.tests],
                cwd=checkout.root,
                env=environment,
                capture_output=True,
                text=True,
                timeout=_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Outcome(frozenset(), {}, f"no end within {_TIMEOUT} seconds")
        if not report.exists():
            return Outcome(frozenset(), {}, (done.stdout + done.stderr)[-3000:])
        return _read(report, str(checkout.root), done.stdout[-3000:])


def _read(report: Path, root: str, said: str) -> Outcome:
    passed, failed = set(), {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}".replace(root, "")
        problem = next((item for item in case if item.tag in {"failure", "error"}), None)
        if problem is not None:
            failed[name] = (problem.get("message") or "").strip().partition("\n")[0][:300]
        elif not any(item.tag == "skipped" for item in case):
            passed.add(name)
    return Outcome(frozenset(passed - failed.keys()), failed, said)
