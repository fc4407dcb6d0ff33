"""The room's screens in the back office: list, one recording, what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zona.ground.guard.numbers import read_numbers
from zona.offices.models import User

from .. import policies, queries
from ..actions import listening
from ..actions import recordings as actions
from ..actions.processing import ORIGINALS_KEPT
from ..models import Kind, Recording, State
from .forms import CaptionsForm, DetailsForm, ReplaceForm

PER_PAGE = 30


def actor_of(request: HttpRequest) -> User:
    """Who is signed in, if recordings are any of their business. Raises PermissionDenied."""
    if not isinstance(request.user, User) or not policies.may_record(request.user):
        raise PermissionDenied
    return request.user


def breadcrumbs(*items: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the dashboard to here, as (address, label)."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    here = {"url": reverse("media_staff:recordings"), "label": _("Recordings")}
    return [home, here, *({"url": url, "label": label} for url, label in items)]


@require_GET
def list_recordings(request: HttpRequest) -> HttpResponse:
    """All recordings of the actor's offices, newest first."""
    actor = actor_of(request)
    wanted = {key: request.GET.get(key, "") for key in ("office", "kind", "state", "words")}
    page = Paginator(queries.list_recordings(actor, **wanted), PER_PAGE).get_page(
        request.GET.get("p")
    )
    context = {
        "header_title": _("Recordings"),
        "header_icon": "media",
        "breadcrumbs_items": [*breadcrumbs()[:1], {"url": "", "label": _("Recordings")}],
        "page": page,
        "wanted": wanted,
        "is_narrowed": any(wanted.values()),
        "offices": list(policies.recording_offices(actor).filter(is_open=True)[:60]),
        "kinds": Kind.choices,
        "states": State.choices,
        "is_underway": any(row.state in queries.UNDERWAY for row in page),
    }
    return render(request, "media/list.html", context)


@require_GET
def tell_states(request: HttpRequest) -> HttpResponse:
    """How far some recordings are: {"recordings": [...]}; for the script of the screens."""
    wanted = read_numbers(request.GET.getlist("id")[:100])
    found = policies.managed_recordings(actor_of(request)).filter(pk__in=wanted)
    return JsonResponse({"recordings": [queries.describe_state(row) for row in found]})


@require_http_methods(["GET", "POST"])
def show_recording(request: HttpRequest, pk: int) -> HttpResponse:
    """One recording: hear it, see how far it is, change what is said of it."""
    recording = policies.get_recording_for(actor_of(request), pk)
    form = DetailsForm(request.POST or None, instance=recording)
    if request.method == "POST":
        if form.is_valid():
            recording.refresh_from_db()
            actions.update_recording(
                actor=actor_of(request), recording=recording, **form.cleaned_data
            )
            messages.success(request, _("Saved."))
            return redirect("media_staff:recording", pk=pk)
        messages.error(request, _("Not saved yet. Mend what is marked below."))
        recording.refresh_from_db()
    return render_recording(request, recording, form=form)


def render_recording(request: HttpRequest, recording: Recording, **forms: Any) -> HttpResponse:
    """The screen of one recording, with whichever forms have something to say."""
    upload = getattr(recording, "upload", None)
    is_own = upload is not None and upload.person_id == request.user.pk
    transcripts = list(recording.transcripts.all())
    context = {
        "recording": recording,
        "length": queries.say_length(recording.duration),
        "upload": queries.describe_upload(upload) if upload and is_own else None,
        "foreign_upload": upload if upload and not is_own else None,
        "can_retry": recording.state == State.FAILED and bool(recording.original),
        "is_underway": recording.state in queries.UNDERWAY,
        "original_until": recording.original
        and recording.finished_at
        and recording.finished_at + ORIGINALS_KEPT,
        "transcripts": transcripts,
        "can_listen": listening.can_listen(),
        "may_draft": not any(row.language == "id" for row in transcripts),
        "form": forms.get("form") or DetailsForm(instance=recording),
        "replace_form": forms.get("replace_form") or ReplaceForm(),
        "captions_form": forms.get("captions_form") or CaptionsForm(),
        "header_title": recording.title,
        "header_icon": "media",
        "breadcrumbs_items": breadcrumbs(("", recording.title)),
    }
    return render(request, "media/recording.html", context)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a failed recording once more."""
    recording = policies.get_recording_for(actor_of(request), pk)
    try:
        actions.retry(actor=actor_of(request), recording=recording)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("media_staff:recording", pk=pk)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove a recording for good."""
    recording = policies.get_recording_for(actor_of(request), pk)
    if request.method == "POST":
        try:
            actions.remove_recording(actor=actor_of(request), recording=recording)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("media_staff:recording", pk=pk)
        messages.success(request, _("Removed: %(title)s.") % {"title": recording.title})
        return redirect("media_staff:recordings")
    context = {
        "recording": recording,
        "header_title": _("Remove the recording"),
        "header_icon": "bin",
        "breadcrumbs_items": breadcrumbs(
            (reverse("media_staff:recording", args=[pk]), recording.title), ("", _("Remove"))
        ),
    }
    return render(request, "media/remove.html", context)
