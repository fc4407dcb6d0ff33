"""One entry of the agenda: what is known, who covers it, what came of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from zona.bakohumas.partners.policies import readable_contacts
from zona.ground.typed.widgets import MomentInput
from zona.offices.models import User
from zona.offices.views.office import actor_of

from ..actions import events as actions
from ..actions import papers
from ..forms.events import (
    CancelForm,
    DocumentForm,
    EventForm,
    FollowUpForm,
    OfficesForm,
    initial_of,
)
from ..models import Participation
from ..policies.events import (
    get_document_for,
    get_entry_for,
    get_follow_up_for,
    may_plan,
    visible_follow_ups,
)
from ..queries import events as queries
from ..queries.coverage import event_desk
from .agenda import attach, context_of, show_form, today_at


def url_of(entry: Participation) -> str:
    return reverse("agenda_staff:event", args=[entry.pk])


def _host_only(user: User, entry: Participation) -> None:
    """What the host alone may change. Raises PermissionDenied."""
    if not entry.is_host or not may_plan(user, entry.office):
        raise PermissionDenied


@require_safe
def show(request: HttpRequest, participation_id: int) -> HttpResponse:
    user = actor_of(request)
    entry = get_entry_for(user, participation_id)
    actions.mark_seen(entry, actor=user)
    return _render(request, user, entry)


def _render(
    request: HttpRequest, user: User, entry: Participation, status: int = 200, **forms: Any
) -> HttpResponse:
    office, event = entry.office, entry.event
    context = context_of(user, office, event.title) | event_desk(entry, user)
    context["due_at"] = MomentInput().render("due_at", None, {"id": "tugas-batas"})
    plans = context["may_plan"]
    contacts = event.contacts.all() & readable_contacts(user) if entry.is_host else []
    guests = event.participations.filter(is_host=False).select_related("office")
    context |= {
        "entry": queries.entries([entry], office, timezone.now())[0],
        "event": event,
        "may_change": plans and entry.is_host,
        "documents": event.documents.select_related("added_by"),
        "follow_ups": visible_follow_ups(entry),
        "contacts": contacts,
        "guests": list(guests.order_by("office__code")[:600]) if entry.is_host else [],
        "may_name": plans and entry.is_host and queries.may_have_guests(office),
        "later": _later(entry),
        "document_form": DocumentForm(),
        "follow_up_form": FollowUpForm(office=office),
        "cancel_form": CancelForm(event=event),
    }
    return TemplateResponse(request, "agenda/office/event.html", context | forms, status=status)


def _later(entry: Participation) -> int:
    """How many of the series come after this one."""
    event = entry.event
    if event.series is None:
        return 0
    rows = type(event).objects.filter(series=event.series, office=event.office_id)
    return rows.filter(starts_at__gt=event.starts_at).count()


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, participation_id: int) -> HttpResponse:
    user = actor_of(request)
    entry = get_entry_for(user, participation_id)
    _host_only(user, entry)
    office, event = entry.office, entry.event
    form = EventForm(
        request.POST or None,
        office=office,
        today=today_at(office),
        event=event,
        initial=initial_of(event, office) if request.method == "GET" else None,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_event(
                actor=user,
                event=event,
                facts=form.facts(),
                contacts=given.get("contacts"),
                following=given.get("following", False),
            )
        except ValidationError as error:
            attach(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(url_of(entry))
    return show_form(
        request, user, office, form, _("Change the entry"), (url_of(entry), event.title)
    )


@require_POST
def cancel(request: HttpRequest, participation_id: int) -> HttpResponse:
    """Cancel with a reason, or take the cancellation back."""
    user = actor_of(request)
    entry = get_entry_for(user, participation_id)
    _host_only(user, entry)
    if "pulihkan" in request.POST:
        actions.restore_event(actor=user, event=entry.event)
        messages.success(request, _("It takes place after all."))
        return redirect(url_of(entry))
    form = CancelForm(request.POST, event=entry.event)
    if not form.is_valid():
        return _render(request, user, entry, status=422, cancel_form=form)
    actions.cancel_event(
        actor=user,
        event=entry.event,
        reason=form.cleaned_data["reason"],
        following=form.cleaned_data.get("following", False),
    )
    messages.success(request, _("Cancelled. The entry stays and is marked."))
    return redirect(url_of(entry))


@require_http_methods(["GET", "POST"])
def name_offices(request: HttpRequest, participation_id: int) -> HttpResponse:
    """Choose the offices below that take part; it flows into their calendars."""
    user = actor_of(request)
    entry = get_entry_for(user, participation_id)
    _host_only(user, entry)
    event = entry.event
    if not queries.may_have_guests(entry.office):
        raise PermissionDenied
    there = event.participations.filter(is_host=False).values_list("office_id", flat=True)
    form = OfficesForm(request.POST or None, event=event, initial={"offices": list(there)})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["offices"]
        if "semua" in request.POST:
            chosen = form.fields["offices"].queryset  # type: ignore[attr-defined]
        new = actions.name_offices(actor=user, event=event, offices=chosen)
        count = len(new)
        said = ngettext("%(count)s office was added.", "%(count)s offices were added.", count)
        messages.success(request, said % {"count": count})
        return redirect(url_of(entry))
    context = context_of(user, entry.office, _("Name offices"), (url_of(entry), event.title))
    context |= {"form": form, "event": event, "url": url_of(entry)}
    return TemplateResponse(request, "agenda/office/offices.html", context)


@require_POST
def add_document(request: HttpRequest, participation_id: int) -> HttpResponse:
    user = actor_of(request)
    entry = get_entry_for(user, participation_id)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            papers.add_document(
                actor=user,
                participation=entry,
                title=form.cleaned_data["title"],
                file=form.cleaned_data["file"],
            )
        except ValidationError as error:
            attach(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(url_of(entry))
    return _render(request, user, entry, status=422, document_form=form)


@require_http_methods(["GET", "POST"])
def show_document(request: HttpRequest, participation_id: int, paper_id: int) -> HttpResponseBase:
    """The file, for those who read the entry; with POST the host takes it away."""
    user = actor_of(request)
    entry, document = get_document_for(user, participation_id, paper_id)
    if request.method == "POST":
        _host_only(user, entry)
        papers.remove_document(actor=user, participation=entry, document=document)
        messages.success(request, _("Removed."))
        return redirect(url_of(entry))
    ending = str(document.file.name).rpartition(".")[2]
    response = FileResponse(
        document.file.open("rb"), as_attachment=True, filename=f"{document.title}.{ending}"
    )
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def add_follow_up(request: HttpRequest, participation_id: int) -> HttpResponse:
    user = actor_of(request)
    entry = get_entry_for(user, participation_id)
    form = FollowUpForm(request.POST, office=entry.office)
    if form.is_valid():
        given = form.cleaned_data
        actions.add_follow_up(actor=user, participation=entry, **given)
        messages.success(request, _("Noted."))
        return redirect(f"{url_of(entry)}#tindak-lanjut")
    return _render(request, user, entry, status=422, follow_up_form=form)


@require_POST
def finish_follow_up(
    request: HttpRequest, participation_id: int, follow_up_id: int
) -> HttpResponse:
    """Tick or untick; goes back to the board when it was ticked there."""
    user = actor_of(request)
    entry, follow_up = get_follow_up_for(user, participation_id, follow_up_id)
    actions.finish_follow_up(
        actor=user, follow_up=follow_up, done=request.POST.get("selesai", "ya") == "ya"
    )
    if "papan" in request.POST:
        return redirect("agenda_staff:agenda", code=entry.office.code)
    return redirect(f"{url_of(entry)}#tindak-lanjut")
