"""The installed commands, run as users run them: real processes, real pipes, real terminals."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from tests.front_ends import Outcome

_SCRIPTS = Path(sysconfig.get_path("scripts"))
_TIMEOUT = 60


def linter_ext(
    root: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Outcome:
    """Run the command `linter-ext`."""
    return run(root, str(_SCRIPTS / "linter-ext"), *arguments, environment=environment)


def flake8(
    root: Path,
    *arguments: str,
    text: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Run the command `flake8`; `text` is its standard input."""
    command = str(_SCRIPTS / "flake8")
    return run(root, command, *arguments, text=text, environment=environment)


def lint_imports(
    root: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Outcome:
    """Run the command `lint-imports`."""
    command = [str(_SCRIPTS / "lint-imports"), "--no-cache", "--no-logo"]
    return run(root, *command, *arguments, environment=environment)


def python(root: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Outcome:
    """Run this very Python."""
    return run(root, sys.executable, *arguments, environment=environment)


def run(
    root: Path,
    *command: str,
    text: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Run a command in the folder; fail if it shows a traceback."""
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, **(environment or {})},
        input=None if text is None else text.encode(),
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        timeout=_TIMEOUT,
        check=False,
    )
    output, errors = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in output + errors, output + errors
    return Outcome(done.returncode, output, errors)
