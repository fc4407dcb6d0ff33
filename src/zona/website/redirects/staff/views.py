"""Old addresses in the back office: where they lead, which are missing, tables in and out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zona.backstage.backoffice.offices import choose_office, own_offices
from zona.ground.files.actions import keep_file
from zona.ground.guard.numbers import read_number
from zona.offices.models import Office
from zona.offices.views.office import actor_of, breadcrumbs
from zona.website.site.models import BasePage
from zona.website.site.pages.frame import absolute

from .. import actions, queries
from ..exchange import sheets
from ..forms import RedirectForm, SheetForm
from ..models import MissingPage, Redirect
from ..policies import get_office_for, redirecting_offices

ROWS = 50  # rows a screen
KIND = "redirects"  # of the files that are sent here


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """The old addresses of the person's (first) office."""
    actor = actor_of(request)
    office = choose_office(actor, "", own_offices(actor))
    allowed = redirecting_offices(actor)
    if office is None or not allowed.filter(pk=office.pk).exists():
        office = allowed.first()
    if office is None:
        raise PermissionDenied
    return redirect("redirects:list", code=office.code)


def frame(request: HttpRequest, office: Office, tab: str, title: str = "") -> dict[str, Any]:
    """What every screen of old addresses shows."""
    crumbs = [(reverse("redirects:list", args=[office.code]) if title else "", _("Old addresses"))]
    return {
        "office": office,
        "offices": list(redirecting_offices(actor_of(request))[:8]),
        "tab": tab,
        "header_title": title or _("Old addresses"),
        "page_title": title or _("Old addresses"),
        "header_icon": "redirect",
        "breadcrumbs_items": breadcrumbs(*crumbs, *([("", title)] if title else [])),
        "missing_count": queries.missing_of(office).count(),
    }


@require_safe
def list_redirects(request: HttpRequest, code: str) -> HttpResponse:
    """All old addresses that lead on, the last used first; `?q=` searches."""
    office = get_office_for(actor_of(request), code)
    words = request.GET.get("q", "").strip()[:100]
    rows = queries.redirects_of(office, words)
    page = Paginator(rows, ROWS).get_page(request.GET.get("p"))
    context = frame(request, office, "list") | {
        "words": words,
        "page": page,
        "rows": [(row, row.page.get_url(request) if row.page else row.url) for row in page],
    }
    return render(request, "redirects/list.html", context)


@require_safe
def list_missing(request: HttpRequest, code: str) -> HttpResponse:
    """Addresses that visitors asked for in vain, each with the page it resembles most."""
    office = get_office_for(actor_of(request), code)
    page = Paginator(queries.missing_of(office), ROWS).get_page(request.GET.get("p"))
    found = {row.pk: target for row, target in queries.guesses(office, page)}
    context = frame(request, office, "missing") | {
        "page": page,
        "rows": [(row, found.get(row.pk)) for row in page],
    }
    return render(request, "redirects/missing.html", context)


@require_http_methods(["GET", "POST"])
def edit_redirect(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Make one (`?alamat=` fills it in) or change one."""
    actor = actor_of(request)
    office = get_office_for(actor, code)
    row = get_object_or_404(Redirect, office=office, pk=pk) if pk else None
    initial = {"old_path": request.GET["alamat"][:2000]} if "alamat" in request.GET else {}
    form = RedirectForm(
        request.POST if request.method == "POST" else None,
        office=office,
        redirect=row,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            saved = actions.save_redirect(
                actor=actor,
                office=office,
                old=data["old_path"],
                page=data["page"],
                url=data["url"],
                permanent=data["permanent"],
                redirect=row,
            )
        except ValidationError as error:
            for name, said in error.message_dict.items():
                form.add_error(name if name in form.fields else None, said)
        else:
            messages.success(request, _("Saved: %(name)s leads on.") % {"name": saved.old_path})
            return redirect("redirects:list", code=code)
    title = _("Change an old address") if row else _("Add an old address")
    context = frame(request, office, "", title) | {
        "form": form,
        "media": form.media,
        "row": row,
        "action_url": request.path,
    }
    return render(request, "redirects/form.html", context, status=422 if form.errors else 200)


@require_POST
def remove_redirect(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row = get_object_or_404(Redirect, office=get_office_for(actor, code), pk=pk)
    name = row.old_path
    actions.remove_redirect(actor=actor, redirect=row)
    messages.success(request, _("Removed: %(reason)s.") % {"reason": name})
    return redirect("redirects:list", code=code)


@require_POST
def point(request: HttpRequest, code: str) -> HttpResponse:
    """One click: let a missing address lead to the page that was offered."""
    actor = actor_of(request)
    office = get_office_for(actor, code)
    number = read_number(request.POST.get("missing"))
    row = get_object_or_404(MissingPage, office=office, pk=number)
    number = read_number(request.POST.get("page"))
    target = get_object_or_404(BasePage, office=office, pk=number)
    try:
        actions.save_redirect(actor=actor, office=office, old=row.path, page=target)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = _("%(old)s leads to “%(title)s” from now on.")
        messages.success(request, said % {"old": row.path, "title": target.title})
    return redirect("redirects:missing", code=code)


@require_POST
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """Take an address off the list of those not found."""
    actor = actor_of(request)
    office = get_office_for(actor, code)
    number = read_number(request.POST.get("missing"))
    row = get_object_or_404(MissingPage, office=office, pk=number)
    actions.forget_missing(actor=actor, office=office, path=row.path)
    return redirect("redirects:missing", code=code)


@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    """All old addresses as CSV, in the form that can be loaded again."""
    office = get_office_for(actor_of(request), code)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="alamat-lama-{office.code}.csv"'
    rows = queries.redirects_of(office).iterator(500)
    sheets.write(
        response,
        [_("Old address"), _("Leads to"), _("For good"), _("Used"), _("Last used")],
        (
            [
                row.old_path,
                absolute(row.page.get_url(request) or "") if row.page else row.url,
                _("yes") if row.permanent else _("no"),
                str(row.hits),
                row.last_hit.astimezone(office.tz).isoformat("T", "minutes")
                if row.last_hit
                else "",
            ]
            for row in rows
        ),
    )
    return response


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest, code: str) -> HttpResponse:
    """Put a table of old addresses away; the worker reads it, its own screen goes on from there."""
    actor = actor_of(request)
    office = get_office_for(actor, code)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = keep_file(
                sender_id=actor.pk,
                office_code=office.code,
                kind=KIND,
                upload=form.cleaned_data["file"],
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("files:sent", sent.uuid)
    context = frame(request, office, "", _("Load a table")) | {"form": form}
    return render(request, "redirects/load.html", context, status=422 if form.errors else 200)
