"""Transcripts of a recording: uploaded, written, approved, removed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zona.ground.files.actions import keep_file

from .. import policies
from ..actions import listening
from ..actions import transcripts as actions
from ..models import Language, Recording, Transcript
from .forms import CaptionsForm, TextForm
from .recordings import actor_of, breadcrumbs, render_recording

KIND = "media.captions"
FIRST_LINES = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n"


def transcript_for(request: HttpRequest, pk: int, language: str) -> Transcript:
    """The transcript, if the actor may change it. Raises Http404."""
    recording = policies.get_recording_for(actor_of(request), pk)
    found = recording.transcripts.filter(language=language).first()
    if found is None:
        raise Http404
    return found


@require_POST
def upload_captions(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file with captions away; the worker reads it, its own screen goes on from there."""
    actor = actor_of(request)
    recording = policies.get_recording_for(actor, pk)
    form = CaptionsForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            sent = keep_file(
                sender_id=actor.pk,
                office_code=recording.office.code,
                kind=KIND,
                target=str(pk),
                options={"language": form.cleaned_data["language"]},
                upload=form.cleaned_data["captions"],
            )
        except ValidationError as error:
            form.add_error("captions", error)
        else:
            return redirect("files:sent", sent.uuid)
    return render_recording(request, recording, captions_form=form)


@require_http_methods(["GET", "POST"])
def edit_transcript(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Write or mend a transcript; saving a machine's draft approves it."""
    recording = policies.get_recording_for(actor_of(request), pk)
    if language not in Language.values:
        raise Http404
    known = recording.transcripts.filter(language=language).first()
    initial = {"text": known.vtt if known else FIRST_LINES}
    form = TextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_transcript(
                actor=actor_of(request),
                recording=recording,
                language=language,
                text=form.cleaned_data["text"],
            )
        except ValidationError as error:
            form.add_error("text", error)
        else:
            messages.success(request, _("The transcript was saved."))
            return redirect("media_staff:recording", pk=pk)
    context = {
        "recording": recording,
        "transcript": known,
        "form": form,
        "language": Language(language).label,
        "header_title": _("Transcript"),
        "header_icon": "doc-full",
        "breadcrumbs_items": breadcrumbs(
            (reverse("media_staff:recording", args=[pk]), recording.title),
            ("", _("Transcript")),
        ),
    }
    return render(request, "media/transcript.html", context)


@require_GET
def download_transcript(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The captions as a file, to go on with in another program."""
    transcript = transcript_for(request, pk, language)
    name = f"{transcript.recording.uuid}.{language}.vtt"
    return HttpResponse(
        transcript.vtt,
        content_type="text/vtt; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def remove_transcript(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Take a transcript away."""
    transcript = transcript_for(request, pk, language)
    actions.remove_transcript(actor=actor_of(request), transcript=transcript)
    messages.success(request, _("The transcript was removed."))
    return redirect("media_staff:recording", pk=pk)


@require_POST
def order_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the machine write a first draft."""
    recording: Recording = policies.get_recording_for(actor_of(request), pk)
    try:
        listening.order_draft(actor=actor_of(request), recording=recording)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The draft is being written. It appears here when it is done."))
    return redirect("media_staff:recording", pk=pk)
