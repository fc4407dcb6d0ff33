"""Duties, links between items and events, exceptions, roundups."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zona.backstage.backoffice.offices import own_offices
from zona.ground.guard.numbers import read_number
from zona.offices.models import Office, User
from zona.offices.policies import visible_offices
from zona.offices.views.office import actor_of, breadcrumbs
from zona.website.site.models import BasePage

from ..actions import duties as duties
from ..actions import linking
from ..forms.duties import AssignForm, ExceptionForm
from ..models import Assignment, EventKind, Participation
from ..policies.coverage import (
    get_assignment_for,
    get_item_for,
    get_participation_for,
    may_write,
    writers_of,
)
from ..queries import coverage as queries
from ..rules import duties as rules
from . import places as places

MOVES = {
    "mulai": Assignment.State.WORKING,
    "selesai": Assignment.State.DONE,
    "batal": Assignment.State.DROPPED,
    "buka": Assignment.State.OPEN,
}


def office_for(user: User, code: str) -> Office:
    """The office if the person covers its events; else there is no such page."""
    office = get_object_or_404(visible_offices(user), code=code, is_open=True)
    if not may_write(user, office):
        raise Http404
    return office


@require_safe
def show_own_tasks(request: HttpRequest) -> HttpResponse:
    user = actor_of(request)
    office = next((row for row in own_offices(user) if may_write(user, row)), None)
    if office is None:
        raise PermissionDenied
    return redirect("agenda_staff:tasks", code=office.code)


@require_safe
def show_tasks(request: HttpRequest, code: str) -> HttpResponse:
    """What the person is to deliver, and what the office still owes."""
    user = actor_of(request)
    office = office_for(user, code)
    now = timezone.now()
    waiting = queries.duties_of(office)
    rows = list(waiting.filter(due_at__gte=now - rules.LONG_LATE)[:200])
    old = list(waiting.filter(due_at__lt=now - rules.LONG_LATE).order_by("-due_at", "-pk")[:100])
    return TemplateResponse(
        request,
        "agenda/office/tasks.html",
        {
            "header_title": _("My duties"),
            "header_icon": "list-ul",
            "breadcrumbs_items": breadcrumbs(("", _("My duties"))),
            "office": office,
            "offices": [row for row in own_offices(user) if may_write(user, row)],
            "mine": [row for row in (*rows, *old) if row.person_id == user.pk],
            "free": [row for row in rows if row.person_id is None],
            "others": [row for row in rows if row.person_id not in (None, user.pk)],
            "old": [row for row in old if row.person_id != user.pk],
            "done": queries.duties_done(office, user, now - dt.timedelta(days=7))[:10],
            "now": now,
            "here": request.path,
        },
    )


@require_POST
def assign(request: HttpRequest, participation_id: int) -> HttpResponse:
    user = actor_of(request)
    participation = get_participation_for(user, participation_id)
    office = participation.office
    form = AssignForm(request.POST, office=office, people=writers_of(office))
    if not form.is_valid():
        return _back(request, participation, error=" ".join(_all(form.errors)))
    try:
        duties.assign(
            actor=user,
            participation=participation,
            form=form.cleaned_data["form"],
            person=form.cleaned_data["person"],
            due=form.cleaned_data["due_at"],
        )
    except ValidationError as error:
        return _back(request, participation, error=" ".join(error.messages))
    return _back(request, participation, done=_("The duty is given."))


@require_POST
def move(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Take, begin, finish, drop or reopen a duty, by the button pressed."""
    user = actor_of(request)
    duty = get_assignment_for(user, assignment_id)
    what = request.POST.get("tindakan", "")
    try:
        if what == "ambil":
            duties.take(actor=user, duty=duty)
            return _back(request, duty.participation, done=_("The duty is yours."))
        if what not in MOVES:
            return _back(request, duty.participation, error=_("Choose what is to be done."))
        duties.move(actor=user, duty=duty, state=MOVES[what])
    except ValidationError as error:
        return _back(request, duty.participation, error=" ".join(error.messages))
    return _back(request, duty.participation, done=_("Noted."))


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, participation_id: int) -> HttpResponse:
    """From the event: choose own items that tell of it."""
    user = actor_of(request)
    participation = get_participation_for(user, participation_id)
    if request.method == "POST":
        page = get_object_or_404(
            BasePage, pk=_number(request.POST.get("item")), office=participation.office
        )
        if request.POST.get("tindakan") == "lepas":
            linking.unlink_item(actor=user, participation=participation, page=page)
            return _back(request, participation, done=_("The link is taken off."))
        linking.link_item(actor=user, participation=participation, page=page)
        return _back(request, participation, done=_("Linked."))
    words = request.GET.get("cari", "").strip()
    title = _("Link an item")
    return TemplateResponse(
        request,
        "agenda/office/link_item.html",
        {
            "header_title": title,
            "header_icon": "link",
            "breadcrumbs_items": breadcrumbs(
                (places.event_url(participation), participation.event.title), ("", title)
            ),
            "participation": participation,
            "office": participation.office,
            "words": words,
            "items": queries.items_to_link(participation, words),
            "back": places.event_url(participation),
        },
    )


