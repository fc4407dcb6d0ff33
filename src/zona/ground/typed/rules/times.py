"""Times of the day: 09.00, 9.3, pukul 9, 9:00 AM, 09.00 s.d. selesai."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from .text import Unreadable, plain_of

ZONES = ("WIB", "WITA", "WIT")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day as written: hour 24 is the end of the day, `zone` is "" where none is."""

    hour: int
    minute: int = 0
    zone: str = ""

    def time(self) -> dt.time:
        """Raises Unreadable for 24.00, which is no time of this day."""
        if self.hour == 24:
            raise Unreadable("midnight")
        return dt.time(self.hour, self.minute)


@dataclass(frozen=True, slots=True)
class Times:
    """From when to when; the end may be 24.00."""

    start: dt.time
    end: Clock | None = None
    zone: str = ""


_CLOCK = (
    r"(?:(?:pukul|jam|pkl|pk|at)\.? ?:? ?)?"
    r"(?:([0-9]{1,2})(?: ?([.:,]) ?([0-9]{1,2}))?(?:[.:][0-9]{2}(?:\.0{1,6})?)?"
    r"|([0-9]{2})([0-9]{2}))"
    r"(?: ?(a\.?m\.?|p\.?m\.?|pagi|siang|sore|petang|malam))?"
    r"(?: ?\(? ?(wib|wita|wit)\)?)?"
)
_ONE_TIME = re.compile(_CLOCK + r"\.?")
_UNTIL = re.compile(r" ?- ?| ?\bs ?[./]? ?d\b\.? ?| sampai(?: dengan)? | hingga ")
_DONE = re.compile(r"selesai|sls")
_FRACTION = re.compile(r"0[.,][0-9]{2,17}")


def read_time(text: str) -> dt.time:
    """ "09.00", "9.3", "pukul 9", "9:00 AM", "9 pagi", "0930"; raises Unreadable."""
    return read_clock(text).time()


def read_clock(text: str) -> Clock:
    """As read_time, with the zone written beside it, and 24.00. Raises Unreadable."""
    plain = plain_of(text)
    if not plain:
        raise Unreadable("no_time")
    match = _ONE_TIME.fullmatch(plain)
    if not match:
        raise Unreadable("no_time_form")
    hour, sep, minute, packed_hour, packed_minute, part, zone = match.groups()
    at = _of_day(int(hour or packed_hour), part or "")
    minutes = int(packed_minute) if packed_hour else _minute(minute, sep)
    if at > 24 or minutes > 59 or (at == 24 and minutes):
        raise Unreadable("no_such_time")
    return Clock(at, minutes, (zone or "").upper())


def _minute(digits: str | None, separator: str | None) -> int:
    """9.3 is half past nine: a spreadsheet drops the nought of 9.30; 9.03 keeps its own.

    Behind a colon no spreadsheet drops anything, so 9:3 is a slip that nobody can read.
    """
    if not digits:
        return 0
    if len(digits) == 2:
        return int(digits)
    if separator == ":":
        raise Unreadable("one_digit_minute")
    return int(digits) * 10


_PARTS_OF_DAY: Mapping[str, tuple[range, range]] = {
    # Hours that stay as they are | hours to which twelve is added.
    "pagi": (range(12), range(0)),
    "siang": (range(10, 17), range(1, 5)),
    "sore": (range(14, 20), range(2, 8)),
    "petang": (range(14, 20), range(2, 8)),
    "malam": (range(18, 24), range(6, 12)),
    "am": (range(12), range(0)),
    "pm": (range(12, 24), range(1, 12)),
}


def _of_day(hour: int, part: str) -> int:
    """The hour of 24. "12 malam" belongs to two days, "9 sore" to none."""
    part = part.replace(".", "")
    if not part:
        return hour
    stays, added = _PARTS_OF_DAY[part]
    if part == "am" and hour == 12:
        return 0
    if hour in stays or (part == "malam" and 1 <= hour <= 4):
        return hour
    if hour in added:
        return hour + 12
    raise Unreadable("part_of_day", part)


def read_times(text: str) -> Times | None:
    """ "09.00", "09.00-12.00 WIB", "pukul 9 s.d. selesai", "0,375" of a day; None when empty.

    Raises Unreadable.
    """
    plain = plain_of(text)
    if not plain:
        return None
    if _FRACTION.fullmatch(plain) and len(plain) > 4:
        return Times(_of_fraction(float(plain.replace(",", "."))))
    start, *rest = _UNTIL.split(plain, maxsplit=1)
    first = read_clock(start)
    last = read_end(rest[0]) if rest else None
    if last is None:
        return Times(first.time(), zone=first.zone)
    return Times(first.time(), last, last.zone or first.zone)


def read_end(text: str) -> Clock | None:
    """When something ends: "12.00", "24.00"; None for "" and "selesai". Raises Unreadable."""
    plain = plain_of(text).rstrip(".")
    return None if not plain or _DONE.fullmatch(plain) else read_clock(plain)


def _of_fraction(share: float) -> dt.time:
    minutes = round(share * 24 * 60) % (24 * 60)
    return dt.time(minutes // 60, minutes % 60)


def say_time(time: dt.time) -> str:
    """09.30"""
    return f"{time.hour:02}.{time.minute:02}"
