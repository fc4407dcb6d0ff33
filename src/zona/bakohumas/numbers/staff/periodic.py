"""Periodic data: what fell due, and noting what was published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zona.backstage.backoffice.offices import own_offices
from zona.offices.models import Office
from zona.offices.policies import may_edit_national
from zona.offices.views.office import actor_of, breadcrumbs
from zona.website.site.models import BasePage
from zona.website.site.staff.desk import desk_of

from ..actions.periodic import note_fulfilment, withdraw_fulfilment
from ..forms import FulfilmentForm
from ..mending import say_term
from ..policies import get_office_for, may_note
from ..queries.freshness import Data, opened_on, periodic_data

PAGES_OFFERED = 200


@dataclass(frozen=True)
class Line:
    """One period on the screen."""

    row: Data
    name: str
    state: str  # done, half, late, open or ahead
    url: str  # where the data can be read

    @property
    def is_waiting(self) -> bool:
        return self.row.fulfilment is None


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, code: str) -> HttpResponse:
    user, now = actor_of(request), timezone.now()
    office = get_office_for(user, code)
    today = now.astimezone(office.tz).date()
    form = None
    if request.method == "POST":
        if not may_note(user, office):
            raise PermissionDenied
        form = FulfilmentForm(request.POST, pages=_pages(office))
        if _act(request, office, form):
            return redirect(reverse("numbers:periodic", args=[code]))
    opened = opened_on(office, desk_of(user, office).home)
    rows = periodic_data(office, today, opened)
    lines = [_line(request, row, today) for row in reversed(rows)]
    asked = request.GET.get("catat", "")
    if form is not None:
        asked = f"{form.data.get('duty', '')}:{form.data.get('period', '')}"
    return TemplateResponse(
        request,
        "numbers/office/periodic.html",
        {
            "header_title": _("Periodic data"),
            "header_icon": "date",
            "breadcrumbs_items": breadcrumbs(
                (reverse("numbers:freshness", args=[code]), _("Freshness")),
                ("", _("Periodic data")),
            ),
            "office": office,
            "offices": own_offices(user),
            "lines": lines,
            "duties": list({row.duty.pk: row.duty for row in rows}.values()),
            "waiting": sum(line.is_waiting and line.state == "open" for line in lines),
            "opened": opened,
            "asked": asked,
            "form": form or _form_for(asked, office, today),
            "may_note": may_note(user, office),
            "edit_url": reverse("periodic_duties:index") if may_edit_national(user) else "",
        },
        status=422 if form else 200,
    )


def _pages(office: Office) -> QuerySet[BasePage]:
    """Published pages that can hold data, the newest first."""
    rows = BasePage.objects.live().filter(
        office=office, kind__in=["standard", "announcement", "article", "infographic"]
    )
    newest = rows.order_by("-first_published_at").values("pk")[:PAGES_OFFERED]
    return BasePage.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).order_by(
        "title"
    )


def _form_for(asked: str, office: Office, today: dt.date) -> FulfilmentForm | None:
    duty, _sign, period = asked.partition(":")
    if not period:
        return None
    initial = {"duty": duty, "period": period, "published_on": today}
    return FulfilmentForm(initial=initial, pages=_pages(office))


def _act(request: HttpRequest, office: Office, form: FulfilmentForm) -> bool:
    """Note or take back; False with words at the form when it cannot be done."""
    user = actor_of(request)
    if request.POST.get("tindakan") == "batalkan":
        form.full_clean()
        duty = form.cleaned_data.get("duty")
        period = form.cleaned_data.get("period", "")
        if duty and withdraw_fulfilment(actor=user, office=office, duty=duty, period=period):
            messages.success(request, _("Taken back."))
        return True
    if not form.is_valid():
        return False
    today = timezone.localdate(timezone=office.tz)
    try:
        note_fulfilment(actor=user, office=office, today=today, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("Noted."))
    return True


def _line(request: HttpRequest, row: Data, today: dt.date) -> Line:
    found = row.fulfilment
    if found is None:
        state = "ahead" if row.due >= today else "open"
    else:
        state = {100: "done", 50: "half"}.get(row.points, "late")
    url = ""
    if found is not None:
        url = (found.page.get_url(request) if found.page and found.page.live else "") or found.url
    return Line(row, say_term(row), state, url)
