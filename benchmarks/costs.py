"""What commands cost."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost, in seconds."""

    wall: float
    cpu: float


def measured(command: Sequence[str], folder: Path, text: str = "") -> Cost:
    """Run a command in a folder, `text` on its standard input, and return what it cost."""
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(wall, cpu)
