"""Kills `linter-ext fix` at random moments, and counts what it leaves behind.

    python -m benchmarks.fix_kills [--kills N] [--seed N]

Each run is over 200 files. Most kills come at a random moment of the time it takes to write them,
the others at any moment before. Prints how many came where, the files that are neither old nor
new, and the drafts that were still there when a later run had written files.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.killed_fixes import KilledFixes


def main() -> None:
    """Kill and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        KilledFixes(Path(folder).resolve(), seed=options.seed) as fixes,
    ):
        kills = [fixes.kill() for _ in range(options.kills)]
        last = fixes.finish()
    print(f"kills                      {len(kills):6,}")
    print(f"  before a file was written{sum(not k.fixed and not k.is_amid for k in kills):6,}")
    print(f"  while files were written {sum(k.is_amid for k in kills):6,}")
    print(f"  after the last file      {sum(k.fixed > 0 and not k.is_amid for k in kills):6,}")
    print(f"kills that left a draft    {sum(bool(k.left) for k in kills):6,}")
    print(f"files neither old nor new  {sum(len(k.torn) for k in (*kills, last)):6,}")
    print(f"drafts a later run left    {sum(len(k.lasting) for k in (*kills, last)):6,}")
    print(f"files after the last run   {last.fixed:6,} fixed, {len(last.left)} drafts")


if __name__ == "__main__":
    main()
