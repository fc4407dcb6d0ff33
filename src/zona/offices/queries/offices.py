"""What screens and reports read about offices: their calendar, hours, stages, tree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import holidays
from django.conf import settings
from django.db.models import CharField, F, QuerySet, Value
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import rules
from ..models import ClosedDay, ElectionStage, Holiday, Level, Office, ServiceHours
from ..models.calendar import Weekday

ESTIMATED = "(perkiraan)"
"""How the `holidays` library marks a date that no decree has fixed yet."""


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Weekdays that share their hours, in words: "Senin–Kamis", "08.00–16.00 WIB ..."."""

    days: str
    text: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class OpeningNow:
    """Whether an office serves at a moment, in one sentence, with its week."""

    state: rules.OpeningState
    sentence: str
    rows: list[HoursRow]

    @property
    def is_open(self) -> bool:
        return self.state.is_open

    @property
    def is_known(self) -> bool:
        """False while the office has not entered its hours."""
        return self.state.reason is not rules.Reason.HOURS_UNKNOWN


@dataclass(frozen=True, slots=True)
class NationalHolidays:
    """The library's holidays under the rows that staff put over them."""

    added: dict[dt.date, str]
    working: frozenset[dt.date]
    with_collective: bool

    def get(self, day: dt.date, /) -> str | None:
        if day in self.added:
            return self.added[day]
        if day in self.working:
            return None
        return library_holidays(day.year, self.with_collective).get(day)


@lru_cache(maxsize=64)
def library_holidays(year: int, with_collective: bool) -> dict[dt.date, str]:
    """Indonesia's holidays of a year as the `holidays` library knows them, in Indonesian."""
    categories = ("public", "government") if with_collective else ("public",)
    return dict(holidays.country_holidays("ID", years=year, categories=categories, language="id"))


def calendar_for(office: Office | None) -> rules.Calendar:
    """The working calendar of one office (one query); of no office: the national one."""
    national = Holiday.objects.order_by().annotate(last=F("date"))
    rows: Any = national.values_list("date", "last", "name", "kind")
    if office is not None:
        own = ClosedDay.objects.order_by().filter(office=office)
        own_rows = own.annotate(kind=Value("closed", output_field=CharField()))
        rows = rows.union(own_rows.values_list("starts_on", "ends_on", "reason", "kind"), all=True)
    added: dict[dt.date, str] = {}
    working: set[dt.date] = set()
    closed: list[rules.ClosedSpan] = []
    with_collective = counts_collective_leave()
    for first, last, name, kind in rows:
        if kind == "closed":
            closed.append(rules.ClosedSpan(first, last, name))
        elif kind == Holiday.Kind.WORKING or (
            kind == Holiday.Kind.COLLECTIVE and not with_collective
        ):
            working.add(first)
        else:
            added[first] = name
    off = NationalHolidays(added, frozenset(working), with_collective)
    return rules.Calendar(off, tuple(closed))


def week_hours(office: Office) -> rules.WeekHours:
    """The office's hours by weekday (one query)."""
    columns = ("weekday", "opens", "closes", "break_starts", "break_ends")
    rows = ServiceHours.objects.filter(office=office).values_list(*columns)
    return {weekday: rules.DayHours(*times) for weekday, *times in rows}


def opening_now(office: Office, now: dt.datetime) -> OpeningNow:
    """Whether the office serves at `now` (aware), with its hours (two queries)."""
    hours = week_hours(office)
    state = rules.opening_state(now, hours, calendar_for(office), office.tz)
    today = now.astimezone(office.tz).date()
    return OpeningNow(state, _say_state(state, office.zone, today), _hours_rows(hours, office.zone))


def hours_rows(office: Office) -> list[HoursRow]:
    """The office's week in words; consecutive days with the same hours share a row (one query)."""
    return _hours_rows(week_hours(office), office.zone)


def current_stages(day: dt.date) -> QuerySet[ElectionStage]:
    """The election stages that run on a day."""
    return ElectionStage.objects.filter(starts_on__lte=day, ends_on__gte=day)


def offices_below(office: Office) -> QuerySet[Office]:
    """All offices under one: of RI every other, of a province its regencies and cities."""
    living = Office.objects.filter(abolished_on=None)
    if office.level == Level.NATIONAL:
        return living.exclude(pk=office.pk)
    return living.filter(parent=office)


def open_offices() -> QuerySet[Office]:
    """The offices that this installation serves."""
    return Office.objects.filter(is_open=True, abolished_on=None).select_related("parent")


