"""Calendars of other programs (iCalendar, RFC 5545) as plain entries, one by one.

Runs in the process that reads (`zona.ground.files.reader.engine`). An entry that cannot be used
carries the code of its problem; the sentences stand in `zona.bakohumas.agenda.exchange.calendars`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
import time
import zoneinfo
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from zona.ground.files.reader import limits
from zona.ground.files.reader.limits import Unreadable, check

from . import agenda as rules

BACK, AHEAD = dt.timedelta(days=31), dt.timedelta(days=366)  # in which repeats are expanded
MOST_REPEATS = rules.MOST_REPEATS * 5  # of one event
LONGEST = dt.timedelta(days=62)
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
PATIENCE = 10.0  # seconds for all repeats of a file
# What icalendar and dateutil raise at values that other programs wrote wrong.
WRONG = (ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError)
TAG = re.compile(r"</?(?:p|br|b|i|u|a|ul|ol|li|div|span|strong|em|html-blob|font)\b[^<>]{0,500}>",
                 re.IGNORECASE)  # fmt: skip
BREAKING = ("p", "br", "li", "div", "ul", "ol")
Moment = dt.datetime | dt.date
Tell = Callable[[float], None]


@dataclass
class Entry:
    """One event at one time. Moments are ISO 8601 with the office's zone; notes are codes."""

    number: int
    title: str = ""
    place: str = ""
    summary: str = ""
    is_cancelled: bool = False
    is_closed: bool = False
    is_all_day: bool = False
    starts_at: str = ""
    ends_at: str = ""
    uid: str = ""
    series: str = ""
    problem: str = ""
    notes: list[str] = field(default_factory=list)


def read_calendar(path: Path, tell: Tell, zone: str, today: str) -> list[dict[str, Any]]:
    """The entries of a calendar, repeats expanded from a month ago until a year ahead.

    zone: of what says none. today: ISO 8601. Raises TooMuch, Unreadable.
    """
    content = path.read_bytes()
    count_lines(content)
    try:
        components: list[Any] = [
            part
            for calendar in Calendar.from_ical(content, multiple=True)
            for part in calendar.walk("VEVENT")
        ]
    except WRONG as error:
        raise Unreadable("calendar", type(error).__name__) from error
    reader = _Reader(zoneinfo.ZoneInfo(zone), dt.date.fromisoformat(today), components)
    entries: list[Entry] = []
    for number, component in enumerate(components, 1):
        tell(number / len(components))
        entries += reader.read(number, component)
        check("events", limits.EVENTS, len(entries))
    _tell_apart(entries)
    return [asdict(entry) for entry in entries]


def count_lines(content: bytes) -> None:
    """Go through the lines before anything is built from them. Raises TooMuch, Unreadable."""
    events = depth = length = 0
    for line in content.splitlines():
        if line[:1] in (b" ", b"\t"):
            length += len(line)
        else:
            length = len(line)
            word = line[:20].upper().rstrip()
            if word.startswith(b"BEGIN:"):
                depth += 1
                events += word == b"BEGIN:VEVENT"
            elif word.startswith(b"END:"):
                depth -= 1
        check("depth", limits.CALENDAR_DEPTH, depth)
        check("events", limits.EVENTS, events)
        check("line_length", limits.LINE_LENGTH, length)
    if depth > 0:
        raise Unreadable("cut")


