"""The agenda of an office: week board, month, list, and new entries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from zona.backstage.backoffice.offices import own_offices
from zona.offices.models import Office, User
from zona.offices.queries.offices import calendar_for
from zona.offices.views.office import actor_of, breadcrumbs

from ..actions import events as actions
from ..forms.events import EventForm, FilterForm, QuickForm
from ..models import Event, Participation
from ..policies.events import agenda_offices, get_calendar_for, may_plan
from ..queries import events as queries
from ..rules import agenda as rules

PER_PAGE = 50
STANDARD = {"mode": "onsite", "host": "own"}


def context_of(user: User, office: Office, title: str, *way: tuple[str, str]) -> dict[str, Any]:
    """What every screen of the agenda shows: where one is, and whether one may change things."""
    board = reverse("agenda_staff:agenda", args=[office.code])
    crumbs = (("", title),) if not way else (*way, ("", title))
    if title != _("Agenda"):
        crumbs = ((board, _("Agenda")), *crumbs)
    return {
        "header_title": title,
        "header_icon": "calendar-alt",
        "breadcrumbs_items": breadcrumbs(*crumbs),
        "office": office,
        "may_plan": may_plan(user, office),
    }


def today_at(office: Office) -> dt.date:
    return timezone.now().astimezone(office.tz).date()


def holidays_of(office: Office, first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """Day -> why the office is closed, weekends left out."""
    calendar = calendar_for(office)
    days = rules.days_of(first, last)
    return {day: name for day in days if (name := calendar.day_off(day))}


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """The week board of the person's (first) office."""
    user = actor_of(request)
    own = own_offices(user)
    office = own[0] if own else agenda_offices(user).first()
    if office is None:
        raise PermissionDenied
    return redirect("agenda_staff:agenda", code=office.code)


@require_safe
def show_week(request: HttpRequest, code: str) -> HttpResponse:
    """The week board, made for the Monday roll call; `layar` shows it on a wall."""
    user = actor_of(request)
    office = get_calendar_for(user, code)
    now, today = timezone.now(), today_at(office)
    asked = request.GET.get("pekan", "")
    monday = rules.read_week(asked) if asked else rules.monday_of(today)
    if monday is None:
        raise Http404
    on_wall = "layar" in request.GET
    days = rules.days_of(monday, monday + dt.timedelta(days=6))
    context = context_of(user, office, _("Agenda")) | {
        "board": queries.week_board(office, monday, now, holidays_of(office, days[0], days[-1])),
        "span": say_span(monday, days[-1]),
        "week": rules.week_name(monday),
        "week_number": monday.isocalendar().week,
        "before": rules.week_name(monday - dt.timedelta(days=7)),
        "after": rules.week_name(monday + dt.timedelta(days=7)),
        "is_this_week": monday == rules.monday_of(today),
        "month": f"{monday:%Y-%m}",
        "view": "week",
    }
    if on_wall:
        return TemplateResponse(request, "agenda/office/wall.html", context)
    if context["may_plan"]:
        day = today if monday <= today <= days[-1] else monday
        context["form"] = QuickForm(office=office, today=today, initial={"day": day})
    context["offices"] = own_offices(user)
    return TemplateResponse(request, "agenda/office/week.html", context)


def say_span(first: dt.date, last: dt.date) -> str:
    """ "23–29 November 2026", "30 November – 6 Desember 2026"."""
    if first.month == last.month:
        return f"{first.day}–{date_format(last, 'j F Y')}"
    form = "j F" if first.year == last.year else "j F Y"
    return f"{date_format(first, form)} – {date_format(last, 'j F Y')}"


@require_safe
def show_month(request: HttpRequest, code: str) -> HttpResponse:
    user = actor_of(request)
    office = get_calendar_for(user, code)
    now, today = timezone.now(), today_at(office)
    asked = request.GET.get("bulan", "")
    first = rules.read_month(asked) if asked else today.replace(day=1)
    if first is None:
        raise Http404
    around = (first - dt.timedelta(days=7), first + dt.timedelta(days=40))
    days = queries.month_days(office, first, now, holidays_of(office, *around))
    context = context_of(user, office, _("Agenda")) | {
        "weeks": [
            (rules.week_name(days[at].date), days[at : at + 7]) for at in range(0, len(days), 7)
        ],
        "first": first,
        "before": f"{rules.add_months(first, -1):%Y-%m}",
        "after": f"{rules.add_months(first, 1):%Y-%m}",
        "week": rules.week_name(first),
        "offices": own_offices(user),
        "view": "month",
    }
    return TemplateResponse(request, "agenda/office/month.html", context)


