"""Real git repositories, whatever the machine's own git is configured to do."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tests import processes
from tests.front_ends import Outcome, write

_IDENTITY = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (("NAME", "A"), ("EMAIL", "a@example.org"))
}
ENVIRONMENT: Mapping[str, str] = {
    **_IDENTITY,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "3",
    "GIT_CONFIG_KEY_0": "init.defaultBranch",
    "GIT_CONFIG_VALUE_0": "main",
    "GIT_CONFIG_KEY_1": "protocol.file.allow",
    "GIT_CONFIG_VALUE_1": "always",
    "GIT_CONFIG_KEY_2": "core.excludesFile",
    "GIT_CONFIG_VALUE_2": os.devnull,
}


class Repository:
    """A git repository in a folder.

    Attributes:
        root: the folder.
    """

    def __init__(self, root: Path, files: Mapping[str, str | bytes] | None = None) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet")
        if files is not None:
            self.commit(files)

    def git(self, *arguments: str) -> str:
        """Run git; return what it prints. It must not fail."""
        outcome = self.try_git(*arguments)
        assert outcome.status == 0, outcome.output + outcome.errors
        return outcome.output.strip()

    def try_git(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Outcome:
        """Run git, which may fail."""
        found = {**ENVIRONMENT, **(environment or {})}
        return processes.run(self.root, "git", *arguments, environment=found)

    def stage(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files, or remove those that are None, and stage that."""
        write(self.root, {path: text for path, text in files.items() if text is not None})
        for path, text in files.items():
            if text is None:
                (self.root / path).unlink()
        self.git("add", "--all", "--", *files)

    def commit(self, files: Mapping[str, str | bytes | None]) -> str:
        """Stage files and commit them without hooks; return the commit's name."""
        self.stage(files)
        self.git("commit", "--quiet", "--no-verify", "--allow-empty", "--message", "A change")
        return self.git("rev-parse", "HEAD")
