"""The contacts of an office: list, one contact with its talks, the press list as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zona.backstage.backoffice.offices import own_offices
from zona.ground.typed.tables import write_rows
from zona.offices.models import Office, User
from zona.offices.views.office import actor_of, breadcrumbs

from .. import actions, queries
from ..models import Contact
from ..policies import may_keep, readable_contacts, readable_offices
from .forms import ContactForm, FilterForm, TouchForm

PER_PAGE = 50


def office_for(user: User, code: str) -> Office:
    """The office if the person may read its contacts; else there is no such page."""
    return get_object_or_404(readable_offices(user), code=code)


def contact_for(user: User, code: str, contact_id: int) -> Contact:
    rows = readable_contacts(user).select_related("office")
    return get_object_or_404(rows, office__code=code, pk=contact_id, is_active=True)


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """The contacts of the person's (first) office."""
    user = actor_of(request)
    readable = readable_offices(user)
    own = [office for office in own_offices(user) if readable.filter(pk=office.pk).exists()]
    office = own[0] if own else readable.first()
    if office is None:
        raise PermissionDenied
    return redirect("partners:list", code=office.code)


@require_safe
def show_list(request: HttpRequest, code: str) -> HttpResponse:
    user = actor_of(request)
    office = office_for(user, code)
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.contacts_of(office, chosen.get("jenis", ""), chosen.get("cari", ""))
    part = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    given = request.GET.copy()
    given.pop("p", None)
    today = timezone.localdate(timezone=office.tz)
    return TemplateResponse(
        request,
        "partners/office/list.html",
        {
            "header_title": _("Partners"),
            "header_icon": "group",
            "breadcrumbs_items": breadcrumbs(("", _("Partners"))),
            "office": office,
            "offices": own_offices(user),
            "form": form,
            "part": part,
            "query": given.urlencode(),
            "breadth": queries.breadth_of(office, today),
            "press": queries.press_list(office).count(),
            "unverified": queries.to_verify(office, today).count(),
            "may_keep": may_keep(user, office),
        },
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, contact_id: int | None = None) -> HttpResponse:
    """Add or change a contact."""
    user = actor_of(request)
    office = office_for(user, code)
    if not may_keep(user, office):
        raise PermissionDenied
    contact = contact_for(user, code, contact_id) if contact_id else None
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        # The form has written into its instance already; the action compares with what is stored.
        stored = Contact.objects.select_related("office").get(pk=contact.pk) if contact else None
        saved = actions.save_contact(
            actor=user,
            office=office,
            contact=stored,
            today=timezone.localdate(timezone=office.tz),
            **form.cleaned_data,
        )
        messages.success(request, _("Saved."))
        return redirect("partners:show", code=code, contact_id=saved.pk)
    title = _("Change the contact") if contact else _("Add a contact")
    return TemplateResponse(
        request,
        "partners/office/edit.html",
        {
            "header_title": title,
            "header_icon": "group",
            "breadcrumbs_items": breadcrumbs(
                (reverse("partners:list", args=[code]), _("Partners")), ("", title)
            ),
            "office": office,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, code: str, contact_id: int) -> HttpResponse:
    """One contact: what is known, when we spoke, and a new talk to note."""
    user = actor_of(request)
    contact = contact_for(user, code, contact_id)
    today = timezone.localdate(timezone=contact.office.tz)
    form = TouchForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        actions.note_touch(actor=user, contact=contact, **form.cleaned_data)
        messages.success(request, _("Noted."))
        return redirect("partners:show", code=code, contact_id=contact.pk)
    return TemplateResponse(
        request,
        "partners/office/show.html",
        {
            "header_title": str(contact),
            "header_icon": "group",
            "breadcrumbs_items": breadcrumbs(
                (reverse("partners:list", args=[code]), _("Partners")), ("", str(contact))
            ),
            "office": contact.office,
            "contact": contact,
            "touches": contact.touches.select_related("by")[:50],
            "form": form,
            "may_keep": may_keep(user, contact.office),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def act(request: HttpRequest, code: str, contact_id: int) -> HttpResponse:
    """Verify or forget a contact, by the button pressed."""
    user = actor_of(request)
    contact = contact_for(user, code, contact_id)
    if request.POST.get("tindakan") == "lupakan":
        actions.forget_contact(actor=user, contact=contact)
        messages.success(request, _("Name, address and number were erased."))
        return redirect("partners:list", code=code)
    today = timezone.localdate(timezone=contact.office.tz)
    actions.verify_contact(actor=user, contact=contact, today=today)
    messages.success(request, _("Marked as still right today."))
    return redirect("partners:show", code=code, contact_id=contact.pk)


@require_safe
def export_press(request: HttpRequest, code: str) -> HttpResponse:
    """The press list as CSV, as Excel in Indonesia opens it: UTF-8 with mark, semicolons."""
    user = actor_of(request)
    office = office_for(user, code)
    if not may_keep(user, office):
        raise PermissionDenied
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="daftar-media-{office.code}.csv"'
    response.write("\ufeff")
    rows: list[list[Any]] = [
        [_("Organisation"), _("Name"), _("E-mail"), _("Phone"), _("Last verified")]
    ]
    for row in queries.press_list(office):
        rows.append([row.organisation, row.name, row.email, row.phone, row.verified_on or ""])
    write_rows(response, *rows)
    return response
