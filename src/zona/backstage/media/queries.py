"""What the screens of the room read."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zona.offices.policies import Actor

from .models import Recording, State, Upload
from .policies import managed_recordings

UNDERWAY = (State.WAITING, State.WORKING)


def list_recordings(
    actor: Actor, *, office: str = "", kind: str = "", state: str = "", words: str = ""
) -> QuerySet[Recording]:
    """The actor's recordings, newest first, narrowed by whatever is given."""
    found = managed_recordings(actor).select_related("office", "uploaded_by", "upload")
    if office:
        found = found.filter(office__code=office)
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(original_name__icontains=word))
    return found


def choosable_recordings(actor: Actor, kind: str = "") -> QuerySet[Recording]:
    """What a page may be given: all that is ready or on its way to be."""
    found = list_recordings(actor, kind=kind)
    return found.filter(~Q(file="") | Q(state__in=[*UNDERWAY, State.READY]))


def unfinished_uploads(actor: Actor) -> QuerySet[Upload]:
    """What the actor began to upload and can carry on."""
    return (
        Upload.objects.filter(person_id=actor.pk, recording__in=managed_recordings(actor))
        .select_related("recording")
        .order_by("-touched_at")
    )


def say_length(seconds: float | None) -> str:
    """1:02:03 or 4:05; "" while it is unknown."""
    if seconds is None:
        return ""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def describe_state(recording: Recording) -> dict[str, Any]:
    """How far a recording is, for the list and for the script that keeps it fresh."""
    return {
        "id": recording.pk,
        "state": recording.state,
        "label": str(recording.get_state_display()),
        "progress": recording.progress if recording.state == State.WORKING else None,
        "is_underway": recording.state in UNDERWAY,
    }


def describe_upload(upload: Upload) -> dict[str, Any]:
    """What the script needs to carry an upload on."""
    return {
        "url": reverse("media_staff:receive", args=[upload.uuid]),
        "name": upload.name,
        "length": upload.length,
        "offset": upload.offset,
        "detail": reverse("media_staff:recording", args=[upload.recording_id]),
        "since": _("begun %(when)s")
        % {"when": date_format(localtime(upload.created_at), "j F Y H.i")},
    }
