"""A day with its time, and the numbers that spreadsheets keep for them."""

from __future__ import annotations

import datetime as dt
import re

from .dates import LAST_YEAR, read_plain_day, say_date
from .text import Unreadable, plain_of
from .times import Clock, read_clock, say_time

_TIME_BEHIND = re.compile(
    r"(?<=[0-9])(?:t(?=[0-9])|,? (?=(?:pukul|jam|pkl|pk)\b)"
    r"|,? (?=[0-9]{1,2}(?:[.:][0-9]{2}|$| [a-z])))"
)


def read_when(text: str) -> tuple[dt.date, Clock | None]:
    """A day, and the time where one stands behind it: "21-8-2025 09:00". Raises Unreadable.

    The offset of an ISO time ("+07:00") is refused: a person types no such thing.
    """
    plain = plain_of(text)
    for cut in _TIME_BEHIND.finditer(plain):
        try:
            clock = read_clock(plain[cut.end() :])
            day = read_plain_day(plain[: cut.start()])
        except Unreadable as unreadable:
            if unreadable.code in {"wrong_weekday", "part_of_day", "no_such_day", "month_first"}:
                raise
            continue
        return day, clock
    return read_plain_day(plain), None


def read_moment(text: str) -> dt.datetime:
    """Naive: "31 Desember 2026, 09.30", "31/12/2026 pukul 9"; 24.00 is the next day's beginning.

    Raises Unreadable, also where the time is missing: at what hour, nobody can guess.
    """
    day, clock = read_when(text)
    if clock is None:
        raise Unreadable("time_missing")
    return moment_of(day, clock)


def moment_of(day: dt.date, clock: Clock) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(0)) + dt.timedelta(
        hours=clock.hour, minutes=clock.minute
    )


def say_moment(moment: dt.datetime) -> str:
    """31 Desember 2026, 09.30"""
    return f"{say_date(moment.date())}, {say_time(moment.time())}"


SERIALS = range(20_000, 80_000)  # days since 30 December 1899: 1954 to 2119


def read_serial(text: str) -> dt.datetime | None:
    """The day that a spreadsheet keeps as a number: "45890", "45890.375"; None for all else."""
    match = re.fullmatch(r"([0-9]{5})(?:[.,]([0-9]{1,12}))?", text.strip())
    if not match or int(match[1]) not in SERIALS:
        return None
    minutes = round(float(f"0.{match[2] or 0}") * 24 * 60)
    epoch = dt.datetime.combine(dt.date(1899, 12, 30), dt.time(0))
    found = epoch + dt.timedelta(days=int(match[1]), minutes=minutes)
    return found if found.year <= LAST_YEAR else None
