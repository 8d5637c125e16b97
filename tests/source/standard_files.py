"""A sample of the standard library's files: real code of many hands."""

from __future__ import annotations

import sysconfig
from pathlib import Path

_ROOT = Path(sysconfig.get_path("stdlib"))
_OTHERS = {"site-packages", "test", "tests", "idle_test", "__pycache__"}
_SIZE = 150


def sample() -> dict[str, Path]:
    """Return every so many files, by their path below the library's folder."""
    files = sorted(
        path.relative_to(_ROOT).as_posix()
        for path in _ROOT.rglob("*.py")
        if _OTHERS.isdisjoint(path.relative_to(_ROOT).parts)
    )
    return {file: _ROOT / file for file in files[:: len(files) // _SIZE]}
