"""When what did not leave is tried again. Pure: plain values only."""

from __future__ import annotations

import datetime as dt

FIRST_WAIT = dt.timedelta(minutes=5)
LONGEST_WAIT = dt.timedelta(hours=6)


def wait_before(attempt: int) -> dt.timedelta:
    """How long to wait after the n-th failed attempt (from 1): twice as long each time."""
    return min(FIRST_WAIT * 2 ** min(max(attempt, 1) - 1, 12), LONGEST_WAIT)
