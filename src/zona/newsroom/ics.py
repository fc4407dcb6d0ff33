"""The agenda as iCalendar (RFC 5545): written for subscribers, read from other calendars."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Iterable
from typing import Any

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Component

from zona.offices.models import Office

from .importing import MOST, Row
from .models import Event, Visibility
from .rules import agenda as rules

PRODUCT = "-//KPU//Zona//ID"
CONTENT_TYPE = "text/calendar; charset=utf-8"
REFRESH = "PT1H"
BACK, AHEAD = dt.timedelta(days=31), dt.timedelta(days=366)  # in which repeats are expanded
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
PATIENCE = 3.0  # seconds for all repeats of a file


# --- writing ---


def write_feed(
    office: Office,
    events: Iterable[Event],
    *,
    name: str,
    url_of: Callable[[Event], str],
    for_staff: bool = False,
) -> bytes:
    """The events as one calendar; what only staff may know is in it when `for_staff`.

    events: with kind. Times are written in UTC, so that no zone has to be described; UIDs stay.
    """  # fmt: skip
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    for key in ("NAME", "X-WR-CALNAME"):
        calendar.add(key, name)
    calendar.add("X-WR-TIMEZONE", str(office.tz))
    calendar.add("REFRESH-INTERVAL", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", REFRESH)
    for event in events:
        calendar.add_component(_component(event, office, url_of(event), for_staff))
    return bytes(calendar.to_ical())


def uid_of(event: Event) -> str:
    """The same for as long as the entry lives, and of no other entry anywhere."""
    return event.uid if "@" in event.uid else f"{event.uid}@{event.office.code}.agenda.zona"


def sequence_of(event: Event) -> int:
    """Grows with every change: seconds between making and changing (RFC 5545, 3.8.7.4)."""
    return max(0, int((event.changed_at - event.created_at).total_seconds()))


def _component(event: Event, office: Office, url: str, for_staff: bool) -> Component:
    row = Component()
    row.add("UID", uid_of(event))
    row.add("DTSTAMP", event.changed_at.astimezone(dt.UTC))
    row.add("CREATED", event.created_at.astimezone(dt.UTC))
    row.add("LAST-MODIFIED", event.changed_at.astimezone(dt.UTC))
    row.add("SEQUENCE", sequence_of(event))
    row.add("STATUS", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    row.add("SUMMARY", event.title)
    if event.is_all_day:
        starts, ends = event.starts_at.astimezone(office.tz), event.ends_at.astimezone(office.tz)
        row.add("DTSTART", starts.date())
        row.add("DTEND", rules.last_day(starts, ends) + dt.timedelta(days=1))
    else:
        row.add("DTSTART", event.starts_at.astimezone(dt.UTC))
        row.add("DTEND", event.ends_at.astimezone(dt.UTC))
    if place := event.place or (event.get_mode_display() if event.mode == "online" else ""):
        row.add("LOCATION", place)
    row.add("CATEGORIES", [event.kind.name])
    row.add("CLASS", "PUBLIC" if event.visibility == Visibility.PUBLIC else "PRIVATE")
    row.add("URL", url)
    lines = [event.summary]
    if event.is_cancelled and event.cancel_reason:
        lines.insert(0, _("Cancelled: %(reason)s") % {"reason": event.cancel_reason})
    if for_staff:
        lines += [event.people, event.online_url]
    if text := "\n\n".join(line for line in lines if line):
        row.add("DESCRIPTION", text)
    return row


# --- reading ---


class _Budget:
    """Seconds left for repeats: a calendar could ask for more than anyone can wait for."""

    def __init__(self) -> None:
        self.left = PATIENCE


def read_calendar(
    content: bytes, office: Office, kinds: Iterable[str], today: dt.date
) -> list[Row]:
    """The events of a calendar, repeats expanded from a month ago until a year ahead.

    Raises ValidationError for what is no calendar, or holds more than may be taken at once.
    """
    try:
        components: list[Any] = [
            part
            for calendar in Calendar.from_ical(content, multiple=True)
            for part in calendar.walk("VEVENT")
        ]
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise ValidationError(_("This is no calendar in the form ICS.")) from error
    known, rows, budget = list(kinds), [], _Budget()
    moved = _moved_occurrences(components)
    for number, component in enumerate(components, 1):
        rows += _read_component(number, component, office, known, today, moved, budget)
        if len(rows) > MOST:
            raise ValidationError(_("A file may hold at most 2,000 events."))
    if not rows:
        raise ValidationError(_("The calendar holds no events."))
    return rows


def _moved_occurrences(components: list[Any]) -> dict[str, set[dt.datetime | dt.date]]:
    """UID -> occurrences of a repeated event that have an entry of their own."""
    found: dict[str, set[dt.datetime | dt.date]] = {}
    for component in components:
        if "RECURRENCE-ID" in component:
            found.setdefault(str(component.get("UID", "")), set()).add(
                component.decoded("RECURRENCE-ID")
            )
    return found


def _read_component(
    number: int,
    component: Any,
    office: Office,
    kinds: list[str],
    today: dt.date,
    moved: dict[str, set[Any]],
    budget: _Budget,
) -> list[Row]:
    title = " ".join(str(component.get("SUMMARY", "")).split()) or _("Without a title")
    row = Row(number, {"title": title}, title=title[:160])
    row.place = str(component.get("LOCATION", ""))[:160]
    row.summary = str(component.get("DESCRIPTION", ""))[:1000]
    row.kind = rules.guess_kind(title, kinds)
    row.is_cancelled = str(component.get("STATUS", "")).upper() == "CANCELLED"
    if str(component.get("CLASS", "PUBLIC")).upper() != "PUBLIC":
        row.visibility = Visibility.CLOSED
    try:
        start, length = _times(component)
    except (ValueError, KeyError, TypeError, AttributeError):
        row.problems.append(_("It is not said when it begins. Mend the event in its calendar."))
        return [row]
    row.cells["date"] = start.isoformat()
    row.is_all_day = not isinstance(start, dt.datetime)
    uid = str(component.get("UID", "")) or f"ics-{_digest(f'{start}|{title}')}"
    if "RECURRENCE-ID" in component:
        own = component.decoded("RECURRENCE-ID")
        return [_placed(row, office, start, length, _occurrence(uid, own, office), uid)]
    if "RRULE" not in component:
        return [_placed(row, office, start, length, _short(uid), "")]
    try:
        starts = _expand(component, start, office, today, budget)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        row.problems.append(
            _("How it repeats could not be read. Add the repeats by hand, or one by one.")
        )
        return [row]
    taken = {_local(value, office) for value in moved.get(uid, ())}
    return [
        _placed(Row.unpack(row.pack()), office, value, length, _occurrence(uid, value, office), uid)
        for value in starts
        if _local(value, office) not in taken
    ]


def _times(component: Any) -> tuple[dt.datetime | dt.date, dt.timedelta]:
    start = component.decoded("DTSTART")
    if "DTEND" in component:
        length = component.decoded("DTEND") - start
    elif "DURATION" in component:
        length = component.decoded("DURATION")
    elif isinstance(start, dt.datetime):
        length = rules.USUAL_LENGTH
    else:
        length = dt.timedelta(days=1)
    return start, length


def _local(value: dt.datetime | dt.date, office: Office) -> dt.datetime:
    """A moment by the office's clock; what has no zone is meant there."""
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time(0), tzinfo=office.tz)
    return value.replace(tzinfo=office.tz) if value.tzinfo is None else value.astimezone(office.tz)


