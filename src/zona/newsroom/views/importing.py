"""Taking an agenda over from a file: choose, look, accept."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from zona.offices.models import Office, User
from zona.offices.views.office import actor_of

from ..actions.importing import import_events
from ..forms.agenda import ImportForm
from ..ics import read_calendar
from ..importing import Row
from ..models import Visibility
from ..policies import get_calendar_for, may_plan
from ..queries import agenda as queries
from ..sheets import make_template, read_sheet, write_rest
from ..subscribing import token_for
from .agenda import context_of, today_at

AGE = 2 * 60 * 60  # seconds in which a looked-at file may be accepted
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _office_for(user: User, code: str) -> Office:
    office = get_calendar_for(user, code)
    if not may_plan(user, office):
        raise PermissionDenied
    return office


def _salt(user: User, office: Office) -> str:
    return f"newsroom.import.{user.pk}.{office.pk}"


@require_http_methods(["GET", "POST"])
def show_import(request: HttpRequest, code: str) -> HttpResponse:
    """A file is looked at first; what was looked at travels along, sealed, until accepted."""
    user = actor_of(request)
    office = _office_for(user, code)
    if "isi" in request.POST:
        return _finish(request, user, office)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = read_file(form.cleaned_data["file"], office)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return _preview(request, user, office, rows, form.cleaned_data["visibility"])
    context = context_of(user, office, _("Import an agenda")) | {"form": form}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "newsroom/agenda/import.html", context, status=status)


def read_file(file: Any, office: Office) -> list[Row]:
    """The rows of an uploaded file. Raises ValidationError."""
    content, today = file.read(), today_at(office)
    kinds = queries.kind_names(today)
    if file.name.lower().endswith(".ics"):
        return read_calendar(content, office, kinds, today)
    return read_sheet(file.name, content, office, kinds)


def _preview(
    request: HttpRequest, user: User, office: Office, rows: list[Row], visibility: str
) -> HttpResponse:
    good = [row for row in rows if row.is_good and row.starts_at]
    good.sort(key=lambda row: row.starts_at or timezone.now())
    packed = {"rows": [row.pack() for row in rows], "visibility": visibility}
    names = queries.kind_names(today_at(office))
    for row in good:
        row.cells["kind_name"] = names.get(row.kind, "")
        row.cells["day"] = row.starts_at.astimezone(office.tz)  # type: ignore[assignment,union-attr]
    context = context_of(user, office, _("Look at the file")) | {
        "good": good,
        "bad": [row for row in rows if not row.is_good],
        "is_closed": visibility == Visibility.CLOSED,
        "sealed": signing.dumps(packed, salt=_salt(user, office), compress=True),
    }
    return TemplateResponse(request, "newsroom/agenda/preview.html", context)


def _finish(request: HttpRequest, user: User, office: Office) -> HttpResponse:
    """Accept the good rows, or hand out the others to be mended."""
    here = reverse("newsroom:import", args=[office.code])
    try:
        packed = signing.loads(request.POST["isi"], salt=_salt(user, office), max_age=AGE)
    except signing.BadSignature:
        messages.error(request, _("The file was looked at too long ago. Choose it once more."))
        return redirect(here)
    rows = [Row.unpack(row) for row in packed["rows"]]
    if "sisa" in request.POST:
        rest = write_rest([row for row in rows if not row.is_good])
        return _download(rest.encode(), f"agenda-diperbaiki-{office.code}.csv", "text/csv")
    outcome = import_events(actor=user, office=office, rows=rows, visibility=packed["visibility"])
    said = _("%(added)s added, %(updated)s changed, %(same)s as they were.")
    numbers = {
        "added": outcome.added, "updated": outcome.updated, "same": outcome.unchanged
    }  # fmt: skip
    messages.success(request, said % numbers)
    return redirect("newsroom:agenda_list", code=office.code)


@require_safe
def show_template(request: HttpRequest, code: str) -> HttpResponse:
    """A workbook to fill in."""
    office = _office_for(actor_of(request), code)
    content = make_template(queries.kind_names(today_at(office)))
    return _download(content, "templat-agenda.xlsx", XLSX)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


@require_safe
def show_subscription(request: HttpRequest, code: str) -> HttpResponse:
    """The addresses under which calendars fetch the agenda."""
    user = actor_of(request)
    office = get_calendar_for(user, code)
    public = request.build_absolute_uri(reverse("agenda:feed", args=[office.code]))
    secret = request.build_absolute_uri(
        reverse("agenda:staff_feed", args=[token_for(user, office)])
    )
    context = context_of(user, office, _("Subscribe to the agenda")) | {
        "secret": secret,
        "secret_webcal": _webcal(secret),
        "public": public,
    }
    return TemplateResponse(request, "newsroom/agenda/subscribe.html", context)


def _webcal(url: str) -> str:
    return f"webcal://{url.partition('://')[2]}"
