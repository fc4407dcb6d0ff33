"""Uploading: as an ordinary form, or in pieces by the core of tus 1.0 (tus.io/protocols)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zona.ground.guard.bodies import MIB, takes_bodies
from zona.ground.guard.numbers import read_number

from .. import policies, queries
from ..actions import uploads as actions
from ..models import Upload
from .forms import ReplaceForm, UploadForm
from .recordings import actor_of, breadcrumbs, render_recording

TUS = "1.0.0"
LARGEST = settings.MAX_RECORDING + MIB  # bytes of a request: a recording and what is said of it
PIECE = "application/offset+octet-stream"


@takes_bodies(LARGEST)
@require_http_methods(["GET", "POST"])
def add_recording(request: HttpRequest) -> HttpResponse:
    """A new recording: its file and what is to be said of it."""
    actor = actor_of(request)
    offices = policies.recording_offices(actor).filter(is_open=True)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = {"kind": request.GET.get("kind") or "audio", "quality": "music"}
    form = UploadForm(data, files, offices=offices, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        about = {key: values[key] for key in actions.EDITABLE}
        begin = {"actor": actor, "office": values["office"], "kind": values["kind"], **about}
        try:
            return _begin(request, lambda **file: actions.begin_upload(**begin, **file), values)
        except ValidationError as error:
            form.add_error("file", error)
    if request.method == "POST":
        if _is_script(request):
            return _refuse(form)
        messages.error(request, _("Not uploaded yet. Mend what is marked below."))
    context = {
        "form": form,
        "unfinished": [queries.describe_upload(row) for row in queries.unfinished_uploads(actor)],
        "header_title": _("Upload a recording"),
        "header_icon": "upload",
        "breadcrumbs_items": breadcrumbs(("", _("Upload"))),
    }
    return render(request, "media/upload.html", context)


@takes_bodies(LARGEST)
@require_POST
def replace_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Another file for a recording; the old one plays until the new one is ready."""
    actor = actor_of(request)
    recording = policies.get_recording_for(actor, pk)
    form = ReplaceForm(request.POST, request.FILES)
    if form.is_valid():
        begin = {"actor": actor, "recording": recording}
        try:
            return _begin(
                request,
                lambda **file: actions.begin_replacement(**begin, **file),  # type: ignore[arg-type]
                form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error("file", error)
    if _is_script(request):
        return _refuse(form)
    return render_recording(request, recording, replace_form=form)


@takes_bodies(LARGEST)
@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
def receive(request: HttpRequest, uuid: str) -> HttpResponse:
    """One upload in pieces: HEAD how far it is, PATCH the next piece, DELETE gives it up."""
    if request.method == "OPTIONS":
        return _tus(204, {"Tus-Version": TUS, "Tus-Extension": "termination"})
    if request.headers.get("Tus-Resumable") != TUS:
        return _tus(412, {"Tus-Version": TUS})
    actor = actor_of(request)
    upload = Upload.objects.select_related("recording__office").filter(uuid=uuid).first()
    if upload is None or upload.person_id != actor.pk:
        raise Http404
    if not policies.may_manage(actor, upload.recording):
        raise Http404
    if request.method == "HEAD":
        return _tus(200, {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.length)})
    if request.method == "DELETE":
        actions.give_up_upload(actor=actor, upload=upload)
        return _tus(204)
    return _receive_piece(request, upload)


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an unfinished upload up, without script, and also another person's."""
    actor = actor_of(request)
    recording = policies.get_recording_for(actor, pk)
    upload = Upload.objects.filter(recording=recording).select_related("recording").first()
    if upload is not None:
        actions.give_up_upload(actor=actor, upload=upload)
        messages.success(request, _("The unfinished upload was removed."))
    return redirect("media_staff:recordings")


def _receive_piece(request: HttpRequest, upload: Upload) -> HttpResponse:
    offset = read_number(request.headers.get("Upload-Offset"))
    if request.content_type != PIECE:
        return _tus(415)
    if offset is None:
        return _tus(400)
    try:
        have = actions.receive_bytes(upload=upload, offset=offset, read=request.read)
        if have == upload.length:
            actions.finish_upload(actor=actor_of(request), upload=upload)
    except actions.WrongOffset as error:
        return _tus(409, {"Upload-Offset": str(error.offset)})
    except actions.UploadBusy:
        return _tus(423)
    except ValidationError as error:
        answer = JsonResponse({"errors": error.messages}, status=422)
        answer["Tus-Resumable"] = TUS
        return answer
    return _tus(204, {"Upload-Offset": str(have)})


def _begin(request: HttpRequest, begin: Any, values: dict[str, Any]) -> HttpResponse:
    """Open the upload, and take in the whole file if it came with the form."""
    file = values.get("file")
    name, length = (file.name, file.size) if file else (values["name"], values["length"])
    upload = begin(name=name, length=length)
    detail = reverse("media_staff:recording", args=[upload.recording_id])
    if not file:
        answer = JsonResponse({"detail": detail}, status=201)
        answer["Location"] = reverse("media_staff:receive", args=[upload.uuid])
        answer["Tus-Resumable"] = TUS
        return answer
    actions.receive_bytes(upload=upload, offset=0, read=file.read)
    actions.finish_upload(actor=actor_of(request), upload=upload)
    messages.success(request, _("Uploaded. It is being prepared now."))
    return redirect(detail)


def _is_script(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _refuse(form: Any) -> HttpResponse:
    """What is wrong with a form, for the script: {"errors": ["Title: …"]}."""
    errors = [
        f"{form.fields[name].label}: {message}" if name in form.fields else message
        for name, row in form.errors.items()
        for message in row
    ]
    return JsonResponse({"errors": errors}, status=422)


def _tus(status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    fixed = {"Tus-Resumable": TUS, "Cache-Control": "no-store"}
    return HttpResponse(status=status, headers=fixed | (headers or {}))