def _placed(
    row: Row,
    office: Office,
    start: dt.datetime | dt.date,
    length: dt.timedelta,
    uid: str,
    series: str,
) -> Row:
    row.starts_at = _local(start, office)
    row.ends_at, row.uid, row.series = row.starts_at + length, uid, series
    row.cells["date"] = row.starts_at.isoformat(" ", "minutes")
    if length < dt.timedelta(0):
        row.problems.append(_("The event ends before it begins. Mend the day or the time."))
    elif length > dt.timedelta(days=62):
        row.problems.append(_("An entry lasts at most two months."))
    elif not 2000 <= row.starts_at.year <= 2100:
        row.problems.append(_("This day does not exist. Look at the day and the month."))
    return row


def _expand(
    component: Any,
    start: dt.datetime | dt.date,
    office: Office,
    today: dt.date,
    budget: _Budget,
) -> list[dt.datetime | dt.date]:
    """The beginnings within the window. Raises ValueError for rules that cannot be followed."""
    rule = component["RRULE"]
    if isinstance(rule, list) or not isinstance(start, dt.date) or start.year < 1990:
        raise ValueError("more than one rule, or too old")
    if {str(value).upper() for value in rule.get("FREQ", [])} - FREQUENCIES:
        raise ValueError("too often")
    if {"BYHOUR", "BYMINUTE", "BYSECOND"} & rule.keys() or budget.left <= 0:
        raise ValueError("several times a day, or too much to count")
    zone = start.tzinfo if isinstance(start, dt.datetime) else None
    naive = _naive(start, zone)
    first = dt.datetime.combine(today, dt.time(0))
    until = min([_naive(value, zone) for value in rule.get("UNTIL", [])] + [first + AHEAD])
    if until < naive:
        return [start]
    plain = {key: value for key, value in rule.items() if key != "UNTIL"}
    text = type(rule)(plain).to_ical().decode()
    if "COUNT" not in plain:
        text += f";UNTIL={until:%Y%m%dT%H%M%S}"
    began = time.monotonic()
    excluded = {
        _naive(value.dt, zone) for group in _list(component.get("EXDATE")) for value in group.dts
    }
    found = rrulestr(text, dtstart=naive).between(first - BACK, until, inc=True)
    budget.left -= time.monotonic() - began
    kept = [value for value in found if value not in excluded][: rules.MOST_REPEATS * 5]
    if zone is not None:
        return [value.replace(tzinfo=zone) for value in kept]
    return kept if isinstance(start, dt.datetime) else [value.date() for value in kept]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _naive(value: dt.datetime | dt.date, zone: dt.tzinfo | None) -> dt.datetime:
    """A value of the rule by the clock of the event itself."""
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time(23, 59, 59) if zone else dt.time(0))
    if value.tzinfo is not None and zone is not None:
        value = value.astimezone(zone)
    return value.replace(tzinfo=None)


def _occurrence(uid: str, value: dt.datetime | dt.date, office: Office) -> str:
    return _short(f"{uid}/{_local(value, office):%Y%m%dT%H%M}")


def _short(uid: str) -> str:
    return uid if len(uid) <= 200 else f"ics-{_digest(uid)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
