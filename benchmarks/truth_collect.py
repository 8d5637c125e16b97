"""Lets pytest collect a tree, and tells of each test file whether it could: a child process.

It reads `{"paths": [...], "options": [...]}` from standard input and writes `{"files": {path:
error or ""}, "conftest": path or null, "error": text, "aborted": text}` to standard output, both
JSON.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from typing import Any

import pytest

_CONFTEST = re.compile(r"ImportError while loading conftest '(.*)'")
_FINISHED = frozenset(
    {pytest.ExitCode.OK, pytest.ExitCode.INTERRUPTED, pytest.ExitCode.NO_TESTS_COLLECTED}
)


class Recorder:
    """Remembers how the collection of each file ended."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Take one collector's report."""
        path = report.nodeid.partition("::")[0]
        if path.endswith(".py") or report.failed:
            text = _last_error(str(report.longrepr)) if report.failed else ""
            self.files[path] = self.files.get(path, "") or text


def _last_error(text: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith("E ")]
    return (lines[-1] if lines else text)[-300:] or "?"


def main() -> None:
    """Answer one request."""
    request: dict[str, Any] = json.load(sys.stdin)
    sys.path[:0] = [*request["paths"], os.getcwd()]
    recorder, text = Recorder(), io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        status = pytest.main(
            [
                *("--collect-only", "-q", "-q", "-p", "no:cacheprovider", "-W", "ignore"),
                *("-o", "addopts=", "-o", "filterwarnings=", *request["options"]),
            ],
            plugins=[recorder],
        )
    output = text.getvalue()
    found = _CONFTEST.search(output)
    answer = {
        "files": recorder.files,
        "conftest": found and found.group(1),
        "error": _last_error(output) if found else "",
        "aborted": "" if status in _FINISHED else output[-2000:],
    }
    # A child of the harness always has a standard output.
    sys.__stdout__.write(json.dumps(answer))  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]
    os._exit(0)