@require_http_methods(["GET", "POST"])
def item_events(request: HttpRequest, page_id: int) -> HttpResponse:
    """From the item: tick the events that it tells of."""
    user = actor_of(request)
    page = get_item_for(user, page_id)
    rows = queries.events_for(page)
    if request.method == "POST" and request.POST.get("tindakan") == "buat":
        return _make_event(request, user, page)
    if request.method == "POST":
        wanted = {_number(key) for key in request.POST.getlist("kegiatan")}
        for participation, is_linked, _score in rows:
            if (participation.pk in wanted) == is_linked:
                continue
            act = linking.unlink_item if is_linked else linking.link_item
            act(actor=user, participation=participation, page=page)
        messages.success(request, _("Noted."))
        return redirect("agenda_staff:item_events", page_id=page.pk)
    title = _("Events of the item")
    return TemplateResponse(
        request,
        "agenda/office/item_events.html",
        {
            "header_title": title,
            "header_icon": "link",
            "breadcrumbs_items": breadcrumbs(("", title)),
            "item": page,
            "office": page.office,
            "rows": rows,
            "kinds": EventKind.objects.filter(publishes=True),
        },
    )


def _make_event(request: HttpRequest, user: User, page: BasePage) -> HttpResponse:
    kind = get_object_or_404(EventKind, pk=_number(request.POST.get("jenis")))
    try:
        participation = linking.event_from_item(actor=user, page=page, kind=kind)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("agenda_staff:item_events", page_id=page.pk)
    messages.success(request, _("The event is in the agenda; look whether the hours are right."))
    return redirect(places.event_url(participation))


@require_POST
def except_event(request: HttpRequest, participation_id: int) -> HttpResponse:
    """Say why nothing is published of an event, or take that back."""
    user = actor_of(request)
    participation = get_participation_for(user, participation_id)
    if request.POST.get("tindakan") == "urungkan":
        linking.undo_exception(actor=user, participation=participation)
        return _back(request, participation, done=_("The event is covered after all."))
    form = ExceptionForm(request.POST)
    if not form.is_valid():
        return _back(request, participation, error=" ".join(_all(form.errors)))
    try:
        linking.except_event(actor=user, participation=participation, **form.cleaned_data)
    except ValidationError as error:
        return _back(request, participation, error=" ".join(error.messages))
    return _back(request, participation, done=_("Noted: nothing is published of this event."))


def _back(
    request: HttpRequest, participation: Participation, *, done: str = "", error: str = ""
) -> HttpResponse:
    """To where the button stood, with a word on what happened."""
    if done:
        messages.success(request, done)
    if error:
        messages.error(request, error)
    asked = request.POST.get("kembali", "")
    is_own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return redirect(asked if asked and is_own else places.event_url(participation))


def _number(value: Any) -> int:
    return read_number(str(value or "")) or 0


def _all(errors: Any) -> list[str]:
    return [str(word) for words in errors.values() for word in words]
