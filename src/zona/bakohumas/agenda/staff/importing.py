"""Taking an agenda over from a file, and calendars that fetch it."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zona.ground.files.actions import keep_file
from zona.ground.files.models import SentFile
from zona.offices.models import Office, User
from zona.offices.views.office import actor_of

from ..exchange.rows import Row
from ..exchange.sent import kind_of
from ..exchange.sheets import make_template, write_rest
from ..exchange.subscribing import token_for
from ..forms.events import ImportForm
from ..policies.events import get_calendar_for, get_planned_for
from ..queries import events as queries
from .agenda import context_of, today_at

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 5  # files sent before


@require_http_methods(["GET", "POST"])
def show_import(request: HttpRequest, code: str) -> HttpResponse:
    """A file is put away here and read by the worker; its own screen shows what was understood."""
    user = actor_of(request)
    office = get_planned_for(user, code)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = _keep(user, office, form)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("files:sent", sent.uuid)
    before = SentFile.objects.filter(office_code=office.code, kind__startswith="agenda_")
    context = context_of(user, office, _("Import an agenda")) | {
        "form": form,
        "before": before.order_by("-sent_at")[:SHOWN],
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "agenda/office/import.html", context, status=status)


def _keep(user: User, office: Office, form: ImportForm) -> SentFile:
    file = form.cleaned_data["file"]
    return keep_file(
        sender_id=user.pk,
        office_code=office.code,
        kind=kind_of(file.name),
        upload=file,
        options={"visibility": form.cleaned_data["visibility"]},
    )


@require_safe
def download_rest(request: HttpRequest, code: str, number: uuid.UUID) -> HttpResponse:
    """The rows of a file that could not be taken, to be mended and sent again."""
    office = get_planned_for(actor_of(request), code)
    sent = get_object_or_404(
        SentFile, uuid=number, office_code=office.code, kind__startswith="agenda_"
    )
    rows = [Row.unpack(row) for row in sent.found.get("rows", [])]
    rest = write_rest([row for row in rows if not row.is_good])
    return _download(rest.encode(), f"agenda-diperbaiki-{office.code}.csv", "text/csv")


@require_safe
def show_template(request: HttpRequest, code: str) -> HttpResponse:
    """A workbook to fill in."""
    office = get_planned_for(actor_of(request), code)
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
    return TemplateResponse(request, "agenda/office/subscribe.html", context)


def _webcal(url: str) -> str:
    return f"webcal://{url.partition('://')[2]}"
