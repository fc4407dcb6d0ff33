"""The office's own screens in the back office: particulars, service hours, closed days."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import policies
from ..actions import calendar as calendar_actions
from ..actions import office as actions
from ..forms.calendar import ClosedDayForm, HoursForm
from ..forms.office import AccountFormSet, OfficeForm
from ..models import ClosedDay, Office, User
from ..queries import offices as queries


def actor_of(request: HttpRequest) -> User:
    """Who is signed in; PermissionDenied for nobody."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def office_for(request: HttpRequest, code: str) -> Office:
    """The office of this code if the actor administers it; else there is no such page."""
    return get_object_or_404(policies.administered_offices(actor_of(request)), code=code)


def breadcrumbs(*items: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the dashboard to here, as (address, label)."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return [home, *({"url": url, "label": label} for url, label in items)]


def own_offices(request: HttpRequest) -> list[Office]:
    """The offices a person would mean by "my office": those served here, if there are any."""
    mine = policies.administered_offices(actor_of(request)).filter(abolished_on=None)
    return list(mine.filter(is_open=True)) or list(mine)


@require_http_methods(["GET"])
def choose_office(request: HttpRequest, target: str, title: str) -> HttpResponse:
    """Lead to the screen of one's only office, or let the person choose one of several."""
    offices = own_offices(request)
    if not offices:
        raise PermissionDenied
    if len(offices) == 1:
        return redirect(target, code=offices[0].code)
    context = {
        "header_title": title,
        "header_icon": "home",
        "breadcrumbs_items": breadcrumbs(("", title)),
        "choices": [(reverse(target, args=[office.code]), office) for office in offices],
    }
    return render(request, "offices/office/choose.html", context)


@require_http_methods(["GET", "POST"])
def edit_office(request: HttpRequest, code: str) -> HttpResponse:
    """What the office says about itself, on one page."""
    office = office_for(request, code)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OfficeForm(data, files, instance=office)
    accounts = AccountFormSet(data, queryset=office.accounts.all(), prefix="accounts")
    if request.method == "POST":
        if form.is_valid() and accounts.is_valid():
            save_particulars(actor_of(request), office, form, accounts)
            messages.success(request, _("Saved. The website shows it at once."))
            return redirect("offices:office", code=code)
        keep_logo(actor_of(request), office, form)
        messages.error(request, _("Not saved yet. Mend what is marked below."))
    context = {
        "office": Office.objects.get(pk=office.pk),  # as it is, not as the form would have it
        "form": form,
        "accounts": accounts,
        "header_title": _("Office"),
        "header_icon": "home",
        "page_title": str(office),
        "breadcrumbs_items": breadcrumbs(("", _("Office"))),
        "action_url": reverse("offices:office", args=[code]),
        "form_is_multipart": True,
        "submit_button_label": _("Save"),
        "submit_button_active_label": _("Saving…"),
    }
    return render(request, "offices/office/edit.html", context)


def save_particulars(
    actor: User, office: Office, form: OfficeForm, accounts: Any | None = None
) -> None:
    """Hand checked forms to the actions."""
    actions.update_office(actor=actor, office=office, **form.values())
    if accounts is not None:
        actions.save_accounts(actor=actor, office=office, accounts=accounts.pairs())


def keep_logo(actor: User, office: Office, form: OfficeForm) -> None:
    """Save a good picture although other fields are at fault: a browser does not send it again."""
    values = form.values()
    if values.get("logo"):
        actions.update_office(actor=actor, office=office, logo=values["logo"])


@require_http_methods(["GET", "POST"])
def edit_hours(request: HttpRequest, code: str) -> HttpResponse:
    """The week of service hours, and below it the days on which the office is closed."""
    office = office_for(request, code)
    if request.method == "POST":
        form = HoursForm(request.POST)
        if "copy" in request.POST:
            form = form.copy_monday()
        elif form.is_valid():
            calendar_actions.save_hours(actor=actor_of(request), office=office, hours=form.week)
            messages.success(request, _("Saved. The website shows it at once."))
            return redirect("offices:hours", code=code)
        else:
            messages.error(request, _("Not saved yet. Mend what is marked below."))
    else:
        form = HoursForm(week=queries.week_hours(office))
    return _show_hours(request, office, form, ClosedDayForm())


@require_POST
def add_closed_day(request: HttpRequest, code: str) -> HttpResponse:
    """Close the office for a day or several."""
    office = office_for(request, code)
    form = ClosedDayForm(request.POST)
    if not form.is_valid():
        return _show_hours(request, office, HoursForm(week=queries.week_hours(office)), form)
    calendar_actions.add_closed_day(actor=actor_of(request), office=office, **form.cleaned_data)
    messages.success(request, _("Saved. The website shows it at once."))
    return redirect("offices:hours", code=code)


@require_POST
def remove_closed_day(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a closing back."""
    closed = get_object_or_404(ClosedDay, office=office_for(request, code), pk=pk)
    calendar_actions.remove_closed_day(actor=actor_of(request), closed=closed)
    messages.success(request, _("Removed: %(reason)s.") % {"reason": closed.reason})
    return redirect("offices:hours", code=code)


def _show_hours(
    request: HttpRequest, office: Office, form: HoursForm, closed_form: ClosedDayForm
) -> HttpResponse:
    context = {
        "office": office,
        "form": form,
        "closed_form": closed_form,
        "closed_days": queries.closed_days_ahead(office),
        "header_title": _("Service hours"),
        "header_icon": "time",
        "breadcrumbs_items": breadcrumbs(("", _("Service hours"))),
    }
    return render(request, "offices/office/hours.html", context)
