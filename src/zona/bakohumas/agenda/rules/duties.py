"""The arithmetic of duties: deadlines, reminders, risks, which item tells of which event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

RISKS = ("low", "medium", "high")  # in this order


REMIND_BEFORE = dt.timedelta(hours=3)


LONG_LATE = dt.timedelta(days=14)  # such duties no longer stand among those of today


def due_at(ends_at: dt.datetime, hours: int) -> dt.datetime:
    """Until when the package of an event is to be published."""
    return ends_at + dt.timedelta(hours=hours)


def needs_reminder(now: dt.datetime, due: dt.datetime, reminded: dt.datetime | None) -> str:
    """Which reminder is due: "soon" once before, "late" once after; "" when none."""
    if now >= due:
        return "late" if reminded is None or reminded < due else ""
    return "soon" if reminded is None and now >= due - REMIND_BEFORE else ""


def highest_risk(risks: Iterable[str]) -> str:
    """The gravest of the risks; low when there are none."""
    return max(risks, key=RISKS.index, default=RISKS[0])


def likeness(item: str, item_day: dt.date, event: str, event_day: dt.date) -> float:
    """How likely an item tells of an event, 0 to 1: shared words, less for each day between.

    An item cannot tell of what happens after its day; 14 days later nobody links by guess.
    """
    gap = (item_day - event_day).days
    if not 0 <= gap <= 14:
        return 0.0
    ours, theirs = _words(item), _words(event)
    if not ours or not theirs:
        return 0.0
    return len(ours & theirs) / min(len(ours), len(theirs)) * (1 - gap / 28)


def _words(text: str) -> set[str]:
    return {word for word in WORD.findall(text.casefold()) if word not in COMMON}


WORD = re.compile(r"\w{3,}")


COMMON = frozenset({
    "kpu", "komisi", "pemilihan", "umum", "kabupaten", "kota", "provinsi", "dan", "yang", "untuk",
    "dengan", "dalam", "pada", "dari", "tahun", "kegiatan", "rapat", "ikuti", "hadiri", "gelar",
})  # fmt: skip
