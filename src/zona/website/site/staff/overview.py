"""What the level above sees of the offices below: who works there, when they last published."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zona.offices.models import Office, RoleAssignment, User
from zona.offices.policies import Actor, leads_others, today, visible_offices

from ..kinds import KINDS
from ..models import BasePage


def has_offices_below(actor: Actor) -> bool:
    return leads_others(actor)


def offices_with_state(offices: QuerySet[Office], day: dt.date) -> QuerySet[Office]:
    """Adds `people` (with a role in force), `last_published` and `below` (offices under it)."""
    people = (
        RoleAssignment.objects.in_force(day)
        .filter(office=OuterRef("pk"), user__is_active=True)
        .order_by()
        .values("office")
        .annotate(number=Count("user", distinct=True))
        .values("number")
    )
    last = (
        BasePage.objects.live()
        .filter(office=OuterRef("pk"), kind__in=KINDS)
        .order_by()
        .values("office")
        .annotate(last=Max("first_published_at"))
        .values("last")
    )
    return offices.annotate(
        people=Subquery(people),
        last_published=Subquery(last),
        below=Count("children", filter=Q(children__abolished_on=None)),
    ).order_by("-is_open", "code")


@require_GET
def show_below(request: HttpRequest, code: str = "") -> HttpResponse:
    """The offices directly under one that the actor sees; nothing can be changed here."""
    actor = request.user
    if not isinstance(actor, User):
        raise PermissionDenied
    visible = visible_offices(actor)
    if not code:
        top = visible.filter(children__isnull=False).order_by("code").first()
        if top is None:
            raise PermissionDenied
        return redirect("site_staff:offices_below", code=top.code)
    office = get_object_or_404(visible, code=code)
    below = visible.filter(parent=office, abolished_on=None)
    title = _("Offices below")
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if office.parent and visible.filter(pk=office.parent.pk).exists():
        url = reverse("site_staff:offices_below", args=[office.parent.code])
        crumbs.append({"url": url, "label": str(office.parent)})
    context = {
        "office": office,
        "offices": offices_with_state(below, today()),
        "header_title": title,
        "header_icon": "list-ul",
        "page_subtitle": str(office),
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
    }
    return render(request, "site/office/overview.html", context)
