"""Starts `linter-ext`; `python -m linter_ext` is the same."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command. An interrupt ends it without a traceback while it is still loaded, too."""
    try:
        from linter_ext.cli.main import main as command  # noqa: PLC0415
        from linter_ext.cli.quick_exit import quick_exit  # noqa: PLC0415
    except KeyboardInterrupt:
        from linter_ext.cli.exit_status import ExitStatus  # noqa: PLC0415

        sys.stderr.write("\nInterrupted.\n")
        sys.exit(ExitStatus.INTERRUPTED)
    try:
        command(prog_name="linter-ext")
    except SystemExit as end:
        quick_exit(end)


if __name__ == "__main__":
    main()
