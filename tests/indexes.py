"""Package indexes, which not every machine reaches."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_NEEDED = "hatchling"
"""What building our package takes."""


def reaches_an_index(folder: Path) -> bool:
    """Return whether pip can get what our package needs; what it gets goes into the folder."""
    options = ("--quiet", "--no-deps", "--retries=0", "--timeout=5", f"--dest={folder}")
    command = (sys.executable, "-m", "pip", "download", *options, _NEEDED)
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
