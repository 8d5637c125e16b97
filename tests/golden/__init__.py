"""What each reporter writes of one small project that breaks every rule.

`python -m tests.golden` writes the files anew; read the difference before you commit it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import processes
from tests.front_ends import Outcome, write

FOLDER = Path(__file__).parent
_SEPARATOR = re.compile(r"^=== (\S+)\n", re.MULTILINE)
_OF_A_VERSION = re.compile(
    r"""("semanticVersion":[ ]
        |"fullDescription":[ ]{\s+"text":[ ]
        |"help":[ ]{\s+"text":[ ]
        |"markdown":[ ])
        "(?:[^"\\]|\\.)*\"""",
    re.VERBOSE,
)
_NOT_UTF_8 = {"shop/latin.py": b"name = 'caf\xe9'\n"}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `linter-ext check`.

    Attributes:
        options: what it is called with, but for where to report to.
        formats: the golden files, each with its format.
    """

    options: Sequence[str]
    formats: Mapping[str, str]


RUNS = {
    "all formats": Run(
        (),
        {
            "text.txt": "text",
            "concise.txt": "concise",
            "report.json": "json",
            "report.sarif": "sarif",
            "github.txt": "github",
            "gitlab.json": "gitlab",
            "junit.xml": "junit",
            "markdown.md": "markdown",
        },
    ),
    "by cause": Run(
        ("--group-by=cause", "--statistics", "--max-violations=5"),
        {"causes.txt": "text", "causes.json": "json", "causes.md": "markdown"},
    ),
    "by contract": Run(("--group-by=contract", "--quiet"), {"contracts.txt": "text"}),
    "test files": Run(
        ("--uncollectable",),
        {"uncollectable.txt": "text", "uncollectable.json": "json", "uncollectable.md": "markdown"},
    ),
}
COLOURED = "coloured.txt"
"""Text by file on standard output, where colours are asked for."""


def write_project(root: Path) -> None:
    """Write the project."""
    write(root, {**_project(), **_NOT_UTF_8})


def _project() -> dict[str, str]:
    _, *parts = _SEPARATOR.split(expected("project.txt"))
    return {
        path: text.removesuffix("\n") for path, text in zip(parts[::2], parts[1::2], strict=True)
    }


def report(
    run: Run, working_directory: Path, into: Path, environment: Mapping[str, str]
) -> tuple[Outcome, dict[str, str]]:
    """Run the command in a child process; return how it ends, and what is in each file.

    Args:
        run:               what to run.
        working_directory: the project or a folder of it.
        into:              where the files are written.
        environment:       what else is in the environment.
    """
    outputs = [f"--output={name}={into / file}" for file, name in run.formats.items()]
    outcome = processes.linter_ext(
        working_directory, "check", *run.options, *outputs, environment=environment
    )
    return outcome, {
        file: without_version((into / file).read_text(encoding="utf-8")) for file in run.formats
    }


def coloured(working_directory: Path) -> str:
    """Return what a child process prints in colours."""
    return processes.linter_ext(
        working_directory,
        *("check", "--group-by=file"),
        environment={"FORCE_COLOR": "1", "NO_COLOR": "", "PYTHONIOENCODING": "utf-8"},
    ).output


def expected(file: str) -> str:
    """Return what a golden file holds."""
    return (FOLDER / file).read_text(encoding="utf-8")


def without_version(text: str) -> str:
    """Return a report without the version that wrote it, and without the pages of the codes."""
    return _OF_A_VERSION.sub(r'\1"…"', text)
