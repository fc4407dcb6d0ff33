"""Looking a page over: five boxes beside its text; and the years that an import concluded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from zona.ground.guard.numbers import read_numbers
from zona.offices.models import Office, User
from zona.offices.policies import visible_offices
from zona.offices.views.office import actor_of

from ..actions.pages import review_page
from ..actions.years import confirm_years
from ..models import BasePage
from ..pages import rows as cards
from ..policies import get_page_for
from ..rules.reading import find_signs
from . import queries
from .desk import desk_of

YEARS_AT_ONCE = 50


def office_for(user: User, code: str) -> Office:
    """The office of this code if the person may see it; else there is no such page."""
    return get_object_or_404(visible_offices(user).filter(is_open=True), code=code)


def breadcrumbs(*items: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the dashboard to here, as (address, label)."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return [home, *({"url": url, "label": label} for url, label in items)]


class ReviewForm(forms.Form):
    """Five boxes, named as the action wants them; `signs` is shown beside each."""

    names = forms.BooleanField(
        label=gettext_lazy("Names and positions are right"),
        error_messages={"required": gettext_lazy("Check the names and positions.")},
    )
    dates = forms.BooleanField(
        label=gettext_lazy("Dates are right"),
        error_messages={"required": gettext_lazy("Check the dates.")},
    )
    figures = forms.BooleanField(
        label=gettext_lazy("Figures are right"),
        error_messages={"required": gettext_lazy("Check the figures.")},
    )
    links = forms.BooleanField(
        label=gettext_lazy("Links lead where they should"),
        error_messages={"required": gettext_lazy("Open each link.")},
    )
    contacts = forms.BooleanField(
        label=gettext_lazy("Contacts are right"),
        error_messages={"required": gettext_lazy("Check addresses, phone numbers and e-mail.")},
    )


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, page_id: int) -> HttpResponse:
    """The screen of one review."""
    page = get_page_for(actor_of(request), page_id).specific
    if not (page.live and page.office and page.review_days):
        raise Http404
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ticked = [name for name, value in form.cleaned_data.items() if value]
        review_page(actor=actor_of(request), page_id=page.pk, ticked=ticked)
        messages.success(request, _("Reviewed: “%(title)s”.") % {"title": page.title})
        return redirect("wagtailadmin_home")
    return TemplateResponse(
        request,
        "site/office/review.html",
        {
            "header_title": _("Review “%(title)s”") % {"title": page.title},
            "header_icon": "check",
            "breadcrumbs_items": breadcrumbs(("", _("Review a page"))),
            "page": page,
            "page_url": page.get_url(request),
            "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
            "last": cards.say_day(cards.local_day(page.reviewed_at, page)),
            "age": cards.age(page, _today(page.office)),
            "form": form,
        }
        | read_page(page),
        status=422 if form.errors else 200,
    )


def read_page(page: BasePage) -> dict[str, Any]:
    """The public text of a page as HTML, and what to look at in it."""
    text = render_to_string("site/office/page_text.html", {"page": page})
    return {"text": text, "signs": find_signs(text)}


def _today(office: Office) -> dt.date:
    return timezone.now().astimezone(office.tz).date()


@require_http_methods(["GET", "POST"])
def check_years(request: HttpRequest, code: str) -> HttpResponse:
    """Tick the imported items whose concluded year is right."""
    office = office_for(actor_of(request), code)
    if not desk_of(actor_of(request), office).may_publish:
        raise PermissionDenied
    if request.method == "POST":
        ids = read_numbers(request.POST.getlist("page"))
        if not ids:
            messages.error(request, _("Tick at least one article."))
            return redirect("site_staff:years", code=code)
        count = confirm_years(actor=actor_of(request), office=office, page_ids=ids)
        said = ngettext("%(count)s year confirmed.", "%(count)s years confirmed.", count)
        messages.success(request, said % {"count": count})
        if queries.inferred_years(office).exists():
            return redirect("site_staff:years", code=code)
        return redirect("wagtailadmin_home")
    rows = queries.inferred_years(office)
    title = _("Check the years of imported articles")
    return TemplateResponse(
        request,
        "site/office/years.html",
        {
            "header_title": title,
            "header_icon": "calendar-check",
            "breadcrumbs_items": breadcrumbs(("", title)),
            "office": office,
            "rows": rows[:YEARS_AT_ONCE],
            "total": rows.count(),
        },
    )
