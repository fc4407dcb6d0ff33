"""When weekly letters are due."""

from __future__ import annotations

import datetime as dt


def is_letter_due(local: dt.datetime, last_week: dt.date | None) -> bool:
    """Whether the weekly letter is due: Monday from 07.30 office time, once a week."""
    if local.weekday() != 0 or local.time() < dt.time(7, 30):
        return False
    return last_week is None or last_week < local.date()
