"""Working days and opening hours. Pure: no clock of its own, no database."""

from __future__ import annotations

import datetime as dt
import enum
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

MONDAY_TO_FRIDAY = frozenset(range(5))
"""The working days of government offices (Perpres 21/2023)."""

HORIZON = 400
"""Days looked ahead; an office closed for longer has no next opening."""

ONE_DAY = dt.timedelta(days=1)


class NoWorkingDay(ValueError):
    """The calendar has no working day within the horizon: it cannot be right."""


class HolidayNames(Protocol):
    """The name of the holiday on a day, or None; a `dict` of dates will do."""

    def get(self, day: dt.date, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class DayHours:
    """Opening hours of one day, local time. ValueError unless opens < break < closes."""

    opens: dt.time
    closes: dt.time
    break_starts: dt.time | None = None
    break_ends: dt.time | None = None

    def __post_init__(self) -> None:
        marks = [self.opens, self.break_starts, self.break_ends, self.closes]
        if (self.break_starts is None) != (self.break_ends is None):
            raise ValueError("a break needs both its start and its end")
        times = [mark for mark in marks if mark is not None]
        if any(later <= earlier for earlier, later in itertools.pairwise(times)):
            raise ValueError("hours must run: opens, break starts, break ends, closes")

    @property
    def periods(self) -> list[tuple[dt.time, dt.time]]:
        """The one or two stretches of the day in which the office serves."""
        if self.break_starts is None or self.break_ends is None:
            return [(self.opens, self.closes)]
        return [(self.opens, self.break_starts), (self.break_ends, self.closes)]


WeekHours: TypeAlias = Mapping[int, DayHours]
"""Hours by weekday, Monday = 0; a weekday that is absent is closed."""


@dataclass(frozen=True, slots=True)
class ClosedSpan:
    """Days, both ends included, on which one office alone is closed."""

    starts_on: dt.date
    ends_on: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which one office works."""

    holidays: HolidayNames
    closed: tuple[ClosedSpan, ...] = ()
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY

    def closure(self, day: dt.date) -> str | None:
        """Why the office itself is closed on a day; None when it is not."""
        return next((s.reason for s in self.closed if s.starts_on <= day <= s.ends_on), None)

    def day_off(self, day: dt.date) -> str | None:
        """The holiday or closure that falls on a day, by name."""
        return self.holidays.get(day) or self.closure(day)


class Reason(enum.Enum):
    """Why an office is as it is now."""

    OPEN = "open"
    BREAK = "break"
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    OUTSIDE_HOURS = "outside hours"
    HOURS_UNKNOWN = "hours unknown"


@dataclass(frozen=True, slots=True)
class OpeningState:
    """Open or not, why, until when, and when next. Moments are in the office's zone.

    `until` is the end of today's service while open (the break still ahead, if any, stands in
    `break_ahead`); `name` is the holiday's or the closure's.
    """

    reason: Reason
    until: dt.datetime | None = None
    break_ahead: tuple[dt.time, dt.time] | None = None
    next_opening: dt.datetime | None = None
    name: str = ""

    @property
    def is_open(self) -> bool:
        return self.reason is Reason.OPEN


def is_working_day(day: dt.date, calendar: Calendar) -> bool:
    """Whether the office works that day: a working weekday, no holiday, not closed."""
    return day.weekday() in calendar.weekdays and calendar.day_off(day) is None


def add_working_days(start: dt.date, n: int, calendar: Calendar) -> dt.date:
    """The n-th working day after `start`; `start` itself is day 0 and never counted.

    So statutory periods run: "sejak diterimanya" (UU 14/2008, articles 22 and 36). With n = 0 it is
    `start`, working day or not. ValueError for n < 0; NoWorkingDay for a calendar without any.
    """
    if n < 0:
        raise ValueError("working days are added, not taken away")
    day, barren = start, 0
    while n:
        day += ONE_DAY
        barren += 1
        if is_working_day(day, calendar):
            n, barren = n - 1, 0
        elif barren > HORIZON:
            raise NoWorkingDay(f"no working day in the {HORIZON} days before {day}")
    return day


def working_days_between(start: dt.date, end: dt.date, calendar: Calendar) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before.

    The inverse of add_working_days: working_days_between(d, add_working_days(d, n)) == n.
    """
    if end < start:
        return -working_days_between(end, start, calendar)
    span = range(1, (end - start).days + 1)
    return sum(is_working_day(start + i * ONE_DAY, calendar) for i in span)


def next_opening(
    moment: dt.datetime, hours: WeekHours, calendar: Calendar, zone: dt.tzinfo
) -> dt.datetime | None:
    """When the office opens next after an aware moment, the end of a break included.

    In the office's zone. None when it has no hours or stays closed beyond the horizon.
    """
    local = _localise(moment, zone)
    for opens, _closes in _periods_from(local.date(), hours, calendar, zone):
        if opens > local:
            return opens
    return None


def opening_state(
    moment: dt.datetime, hours: WeekHours, calendar: Calendar, zone: dt.tzinfo
) -> OpeningState:
    """Whether the office serves at an aware moment, with the reason and what comes next.

    It is open from the second it opens until just before the second it closes.
    """
    local = _localise(moment, zone)
    if not hours:
        return OpeningState(Reason.HOURS_UNKNOWN)
    day = local.date()
    upcoming = next_opening(moment, hours, calendar, zone)
    holiday = calendar.holidays.get(day)
    if holiday is not None:
        return OpeningState(Reason.HOLIDAY, next_opening=upcoming, name=holiday)
    closure = calendar.closure(day)
    if closure is not None:
        return OpeningState(Reason.CLOSURE, next_opening=upcoming, name=closure)
    today = hours.get(day.weekday())
    now = local.time()
    if today is None or not today.opens <= now < today.closes:
        return OpeningState(Reason.OUTSIDE_HOURS, next_opening=upcoming)
    if not any(opens <= now < closes for opens, closes in today.periods):
        return OpeningState(Reason.BREAK, next_opening=upcoming)
    break_ahead = None
    if today.break_starts is not None and today.break_ends is not None and now < today.break_starts:
        break_ahead = (today.break_starts, today.break_ends)
    until = dt.datetime.combine(day, today.closes, zone)
    return OpeningState(Reason.OPEN, until, break_ahead, upcoming)


def _localise(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    if moment.utcoffset() is None:
        raise ValueError("an opening needs an aware moment")
    return moment.astimezone(zone)


def _periods_from(
    first: dt.date, hours: WeekHours, calendar: Calendar, zone: dt.tzinfo
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    if not hours:
        return
    for ahead in range(HORIZON):
        day = first + ahead * ONE_DAY
        today = hours.get(day.weekday())
        if today is None or calendar.day_off(day) is not None:
            continue
        for opens, closes in today.periods:
            yield dt.datetime.combine(day, opens, zone), dt.datetime.combine(day, closes, zone)
