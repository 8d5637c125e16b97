"""Source trees kept as text, so that no linter takes them for code of ours."""

from __future__ import annotations

import re
from pathlib import Path

_FOLDER = Path(__file__).parent
_SEPARATOR = re.compile(r"^=== (\S+)\n", re.MULTILINE)


def load(name: str) -> dict[str, str]:
    """Return the files of a tree, path → text; each follows a line `=== path`."""
    _, *parts = _SEPARATOR.split(_read(f"{name}.txt"))
    return {
        path: text.removesuffix("\n") for path, text in zip(parts[::2], parts[1::2], strict=True)
    }


def expected(name: str) -> list[str]:
    """Return the violations that a tree holds, sorted."""
    return sorted(_read(f"{name}.expected.txt").splitlines())


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
