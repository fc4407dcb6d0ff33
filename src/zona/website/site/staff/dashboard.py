"""The first screen of the back office: what to do today, this week, and how those below stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from zona.backstage.backoffice.offices import choose_office, own_offices
from zona.backstage.backoffice.todos import list_todos
from zona.offices.models import Office, RoleAssignment, User
from zona.offices.policies import leads_others, may_administer, today, visible_offices
from zona.offices.views.office import actor_of

from ..kinds import KINDS
from ..models import BasePage
from . import queries
from .desk import Desk, desk_of

AT_MOST = 7
BELOW_AT_MOST = 10
TABS_AT_MOST = 7  # with more offices a list to choose from is quicker than tabs
ASK_OFFICE, ASK_ALL, ASK_BELOW = "kantor", "semua", "bawahan"


@dataclass(frozen=True)
class Step:
    """One of the three first steps of a new office."""

    title: str
    detail: str
    url: str
    is_done: bool


class Dashboard(Component):
    """The whole screen as one panel; its parts are templates of their own."""

    name = "zona"
    template_name = "site/office/dashboard.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request: HttpRequest = parent_context["request"]
        user, now = actor_of(request), timezone.now()
        own = own_offices(user)
        office = choose_office(user, request.GET.get(ASK_OFFICE, ""), own)
        context = {
            "request": request,
            "user": user,
            "office": office,
            "switch": switch(own, office) if len(own) > 1 else [],
            "as_tabs": len(own) <= TABS_AT_MOST,
        }
        if office is None:
            return context
        desk = desk_of(user, office)
        todos = list_todos(user, office, now)
        happened = week(desk, now)
        everything = ASK_ALL in request.GET
        return context | {
            "desk": desk,
            "today": now.astimezone(office.tz),
            "site_url": desk.home.get_url(request) if desk.home else "",
            "todos": todos if everything else todos[:AT_MOST],
            "more": 0 if everything else max(0, len(todos) - AT_MOST),
            "all_url": f"?{ASK_OFFICE}={office.code}&{ASK_ALL}=ya",
            "quick": quick_buttons(desk),
            "steps": [] if happened["published"] else first_steps(user, desk),
            "duties_url": reverse("site_staff:duties", args=[office.code]),
            "week": happened,
            "below": below(request, user, own, desk, now),
        }


def switch(own: list[Office], current: Office | None) -> list[dict[str, Any]]:
    return [
        {
            "code": office.code,
            "name": office.short_name,
            "url": f"?{ASK_OFFICE}={office.code}",
            "is_current": office == current,
        }
        for office in own
    ]


def quick_buttons(desk: Desk) -> list[dict[str, str]]:
    """What most days begin with; nothing for those who only read."""
    if not desk.may_add:
        return []
    return [
        {"label": _("Write news"), "icon": "edit", "url": desk.create_url("articlepage")},
        {
            "label": _("Make an announcement"),
            "icon": "comment-add",
            "url": desk.create_url("announcementpage"),
        },
        {
            "label": _("Upload photos"),
            "icon": "image",
            "url": reverse("wagtailimages:add_multiple"),
        },
    ]


def first_steps(user: User, desk: Desk) -> list[Step]:
    """Three steps for an office that has published nothing yet; none afterwards."""
    office = desk.office
    items = BasePage.objects.filter(office=office, kind__in=KINDS)
    if not desk.may_publish or items.exists():
        return []
    colleagues = RoleAssignment.objects.in_force(today()).filter(office=office).exclude(user=user)
    first = Step(
        _("Write the first news"),
        _("Three sentences and a photo are enough."),
        desk.create_url("articlepage"),
        False,
    )
    if not may_administer(user, office):
        return [first]
    return [
        Step(
            _("Complete the office's particulars"),
            _("Address, contacts and service hours stand on every page."),
            reverse("offices:office", args=[office.code]),
            bool(office.address and (office.phone or office.email)),
        ),
        Step(
            _("Invite a colleague"),
            _("Two pairs of eyes see more than one."),
            reverse("offices:people", args=[office.code]),
            colleagues.exists(),
        ),
        first,
    ]


def week(desk: Desk, now: dt.datetime) -> dict[str, Any]:
    """From Monday, local time: what was published, and what the coming seven days will publish."""
    office = desk.office
    local = now.astimezone(office.tz)
    monday = (local - dt.timedelta(days=local.weekday())).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    published = list(queries.published_since(office, monday))
    coming = [row for row in desk.planned if now < row.at < now + dt.timedelta(days=7)]
    rows = [
        {
            "title": page.title,
            "at": page.first_published_at.astimezone(office.tz),
            "kind": KINDS[page.kind].one,
            "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        }
        for page in published
    ]
    plans = [
        {
            "title": row.page.title,
            "at": row.at.astimezone(office.tz),
            "expires": row.expires,
            "url": reverse("wagtailadmin_pages:edit", args=[row.page.pk]),
        }
        for row in coming
    ]
    return {"published": rows, "planned": plans}


def below(
    request: HttpRequest, user: User, own: list[Office], desk: Desk, now: dt.datetime
) -> dict[str, Any] | None:
    """How the offices stand that the person sees beside the own ones; None without any."""
    if not leads_others(user):
        return None
    office = desk.office
    seen = visible_offices(user).filter(is_open=True, abolished_on=None)
    if not user.is_superuser:
        seen = seen.exclude(pk__in=[row.pk for row in own])
    offices = list(seen)
    if not offices or offices == [office]:
        return None
    region = queries.survey(offices, now, [row.duty for row in desk.checklist])
    everything = ASK_BELOW in request.GET
    return {
        "rows": region.rows if everything else region.rows[:BELOW_AT_MOST],
        "more": 0 if everything else max(0, len(region.rows) - BELOW_AT_MOST),
        "all_url": f"?{ASK_OFFICE}={office.code}&{ASK_BELOW}=ya",
        "total": len(region.rows),
        "active": region.active,
        "complete": region.complete,
        "duties": region.duties_in_force,
    }
