"""The agenda as the public reads it: by month, and as a calendar to subscribe to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zona.offices.models import Office
from zona.website.site.models import HomePage
from zona.website.site.pages import agenda as home_agenda
from zona.website.site.pages.frame import absolute, frame

from .exchange import ics
from .exchange.subscribing import open_token
from .models import Event
from .queries import events as queries
from .rules import agenda as rules

MONTHS_BACK, MONTHS_AHEAD = 24, 18
NEAR = (-2, 6)  # months for which links are offered


def find_home(code: str) -> HomePage:
    """The home of an office that is open. Raises Http404."""
    homes = HomePage.objects.live().select_related("office")
    return get_object_or_404(homes, office__code=code, office__is_open=True)


def month_url(office: Office, month: dt.date) -> str:
    return reverse("agenda:month", args=[office.code, f"{month:%Y-%m}"])


def page_of(event: Event, office: Office) -> str:
    """Where the public reads of an event."""
    return f"{month_url(office, event.starts_at.astimezone(office.tz).date())}#k{event.pk}"


def say_time(event: Event, office: Office) -> str:
    """ "09.00–11.00 WIB", or "all day"."""
    if event.is_all_day:
        return _("all day")
    starts, ends = event.starts_at.astimezone(office.tz), event.ends_at.astimezone(office.tz)
    said = date_format(starts, "H.i")
    if ends.date() == starts.date() and ends != starts:
        said += f"–{date_format(ends, 'H.i')}"
    return f"{said} {office.zone}"


@require_safe
def show_month(request: HttpRequest, code: str, month: str = "") -> HttpResponse:
    """One month of the public agenda; without a month what is under way and ahead of us."""
    home = find_home(code)
    office, now = home.office, timezone.now()
    today = now.astimezone(office.tz).date()
    this_month = today.replace(day=1)
    first = rules.read_month(month) if month else this_month
    if first is None or not _is_offered(first, this_month):
        raise Http404
    last = rules.add_months(first, 1) - dt.timedelta(days=1)
    begin = today if first == this_month and not month else first
    events = queries.shown_events(office, begin, last, now)
    feed = absolute(reverse("agenda:feed", args=[office.code]))
    title = _("Agenda of %(month)s") % {"month": date_format(first, "F Y")}
    context = frame(request, home, home) | {
        "page_title": title,
        "days": _days(events, office, begin, last),
        "months": _months(office, first, this_month),
        "before": _link(office, rules.add_months(first, -1), this_month),
        "after": _link(office, rules.add_months(first, 1), this_month),
        "feed_url": feed,
        "webcal_url": f"webcal://{feed.partition('://')[2]}",
        "whole_url": month_url(office, first) if begin > first else "",
        "noindex": not events,
        "canonical_url": absolute(request.path),
        "breadcrumb": [{"label": _("Home"), "url": home.get_url(request)}],
    }
    return TemplateResponse(request, "agenda/agenda.html", context)


def _is_offered(first: dt.date, this_month: dt.date) -> bool:
    """Not every month of all time: robots would follow the links for ever."""
    return (
        rules.add_months(this_month, -MONTHS_BACK)
        <= first
        <= rules.add_months(this_month, MONTHS_AHEAD)
    )


def _link(office: Office, month: dt.date, this_month: dt.date) -> dict[str, str]:
    if not _is_offered(month, this_month):
        return {}
    return {"label": date_format(month, "F Y"), "url": month_url(office, month)}


def _months(office: Office, first: dt.date, this_month: dt.date) -> list[dict[str, Any]]:
    around = [rules.add_months(this_month, step) for step in range(NEAR[0], NEAR[1] + 1)]
    return [
        {
            "label": date_format(month, "F Y"),
            "url": month_url(office, month),
            "current": month == first,
        }
        for month in around
    ]


def _days(
    events: list[Event], office: Office, begin: dt.date, last: dt.date
) -> list[dict[str, Any]]:
    """Events under the day on which they begin; what began before stands under the first day."""
    days: dict[dt.date, list[dict[str, Any]]] = {}
    for event in events:
        starts, ends = event.starts_at.astimezone(office.tz), event.ends_at.astimezone(office.tz)
        final = rules.last_day(starts, ends)
        day = max(starts.date(), begin)
        if day > last:
            continue
        row = {
            "event": event,
            "time": say_time(event, office),
            "until": final if final > starts.date() else None,
            "since": starts.date() if starts.date() < begin else None,
            "host": event.host_name or (event.get_host_display() if event.host != "own" else ""),
        }
        days.setdefault(day, []).append(row)
    return [{"date": day, "rows": rows} for day, rows in sorted(days.items())]


@require_safe
def show_feed(request: HttpRequest, code: str) -> HttpResponse:
    """The public agenda as iCalendar; kept in memory like a page."""
    office = find_home(code).office
    name = _("Agenda of %(office)s") % {"office": office.short_name}
    content = ics.write_feed(
        office,
        queries.feed_events(office, timezone.now()),
        name=name,
        url_of=lambda event: absolute(page_of(event, office)),
    )
    return _calendar(content, f"agenda-{office.code}.ics")


@require_safe
def show_staff_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The whole calendar of an office for one person, internal entries too; a 404 for others."""
    found = open_token(token)
    if found is None:
        raise Http404
    _person, office = found
    events = queries.staff_feed_events(office, timezone.now())
    board = absolute(reverse("agenda_staff:agenda", args=[office.code]))
    name = _("Agenda of %(office)s (staff)") % {"office": office.short_name}

    def url_of(event: Event) -> str:
        day = event.starts_at.astimezone(office.tz).date()
        return f"{board}?pekan={rules.week_name(day)}"

    content = ics.write_feed(office, events, name=name, url_of=url_of, for_staff=True)
    response = _calendar(content, f"agenda-staf-{office.code}.ics")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _calendar(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=ics.CONTENT_TYPE,
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def events_for_home(
    request: HttpRequest, office: Office, first: dt.date, last: dt.date
) -> list[home_agenda.Event]:
    """What the home page shows of the agenda."""
    found = []
    for event in queries.shown_events(office, first, last, timezone.now()):
        starts = event.starts_at.astimezone(office.tz)
        title = event.title
        if event.is_cancelled:
            title = _("Cancelled: %(title)s") % {"title": title}
        found.append(
            home_agenda.Event(
                day=max(starts.date(), first),
                title=title,
                url=page_of(event, office),
                time=say_time(event, office),
                place=event.place,
            )
        )
        if len(found) >= home_agenda.LONGEST:
            break
    return found
