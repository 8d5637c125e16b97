"""`linter-ext fix` killed while it writes: every file is whole, and nothing stays behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.killed_fixes import KilledFixes

_KILLS = 15


@pytest.mark.skipif(os.name == "nt", reason="processes are not killed like that there")
def test_every_file_is_old_or_new_wherever_a_fix_is_killed(tmp_path: Path) -> None:
    with KilledFixes(tmp_path, seed=5) as fixes:
        kills = [fixes.kill() for _ in range(_KILLS)]
        last = fixes.finish()

    assert not [path for kill in kills for path in kill.torn]
    assert not any(kill.lasting for kill in kills)
    assert any(kill.is_amid for kill in kills)
    assert (last.fixed, last.torn, last.left, last.lasting) == (200, (), frozenset(), frozenset())