def setup_missing(office: Office) -> list[Promise]:
    """What an office must still fill in before its website can be shown, by name."""
    missing: list[Promise] = []
    if not office.address.strip():
        missing.append(gettext_lazy("address"))
    if not ServiceHours.objects.filter(office=office).exists():
        missing.append(gettext_lazy("service hours"))
    if not (office.phone or office.whatsapp or office.email):
        missing.append(gettext_lazy("a phone number, WhatsApp number or e-mail address"))
    return missing


def next_setup_step(office: Office) -> str:
    """The first step of the first set-up that still waits (its slug)."""
    has_hours = ServiceHours.objects.filter(office=office).exists()
    has_contact = bool(office.phone or office.whatsapp or office.email)
    if not (office.address or has_hours or has_contact):
        return "nama"
    if not office.address:
        return "alamat"
    if not has_hours:
        return "jam"
    if not has_contact:
        return "kontak" if office.logo else "tampilan"
    return "rekan"


def closed_days_ahead(office: Office, today: dt.date | None = None) -> QuerySet[ClosedDay]:
    """The office's closed days that are not over."""
    return ClosedDay.objects.filter(office=office, ends_on__gte=today or timezone.localdate())


def counts_collective_leave() -> bool:
    """Whether this installation counts collective leave (cuti bersama) as holiday."""
    return bool(settings.ENV.collective_leave)


def holidays_of_year(year: int) -> list[dict[str, Any]]:
    """Every day off of a year with where it comes from, for the holiday screen.

    Keys: date, name, kind (Holiday.Kind), is_estimated, row (the Holiday over it, or None).
    """
    rows = {row.date: row for row in Holiday.objects.filter(date__year=year)}
    public = library_holidays(year, False)
    days: list[dict[str, Any]] = []
    for day in sorted({*rows, *library_holidays(year, True)}):
        row = rows.get(day)
        name = row.name if row else library_holidays(year, True)[day]
        library_kind = Holiday.Kind.NATIONAL if day in public else Holiday.Kind.COLLECTIVE
        days.append(
            {
                "date": day,
                "name": name,
                "kind": Holiday.Kind(row.kind) if row else library_kind,
                "is_estimated": row is None and ESTIMATED in name,
                "row": row,
            }
        )
    return days


def _hours_rows(hours: rules.WeekHours, zone: str) -> list[HoursRow]:
    if not hours:
        return []
    groups: list[tuple[int, int, rules.DayHours | None]] = []
    for weekday in Weekday.values:
        day = hours.get(weekday)
        if groups and groups[-1][2] == day:
            groups[-1] = (groups[-1][0], weekday, day)
        else:
            groups.append((weekday, weekday, day))
    return [
        HoursRow(_say_days(first, last), _say_hours(day, zone), day is None)
        for first, last, day in groups
    ]


def _say_days(first: int, last: int) -> str:
    names = str(Weekday(first).label), str(Weekday(last).label)
    return names[0] if first == last else "–".join(names)


def _say_hours(day: rules.DayHours | None, zone: str) -> str:
    if day is None:
        return _("Closed")
    span = {"opens": _say_time(day.opens), "closes": _say_time(day.closes), "zone": zone}
    if day.break_starts is None or day.break_ends is None:
        return _("%(opens)s–%(closes)s %(zone)s") % span
    span |= {"break_starts": _say_time(day.break_starts), "break_ends": _say_time(day.break_ends)}
    return _("%(opens)s–%(closes)s %(zone)s, break %(break_starts)s–%(break_ends)s") % span


def _say_time(time: dt.time | dt.datetime) -> str:
    return time_format(time, "TIME_FORMAT")


def _say_state(state: rules.OpeningState, zone: str, today: dt.date) -> str:
    if state.reason is rules.Reason.HOURS_UNKNOWN:
        return _("Service hours have not been announced yet.")
    if state.until is not None:
        until = {"time": _say_time(state.until), "zone": zone}
        if state.break_ahead is None:
            return _("Open until %(time)s %(zone)s") % until
        until |= {"from": _say_time(state.break_ahead[0]), "to": _say_time(state.break_ahead[1])}
        return _("Open until %(time)s %(zone)s, break %(from)s–%(to)s") % until
    if state.reason is rules.Reason.BREAK and state.next_opening is not None:
        return _("Break until %(time)s %(zone)s") % {
            "time": _say_time(state.next_opening),
            "zone": zone,
        }
    closed = _("Closed today: %(name)s.") % {"name": state.name} if state.name else _("Closed.")
    if state.next_opening is None:
        return closed
    when = {
        "date": date_format(state.next_opening.date(), "l, j F Y"),
        "time": _say_time(state.next_opening),
        "zone": zone,
    }
    if state.next_opening.date() == today:
        return closed + " " + _("Opens today, %(time)s %(zone)s.") % when
    return closed + " " + _("Opens again on %(date)s, %(time)s %(zone)s.") % when
