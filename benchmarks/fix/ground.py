"""The folder in which projects, trees and results lie."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.fix.code import Checkout
from benchmarks.fix.projects import Project
from benchmarks.fix.suite import Outcome, run_suite

_SHOWN = 12


class Ground:
    """What lies in the folder for one project.

    Args:
        folder: the folder.
        project: the project.
    """

    def __init__(self, folder: Path, project: Project) -> None:
        self.folder = folder.resolve()
        self.project = project
        self.python = self.folder / "venv" / "bin" / "python"

    def tree(self, name: str) -> Checkout:
        """Return one of the trees."""
        return Checkout(self.project, self.folder / "trees" / self.project.name / name)

    def copied(self, source: str, name: str) -> Checkout:
        """Return a fresh copy of a tree."""
        target = self.tree(name).root
        shutil.rmtree(target, ignore_errors=True)
        ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(self.tree(source).root, target, ignore=ignored, symlinks=True)
        return self.tree(name)

    def lost_tests(self, what: str, checkout: Checkout) -> int:
        """Run the tests in a tree; say and return how many passed before and do not here."""
        outcome = run_suite(checkout, self.python)
        lost = outcome.lost(self.before())
        print(f"{self.project.name}, {what}: {len(outcome.passed)} tests pass, {len(lost)} lost")
        for name in lost[:_SHOWN]:
            print(f"    {name}: {outcome.failed.get(name, 'not run')}")
        print("" if outcome.passed else outcome.said, end="", flush=True)
        return len(lost)

    def before(self) -> Outcome:
        """Return how the tests ended before anything was changed."""
        said = json.loads((self.tree("original").root.parent / "before.json").read_text())
        return Outcome(frozenset(said["passed"]), {}, "")

    def note(self, name: str, text: str) -> None:
        """Keep a text beside the trees."""
        (self.tree("original").root.parent / f"{name}.txt").write_text(text)
