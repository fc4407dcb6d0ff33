"""What people do with a recording besides uploading it: describe, try again, remove."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.outbox.letting_go import let_go
from zona.offices.models import User

from ..models import Recording, State
from ..policies import may_manage
from ..signals import tell_change
from .uploads import EDITABLE

FILES = ("original", "file", "poster")


@transaction.atomic
def update_recording(*, actor: User, recording: Recording, **values: Any) -> Recording:
    """Change what is said of a recording (fields of uploads.EDITABLE). Another sound is made anew.

    Raises PermissionDenied or ValidationError.
    """
    recording = _lock_for(actor, recording)
    changes = {}
    for name in set(values) & set(EDITABLE):
        old = getattr(recording, name)
        if old != values[name]:
            changes[name] = [old, values[name]]
            setattr(recording, name, values[name])
    if not changes:
        return recording
    recording.full_clean(exclude=["office", "uploaded_by"])
    recording.save(update_fields=list(changes))
    if "quality" in changes and recording.original and recording.state != State.UPLOADING:
        _restart(recording)
    tell_change(recording.pk)
    _tell(actor, "media.recording_changed", recording, changes)
    return recording


@transaction.atomic
def retry(*, actor: User, recording: Recording) -> Recording:
    """Prepare a failed recording once more. ValidationError when there is nothing to try."""
    recording = _lock_for(actor, recording)
    if recording.state != State.FAILED or not recording.original:
        raise ValidationError(_("There is nothing to try again."))
    _restart(recording)
    _tell(actor, "media.recording_retried", recording, {})
    return recording


@transaction.atomic
def remove_recording(*, actor: User, recording: Recording) -> None:
    """Remove a recording with its files and transcripts. ValidationError while a page uses it."""
    recording = _lock_for(actor, recording)
    names = {name: str(getattr(recording, name).name or "") for name in FILES}
    parts = [upload.part for upload in [getattr(recording, "upload", None)] if upload]
    code, target = recording.office.code, Recording.objects.get(pk=recording.pk)
    try:
        with transaction.atomic():
            recording.delete()
    except ProtectedError as error:
        raise ValidationError(
            _("A page uses this recording. Take it out of that page first, then remove it.")
        ) from error
    for field, name in names.items():
        let_go(Recording, field, name)
    for part in parts:
        transaction.on_commit(partial(part.unlink, missing_ok=True))
    record(actor=actor, verb="media.recording_removed", target=target, office_code=code)


def _lock_for(actor: User, recording: Recording) -> Recording:
    if not may_manage(actor, recording):
        raise PermissionDenied
    return Recording.objects.select_for_update(of=("self",)).get(pk=recording.pk)


def _restart(recording: Recording) -> None:
    from ..tasks import process_recording

    recording.state, recording.fault = State.WAITING, ""
    recording.attempts, recording.progress, recording.heartbeat_at = 0, 0, None
    recording.save(update_fields=["state", "fault", "attempts", "progress", "heartbeat_at"])
    process_recording.enqueue(recording.pk)


def _tell(actor: User, verb: str, recording: Recording, changes: dict[str, list[Any]]) -> None:
    record(
        actor=actor,
        verb=verb,
        target=recording,
        office_code=recording.office.code,
        changes=changes,
    )
