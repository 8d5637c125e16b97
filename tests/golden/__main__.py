"""Writes the golden files anew."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests import golden


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        project, into = Path(name) / "project", Path(name) / "reports"
        into.mkdir()
        golden.write_project(project)
        for run in golden.RUNS.values():
            _, found = golden.report(run, project, into, {})
            for file, text in found.items():
                (golden.FOLDER / file).write_text(text, encoding="utf-8")
        (golden.FOLDER / golden.COLOURED).write_text(golden.coloured(project), encoding="utf-8")


if __name__ == "__main__":
    main()
