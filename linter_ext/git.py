"""Asks git. Nothing else starts it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from linter_ext.errors import LinterExtError

_TIMEOUT = 60
_FATAL = ("fatal: ", "error: ")


class GitError(LinterExtError):
    """Git is not there, or does not do what it is asked for: why, in one line, as it says."""


def find_top(folder: Path) -> Path:
    """Return the topmost folder of the working tree that a folder lies in.

    A hook may be told its repository, and git then takes any folder for the topmost one. It is
    found by its place, and by what the hook is told only where it is kept elsewhere.

    Raises:
        GitError: if there is none.
    """
    command = ("rev-parse", "--show-toplevel")
    try:
        found = ask_git(folder, *command, forgotten=("GIT_DIR", "GIT_WORK_TREE"))
    except GitError:
        found = ask_git(folder, *command)
    return Path(os.fsdecode(found.rstrip(b"\n")))


def ask_git(
    folder: Path, *arguments: str, text: bytes = b"", forgotten: Sequence[str] = ()
) -> bytes:
    """Return what a git command prints.

    Args:
        folder:    where it is run.
        arguments: the command, without `git`. Paths in it are no patterns.
        text:      its standard input.
        forgotten: variables of the environment that it does not see.

    Raises:
        GitError: if it fails.
    """
    # Git refreshes its index on the way, and must not get in the way of whoever holds it.
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1"}
    for name in forgotten:
        environment.pop(name, None)
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=environment,
            input=text,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT,
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise GitError(f"git cannot be run: {error}") from error
    if done.returncode:
        raise GitError(_reason(done.stderr.decode("utf-8", "replace"), done.returncode))
    return done.stdout


def _reason(errors: str, status: int) -> str:
    """Return the first line that says what went wrong, as part of a sentence."""
    for line in errors.splitlines():
        if line.startswith(_FATAL):
            return line.partition(": ")[2].rstrip(".")
    return f"git ends with status {status}"
