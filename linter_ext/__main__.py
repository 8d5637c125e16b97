"""`python -m linter_ext` is `linter-ext`."""

from __future__ import annotations

from linter_ext.cli.main import main

if __name__ == "__main__":
    main(prog_name="linter-ext")
