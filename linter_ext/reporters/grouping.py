"""What violations are reported under."""

from __future__ import annotations

from enum import StrEnum


class Grouping(StrEnum):
    """What violations are grouped by."""

    CAUSE = "cause"
    FILE = "file"
    CONTRACT = "contract"