class _Reader:
    """Reads the components of one file; seconds for repeats are counted over all of them."""

    def __init__(self, zone: zoneinfo.ZoneInfo, today: dt.date, components: list[Any]) -> None:
        self.zone, self.today, self.left = zone, today, PATIENCE
        self.moved: dict[str, set[dt.datetime]] = {}
        for component in components:
            own = _moment(component, "RECURRENCE-ID")
            if own is not None:
                self.moved.setdefault(_said(component, "UID"), set()).add(self.local(own))

    def read(self, number: int, component: Any) -> list[Entry]:
        entry = Entry(number, title=" ".join(_said(component, "SUMMARY").split()))
        entry.place = " ".join(_said(component, "LOCATION").split())
        entry.summary, is_html = plain(_said(component, "DESCRIPTION"))
        if is_html:
            entry.notes.append("html")
        entry.is_cancelled = _said(component, "STATUS").upper() == "CANCELLED"
        entry.is_closed = (_said(component, "CLASS") or "PUBLIC").upper() != "PUBLIC"
        try:
            start, length = _times(component, entry)
        except WRONG:
            entry.problem = "start"
            return [entry]
        entry.is_all_day = not isinstance(start, dt.datetime)
        uid = _said(component, "UID") or f"ics-{digest(f'{start}|{entry.title}')}"
        if "RECURRENCE-ID" in component:
            own = _moment(component, "RECURRENCE-ID")
            if own is None:
                entry.problem = "recurrence"
                return [entry]
            return [self.placed(entry, start, length, self.occurrence(uid, own), uid)]
        if "RRULE" not in component and "RDATE" not in component:
            return [self.placed(entry, start, length, short(uid), "")]
        try:
            starts = self.repeats(component, start)
            if len(starts) > MOST_REPEATS:
                entry.notes.append("repeats_cut")
        except WRONG:
            entry.problem = "repeats"
            return [entry]
        if not starts:
            entry.problem = "outside"
            return [entry]
        taken = self.moved.get(uid, set())
        return [
            self.placed(_copy(entry), value, length, self.occurrence(uid, value), uid)
            for value in starts[:MOST_REPEATS]
            if self.local(value) not in taken
        ]

    def local(self, value: Moment) -> dt.datetime:
        """A moment by the office's clock; what has no zone is meant there."""
        if not isinstance(value, dt.datetime):
            return dt.datetime.combine(value, dt.time(0), tzinfo=self.zone)
        return (
            value.replace(tzinfo=self.zone) if value.tzinfo is None else value.astimezone(self.zone)
        )

    def occurrence(self, uid: str, value: Moment) -> str:
        return short(f"{uid}/{self.local(value):%Y%m%dT%H%M}")

    def placed(
        self, entry: Entry, start: Moment, length: dt.timedelta, uid: str, series: str
    ) -> Entry:
        entry.uid, entry.series = uid, series
        try:
            starts = self.local(start)
            ends = starts + length
        except (ValueError, OverflowError):
            entry.problem = "day"
            return entry
        entry.starts_at, entry.ends_at = starts.isoformat(), ends.isoformat()
        if length < dt.timedelta(0):
            entry.problem = "backwards"
        elif length > LONGEST:
            entry.problem = "long"
        elif not 2000 <= starts.year <= 2100:
            entry.problem = "day"
        return entry

    def repeats(self, component: Any, start: Moment) -> list[Moment]:
        """All beginnings within the window. Raises ValueError for rules that cannot be followed."""
        zone = start.tzinfo if isinstance(start, dt.datetime) else None
        first = dt.datetime.combine(self.today, dt.time(0))
        found = {_naive(start, zone), *self._extra(component, zone)}
        if "RRULE" in component:
            found |= set(self._ruled(component["RRULE"], start, zone, first))
            found = {value for value in found if first - BACK <= value <= first + AHEAD}
        days, moments = self._excluded(component, zone)
        kept = sorted(value for value in found if value not in moments and value.date() not in days)
        if zone is not None:
            return [value.replace(tzinfo=zone) for value in kept]
        return list(kept) if isinstance(start, dt.datetime) else [value.date() for value in kept]

    def _ruled(
        self, rule: Any, start: Moment, zone: dt.tzinfo | None, first: dt.datetime
    ) -> list[dt.datetime]:
        if isinstance(rule, list) or start.year < 1990:
            raise ValueError("more than one rule, or too old")
        if {str(value).upper() for value in rule.get("FREQ", [])} - FREQUENCIES:
            raise ValueError("too often")
        if {"BYHOUR", "BYMINUTE", "BYSECOND"} & rule.keys() or self.left <= 0:
            raise ValueError("several times a day, or too much to count")
        naive = _naive(start, zone)
        until = min([_naive(value, zone) for value in rule.get("UNTIL", [])] + [first + AHEAD])
        if until < naive:
            return [naive]
        plain_rule = {key: value for key, value in rule.items() if key != "UNTIL"}
        text = type(rule)(plain_rule).to_ical().decode()
        if "COUNT" not in plain_rule:
            text += f";UNTIL={until:%Y%m%dT%H%M%S}"
        began = time.monotonic()
        found = rrulestr(text, dtstart=naive).between(first - BACK, until, inc=True)
        self.left -= time.monotonic() - began
        return list(found)

    def _extra(self, component: Any, zone: dt.tzinfo | None) -> set[dt.datetime]:
        """Dates that a rule does not give (RFC 5545, 3.8.5.2); of a period its beginning."""
        return {
            _naive(value.dt[0] if isinstance(value.dt, tuple) else value.dt, zone)
            for group in _list(component.get("RDATE"))
            for value in group.dts
        }

    def _excluded(
        self, component: Any, zone: dt.tzinfo | None
    ) -> tuple[set[dt.date], set[dt.datetime]]:
        """Whole days and moments that are cancelled; some programs name the day alone."""
        values = [value.dt for group in _list(component.get("EXDATE")) for value in group.dts]
        moments = {_naive(value, zone) for value in values if isinstance(value, dt.datetime)}
        return {value for value in values if not isinstance(value, dt.datetime)}, moments


