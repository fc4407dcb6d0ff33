"""The country's calendar in the back office: holidays and election stages. RI edits, all read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zona.ground.guard.numbers import read_number

from .. import policies
from ..actions import calendar as actions
from ..forms.calendar import HolidayForm, StageForm
from ..models import ElectionStage, Holiday, User
from ..queries import offices as queries
from .office import actor_of, breadcrumbs

YEARS = range(2003, 2100)


def national_editor(request: HttpRequest) -> User:
    """The actor, who edits what holds for the whole country; PermissionDenied for others."""
    actor = actor_of(request)
    if not policies.may_edit_national(actor):
        raise PermissionDenied
    return actor


@require_GET
def list_holidays(request: HttpRequest) -> HttpResponse:
    """All days off of a year (`?tahun=2026`), and where each comes from."""
    actor = actor_of(request)
    if not policies.has_place(actor):
        raise PermissionDenied
    year = _read_year(request)
    context = {
        "year": year,
        "years": [year - 1, year + 1],
        "days": queries.holidays_of_year(year),
        "counts_collective": queries.counts_collective_leave(),
        "may_edit": policies.may_edit_national(actor),
        "header_title": _("Holidays"),
        "header_icon": "calendar-alt",
        "breadcrumbs_items": breadcrumbs(("", _("Holidays"))),
    }
    return render(request, "offices/office/holidays.html", context)


@require_http_methods(["GET", "POST"])
def edit_holiday(request: HttpRequest, day: str = "") -> HttpResponse:
    """Put a row over a date of the calendar, or change the one that is there."""
    actor = national_editor(request)
    date = _read_day(day) if day else None
    row = Holiday.objects.filter(date=date).first() if date else None
    known = queries.library_holidays(date.year, True).get(date) if date else None
    form = HolidayForm(
        request.POST if request.method == "POST" else None,
        instance=row,
        initial=None if row else {"date": date, "name": known or ""},
    )
    if request.method == "POST" and form.is_valid():
        holiday = actions.save_holiday(actor=actor, **form.cleaned_data)
        messages.success(request, _("Saved: %(name)s.") % {"name": holiday.name})
        return redirect(f"{reverse('offices:holidays')}?tahun={holiday.date.year}")
    title = date_format(date, "l, j F Y") if date else _("Add a holiday")
    return _show_form(request, form, title, ("offices:holidays", _("Holidays")))


@require_POST
def remove_holiday(request: HttpRequest, day: str) -> HttpResponse:
    """Take the row away: what the calendar knows of the date holds again."""
    actor = national_editor(request)
    holiday = get_object_or_404(Holiday, date=_read_day(day))
    actions.remove_holiday(actor=actor, holiday=holiday)
    messages.success(request, _("Removed: %(reason)s.") % {"reason": holiday.name})
    return redirect(f"{reverse('offices:holidays')}?tahun={holiday.date.year}")


@require_GET
def list_stages(request: HttpRequest) -> HttpResponse:
    """All election stages, the newest first."""
    actor = actor_of(request)
    if not policies.has_place(actor):
        raise PermissionDenied
    today = timezone.localdate()
    context = {
        "stages": ElectionStage.objects.order_by("-starts_on", "-pk"),
        "today": today,
        "may_edit": policies.may_edit_national(actor),
        "header_title": _("Election stages"),
        "header_icon": "list-ol",
        "breadcrumbs_items": breadcrumbs(("", _("Election stages"))),
    }
    return render(request, "offices/office/stages.html", context)


@require_http_methods(["GET", "POST"])
def edit_stage(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make an election stage or change one."""
    actor = national_editor(request)
    stage = get_object_or_404(ElectionStage, pk=pk) if pk else None
    form = StageForm(request.POST if request.method == "POST" else None, instance=stage)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_stage(actor=actor, stage=stage, **form.cleaned_data)
        messages.success(request, _("Saved: %(name)s.") % {"name": saved.name})
        return redirect("offices:stages")
    title = str(stage) if stage else _("Add a stage")
    return _show_form(request, form, title, ("offices:stages", _("Election stages")))


@require_POST
def remove_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an election stage away."""
    actor = national_editor(request)
    stage = get_object_or_404(ElectionStage, pk=pk)
    name = stage.name
    actions.remove_stage(actor=actor, stage=stage)
    messages.success(request, _("Removed: %(reason)s.") % {"reason": name})
    return redirect("offices:stages")


def _show_form(
    request: HttpRequest, form: ModelForm[Any], title: str, parent: tuple[str, str]
) -> HttpResponse:
    context = {
        "form": form,
        "header_title": title,
        "page_title": title,
        "header_icon": "calendar-alt",
        "breadcrumbs_items": breadcrumbs((reverse(parent[0]), parent[1]), ("", title)),
        "action_url": request.path,
        "submit_button_label": _("Save"),
        "submit_button_active_label": _("Saving…"),
    }
    return render(request, "wagtailadmin/generic/form.html", context)


def _read_year(request: HttpRequest) -> int:
    asked = read_number(request.GET.get("tahun"))
    year = timezone.localdate().year if asked is None else asked
    if year not in YEARS:
        raise Http404
    return year


def _read_day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if day.year not in YEARS:
        raise Http404
    return day
