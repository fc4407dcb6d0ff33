"""The agenda as iCalendar (RFC 5545), written for subscribers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Component

from zona.offices.models import Office

from ..models import Event, Visibility
from ..rules import agenda as rules

PRODUCT = "-//KPU//Zona//ID"
CONTENT_TYPE = "text/calendar; charset=utf-8"
REFRESH = "PT1H"


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