def plain(text: str) -> tuple[str, bool]:
    """A description as text, and whether it was HTML, as Google writes it."""
    text = text[: limits.CELL_LENGTH * 4]
    if not TAG.search(text):
        return text.strip(), False

    def replaced(match: re.Match[str]) -> str:
        name = match[0].strip("</>").split()[0].casefold()
        link = re.search(r'href="(https?://[^"\s]{3,300})"', match[0])
        if link:
            return f"{link[1]} "
        return "\n" if name in BREAKING else ""

    lines = html.unescape(TAG.sub(replaced, text)).replace("\u00a0", " ").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip()), True


def short(uid: str) -> str:
    return uid if len(uid) <= 200 else f"ics-{digest(uid)}"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _times(component: Any, entry: Entry) -> tuple[Moment, dt.timedelta]:
    if isinstance(component.get("DTSTART"), list):
        if len({value.dt for value in component["DTSTART"]}) > 1:
            raise ValueError("two beginnings")
        start = component["DTSTART"][0].dt
    else:
        start = component.decoded("DTSTART")
    if not isinstance(start, dt.date):
        raise TypeError("no moment")
    usual = rules.USUAL_LENGTH if isinstance(start, dt.datetime) else dt.timedelta(days=1)
    if "DTEND" in component:
        end = component.decoded("DTEND")
        if isinstance(start, dt.datetime) != isinstance(end, dt.datetime):
            raise TypeError("a day and a moment")
        return start, end - start
    if "DURATION" in component:
        length = component.decoded("DURATION")
        if not isinstance(length, dt.timedelta):
            raise TypeError("no length")
        return start, length
    entry.notes.append("length")
    return start, usual


def _tell_apart(entries: list[Entry]) -> None:
    """Give entries of one UID keys of their own: some programs use one for all."""
    seen: set[str] = set()
    for entry in entries:
        if entry.uid and entry.uid in seen:
            entry.uid = short(f"{entry.uid}/{digest(f'{entry.starts_at}|{entry.title}')}")
            entry.notes.append("same_uid")
            if entry.uid in seen:
                entry.problem = entry.problem or "twice"
        seen.add(entry.uid)


def _copy(entry: Entry) -> Entry:
    return Entry(**(asdict(entry) | {"notes": list(entry.notes)}))


def _said(component: Any, name: str) -> str:
    """The text of a property; the first of several."""
    value = component.get(name, "")
    return str(value[0] if isinstance(value, list) and value else value or "")


def _moment(component: Any, name: str) -> Moment | None:
    if name not in component:
        return None
    try:
        value = component.decoded(name)
    except WRONG:
        return None
    return value if isinstance(value, dt.date) else None


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _naive(value: Moment, zone: dt.tzinfo | None) -> dt.datetime:
    """A value of the rule by the clock of the event itself."""
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time(23, 59, 59) if zone else dt.time(0))
    if value.tzinfo is not None and zone is not None:
        value = value.astimezone(zone)
    return value.replace(tzinfo=None)
