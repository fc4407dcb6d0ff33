"""The checklist of mandatory pages: the screen, its export, and the way to a missing page."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zona.backstage.backoffice.offices import choose_office, own_offices
from zona.ground.typed.tables import write_rows
from zona.offices.policies import may_edit_national
from zona.offices.views.office import actor_of

from ..actions.duties import read_catalogue
from ..models import BasePage, ContactPage, MandatoryPage, ProfilePage, StandardPage
from ..policies import may_edit
from .desk import desk_of
from .queries import DutyState, State, check_duties
from .reviews import breadcrumbs, office_for

ASKED = "wajib"
"""Name in the address of the create form of the duty that the new page is to fulfil."""

CLASSES = {"standard": StandardPage, "profile": ProfilePage, "contact": ContactPage}


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """The checklist of the person's (first) office."""
    office = choose_office(actor_of(request), "", own_offices(actor_of(request)))
    if office is None:
        raise PermissionDenied
    return redirect("site_staff:duties", code=office.code)


@require_safe
def show_duties(request: HttpRequest, code: str) -> HttpResponse:
    office = office_for(actor_of(request), code)
    rows = check_duties(office, timezone.now())
    there = sum(1 for row in rows if row.state is not State.MISSING)
    missing = len(rows) - there
    percent = 100 * there // len(rows) if rows else 100
    counts = {"there": there, "total": len(rows), "missing": missing, "percent": percent}
    if not missing:
        sentence = _("All %(total)s mandatory pages are there.") % counts
    else:
        sentence = (
            _("%(there)s of %(total)s mandatory pages exist (%(percent)s%%); %(missing)s to go.")
            % counts
        )
    return TemplateResponse(
        request,
        "site/office/duties.html",
        {
            "header_title": _("Mandatory pages"),
            "header_icon": "clipboard-list",
            "breadcrumbs_items": breadcrumbs(("", _("Mandatory pages"))),
            "office": office,
            "desk": desk_of(actor_of(request), office),
            "offices": own_offices(actor_of(request)),
            "rows": [Line.of(request, row) for row in rows],
            "sentence": sentence,
            "there": there,
            "total": len(rows),
            "export_url": reverse("site_staff:export_duties", args=[code]),
            "edit_duties_url": (
                reverse("mandatory_pages:index") if may_edit_national(actor_of(request)) else ""
            ),
        },
    )


@dataclass(frozen=True)
class Line:
    """One row of the screen."""

    row: DutyState
    public_url: str
    is_missing: bool
    needs_review: bool

    @classmethod
    def of(cls, request: HttpRequest, row: DutyState) -> Line:
        return cls(
            row,
            row.page.get_url(request) or "" if row.page and row.page.live else "",
            row.state is State.MISSING,
            row.state is State.REVIEW,
        )


@require_safe
def export_duties(request: HttpRequest, code: str) -> HttpResponse:
    """The checklist as CSV, as Excel in Indonesia opens it: UTF-8 with mark, semicolons."""
    office = office_for(actor_of(request), code)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="halaman-wajib-{office.code}.csv"'
    response.write("\ufeff")
    rows = [[_("Page"), _("State"), _("Last reviewed"), _("Legal base"), _("Address")]]
    for row in check_duties(office, timezone.now()):
        url = row.page.get_full_url(request) if row.page and row.page.live else ""
        reviewed = row.reviewed.isoformat() if row.reviewed else ""
        rows.append([row.duty.title, row.state.value, reviewed, row.duty.legal_base, url or ""])
    write_rows(response, *rows)
    return response


@require_safe
def create_duty(request: HttpRequest, code: str, duty: str) -> HttpResponse:
    """Lead to the form of the page that will fulfil the duty, or to the draft that is there."""
    office = office_for(actor_of(request), code)
    desk = desk_of(actor_of(request), office)
    if not (desk.may_add and desk.home):
        raise PermissionDenied
    row = get_object_or_404(MandatoryPage, code=duty)
    page = BasePage.objects.filter(office=office, mandatory=row).order_by("-live", "pk").first()
    if page is None and kind_of(duty) == "contact":
        page = ContactPage.objects.filter(office=office).first()
    if page is not None:
        if not may_edit(actor_of(request), page):
            raise PermissionDenied
        return redirect("wagtailadmin_pages:edit", page.pk)
    model = CLASSES[kind_of(duty)]
    if not model.can_create_at(desk.home):
        raise Http404
    messages.info(request, _("What the page must tell: %(purpose)s") % {"purpose": row.purpose})
    url = reverse("wagtailadmin_pages:add", args=["site", model._meta.model_name, desk.home.pk])
    return redirect(f"{url}?{ASKED}={row.code}")


def kind_of(code: str) -> str:
    """The page kind that suits a duty; duties that were added by hand get a standard page."""
    for row in read_catalogue():
        if row["code"] == code:
            return str(row["kind"])
    return "standard"


def prefill(page: BasePage, code: str) -> None:
    """Fill a new page with what its duty says; an unknown code fills nothing."""
    duty = MandatoryPage.objects.filter(code=code).first()
    if duty is None:
        return
    page.title = page.draft_title = duty.title
    page.mandatory, page.review_days = duty, duty.review_days
    for row in read_catalogue():
        if row["code"] == code and row.get("part"):
            page.part = row["part"]
