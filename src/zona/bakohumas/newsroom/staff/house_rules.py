"""How an office's newsroom works: deputies, and the administrator's settings."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zona.bakohumas.agenda.policies.events import people_of
from zona.bakohumas.checker.checking import settings_of as checks_of
from zona.ground.mail.sending import mail_leaves
from zona.offices.policies import administered_offices, may_administer, today
from zona.offices.views.office import actor_of, breadcrumbs, choose_office

from ..actions import house_rules as actions
from ..actions import reviewers
from ..forms.approval import DeputyForm, ReviewerForm, SettingsForm
from ..models import Deputy, Reviewer
from ..policies.approval import get_reviewing_office_for, may_name_deputy, settings_of
from ..queries.approval import deputies_of
from ..rules import approval as rules

APPROVALS = ("approval_low", "approval_medium", "approval_high")
TEXTS = ("dateline", "title_length", "weekly_target")


@require_http_methods(["GET", "POST"])
def show_deputies(request: HttpRequest, code: str) -> HttpResponse:
    """Who decides for whom, and one form to say so."""
    user = actor_of(request)
    office = get_reviewing_office_for(user, code)
    people = people_of(office).order_by("name")
    away = people if may_administer(user, office) else people.filter(pk=user.pk)
    form = DeputyForm(
        request.POST or None,
        people=people,
        away=away,
        initial={"person": user.pk, "starts_on": today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_deputy(actor=user, office=office, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Noted. The deputy sees what waits on the dashboard."))
            return redirect("newsroom_staff:deputies", code=code)
    rows = [
        (row, row.starts_on <= today(), may_name_deputy(user, office, row.person))
        for row in deputies_of(office, today())
    ]
    return TemplateResponse(
        request,
        "newsroom/office/deputies.html",
        {
            "header_title": _("Deputies"),
            "header_icon": "group",
            "breadcrumbs_items": breadcrumbs(("", _("Deputies"))),
            "office": office,
            "rows": rows,
            "form": form,
            "may_name": away.exists(),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def dismiss(request: HttpRequest, code: str, deputy_id: int) -> HttpResponse:
    user = actor_of(request)
    office = get_reviewing_office_for(user, code)
    row = get_object_or_404(
        Deputy.objects.select_related("office", "person", "deputy"), office=office, pk=deputy_id
    )
    if not may_name_deputy(user, office, row.person):
        raise PermissionDenied
    actions.dismiss_deputy(actor=user, row=row)
    messages.success(request, _("Removed."))
    return redirect("newsroom_staff:deputies", code=code)


@require_http_methods(["GET", "POST"])
def show_reviewers(request: HttpRequest, code: str) -> HttpResponse:
    """Who may approve without an account, and one form to register somebody."""
    user = actor_of(request)
    office = get_reviewing_office_for(user, code)
    may_register = may_administer(user, office)
    if request.method == "POST" and not may_register:
        raise PermissionDenied
    form = ReviewerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reviewers.register_reviewer(actor=user, office=office, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Registered. Links and codes go to that address alone."))
            return redirect("newsroom_staff:reviewers", code=code)
    rows = Reviewer.objects.filter(office=office, ended_at=None).select_related("noted_by")
    return TemplateResponse(
        request,
        "newsroom/office/reviewers.html",
        {
            "header_title": _("Reviewers without an account"),
            "header_icon": "group",
            "breadcrumbs_items": breadcrumbs(("", _("Reviewers without an account"))),
            "office": office,
            "rows": [(row, rules.mask_address(row.email)) for row in rows],
            "form": form,
            "may_register": may_register,
            "mail_leaves": mail_leaves(),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def end_reviewer(request: HttpRequest, code: str, reviewer_id: int) -> HttpResponse:
    user = actor_of(request)
    office = get_reviewing_office_for(user, code)
    row = get_object_or_404(
        Reviewer.objects.select_related("office"), office=office, pk=reviewer_id
    )
    reviewers.end_reviewer(actor=user, reviewer=row)
    messages.success(request, _("Removed."))
    return redirect("newsroom_staff:reviewers", code=code)


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    return choose_office(request, "newsroom_staff:settings", _("Newsroom"))


@require_http_methods(["GET", "POST"])
def show_settings(request: HttpRequest, code: str) -> HttpResponse:
    """All settings of the newsroom on one page, each with what it means."""
    user = actor_of(request)
    office = get_object_or_404(administered_offices(user), code=code)
    initial = SettingsForm.initial_of(settings_of(office), checks_of(office))
    form = SettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_settings(actor=user, office=office, values=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. It holds from now on."))
            return redirect("newsroom_staff:settings", code=code)
    return TemplateResponse(
        request,
        "newsroom/office/settings.html",
        {
            "header_title": _("Newsroom"),
            "header_icon": "cogs",
            "breadcrumbs_items": breadcrumbs(("", _("Newsroom"))),
            "office": office,
            "form": form,
            "approvals": [form[name] for name in APPROVALS],
            "texts": [form[name] for name in TEXTS],
        },
        status=422 if form.errors else 200,
    )