@require_safe
def show_list(request: HttpRequest, code: str) -> HttpResponse:
    """Everything in the calendar, narrowed."""
    user = actor_of(request)
    office = get_calendar_for(user, code)
    now, today = timezone.now(), today_at(office)
    form = FilterForm(request.GET, kinds=queries.kind_names(today))
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.narrow(
        queries.calendar_of(office),
        now,
        kind=chosen.get("jenis", ""),
        host=chosen.get("tuan_rumah", ""),
        state=chosen.get("keadaan", ""),
        words=chosen.get("cari", ""),
    )
    start = dt.datetime.combine(today, dt.time(0), tzinfo=office.tz)
    if chosen.get("masa") == "lalu":
        rows = rows.filter(event__ends_at__lt=start).order_by("-event__starts_at", "-event__pk")
    elif chosen.get("masa") != "semua":
        rows = rows.filter(event__ends_at__gte=start)
    part = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    given = request.GET.copy()
    given.pop("p", None)
    context = context_of(user, office, _("Agenda")) | {
        "form": form,
        "part": part,
        "entries": queries.entries(part, office, now),
        "query": given.urlencode(),
        "offices": own_offices(user),
        "view": "list",
    }
    return TemplateResponse(request, "agenda/office/list.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """A new entry; the one line of the board comes here too."""
    user = actor_of(request)
    office = get_calendar_for(user, code)
    if not may_plan(user, office):
        raise PermissionDenied
    day = read_day(request.GET.get("tanggal", "")) or today_at(office)
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        for name, value in STANDARD.items():  # the one line of the board leaves these out
            data.setdefault(name, value)
    form = EventForm(data, office=office, today=today_at(office), initial=STANDARD | {"day": day})
    if data is not None and form.is_valid() and (event := _add(user, office, form)):
        return _back_to_board(request, office, event)
    return show_form(request, user, office, form, _("Add an entry"))


def read_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _add(user: User, office: Office, form: EventForm) -> Event | None:
    given = form.cleaned_data
    try:
        return actions.add_event(
            actor=user,
            office=office,
            facts=form.facts(),
            contacts=given.get("contacts") or (),
            every=given.get("every") or "",
            until=given.get("until"),
        )
    except ValidationError as error:
        attach(form, error)
        return None


def attach(form: Any, error: ValidationError) -> None:
    """Put an action's error at its field, or above the form where it has none."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, found in error.error_dict.items():
        form.add_error(name if name in form.fields else None, found)


def _back_to_board(request: HttpRequest, office: Office, event: Event) -> HttpResponse:
    part = Participation.objects.get(event=event, office=office)
    event_url = reverse("agenda_staff:event", args=[part.pk])
    day = event.starts_at.astimezone(office.tz).date()
    week = rules.week_name(day)
    messages.success(
        request,
        _("On the agenda: %(event)s.") % {"event": event.title},
        buttons=[messages.button(event_url, _("Open"))],
    )
    return redirect(f"{reverse('agenda_staff:agenda', args=[office.code])}?pekan={week}#k{part.pk}")


def show_form(
    request: HttpRequest,
    user: User,
    office: Office,
    form: EventForm,
    title: str,
    *way: tuple[str, str],
) -> HttpResponse:
    """An entry as a form: what nobody can do without first, everything else folded."""
    first = ("title", "day", "time", "end_time", "kind", "place")
    context = context_of(user, office, title, *way) | {
        "form": form,
        "main": [form[name] for name in first if name in form.fields],
        "more": [form[name] for name in form.fields if name not in first],
        "opens_more": any(name not in first for name in form.errors),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "agenda/office/form.html", context, status=status)
