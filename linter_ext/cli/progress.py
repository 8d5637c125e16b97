"""Shows how far a long run is."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import click

_LONG_RUN = 500


def track(files: Sequence[str], label: str) -> Iterable[str]:
    """Go through the files, with a progress bar on a terminal if it may take long."""
    if len(files) < _LONG_RUN or not sys.stderr.isatty():
        yield from files
        return
    with click.progressbar(files, label=label, file=sys.stderr) as bar:
        yield from bar
