"""The date of a run: the one thing that it takes from no file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from linter_ext.errors import ConfigurationError, Problem

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable that says what time a run takes it to be, for all who build things twice."""


def today(environment: Mapping[str, str]) -> datetime.date:
    """Return the date, the same for all who look at the same moment: UTC.

    Args:
        environment: the process's variables; `SOURCE_DATE_EPOCH`, in seconds since 1970, takes
            the place of the clock.

    Raises:
        ConfigurationError: if what the variable says is no time.
    """
    given = environment.get(EPOCH, "").strip()
    if not given:
        return datetime.datetime.now(datetime.UTC).date()
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        remedy = "give the seconds since 1970-01-01, or unset the variable"
        problem = Problem(f"'{given}' is no time", remedy, key=EPOCH)
        raise ConfigurationError([problem]) from error
