"""What comes next, by day: a registry of sources that rooms fill in `apps.ready()`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zona.offices.models import ClosedDay, ElectionStage, Office

from .. import queries

DAYS_AHEAD = 30
LONGEST = 6  # entries


@dataclass(frozen=True)
class Event:
    """One entry of the agenda."""

    day: dt.date
    title: str
    url: str = ""
    time: str = ""
    place: str = ""


Source = Callable[[HttpRequest, Office, dt.date, dt.date], Iterable[Event]]
_sources: list[Source] = []


def register_agenda(source: Source) -> None:
    """Add a source: it is asked for the events of an office from a day until a day."""
    if source not in _sources:
        _sources.append(source)


def coming_up(request: HttpRequest, office: Office, today: dt.date) -> list[dict[str, Any]]:
    """The next events as ui/components/agenda.html wants them, grouped by day."""
    last = today + dt.timedelta(days=DAYS_AHEAD)
    events = [event for source in _sources for event in source(request, office, today, last)]
    days: dict[dt.date, list[dict[str, str]]] = {}
    for event in sorted(events, key=lambda event: (event.day, event.time))[:LONGEST]:
        shown = {"title": event.title, "url": event.url, "time": event.time, "place": event.place}
        days.setdefault(event.day, []).append(shown)
    return [
        {
            "weekday": date_format(day, "l"),
            "day": day.day,
            "month": date_format(day, "M"),
            "iso": day.isoformat(),
            "items": items,
        }
        for day, items in days.items()
    ]


def own_events(
    request: HttpRequest, office: Office, first: dt.date, last: dt.date
) -> Iterable[Event]:
    """What the website itself knows: deadlines, closed days, election stages."""
    within = queries.published(office).filter(
        kind="announcement", valid_until__gte=first, valid_until__lte=last
    )
    for page in within:
        title = _("Last day: %(title)s") % {"title": page.title}
        yield Event(page.valid_until or last, title, page.get_url(request))
    for closed in ClosedDay.objects.filter(
        office=office, starts_on__gte=first, starts_on__lte=last
    ):
        yield Event(closed.starts_on, _("Office closed: %(reason)s") % {"reason": closed.reason})
    stages = ElectionStage.objects.filter(
        Q(starts_on__gte=first, starts_on__lte=last) | Q(ends_on__gte=first, ends_on__lte=last)
    )
    for stage in stages:
        if stage.starts_on >= first:
            yield Event(stage.starts_on, _("Begins: %(stage)s") % {"stage": stage})
        if stage.ends_on <= last:
            yield Event(stage.ends_on, _("Ends: %(stage)s") % {"stage": stage})
