"""Files on their way in: begun, carried on after any break, finished, given up."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.outbox.letting_go import let_go
from zona.offices.models import Office, User

from ..files import ORIGINALS, PARTS, open_folder, private_storage
from ..models import Recording, State, Upload
from ..policies import may_manage, may_record_for
from ..rules.kinds import HEAD, sniff

KEPT = dt.timedelta(hours=24)  # an unfinished upload after its last byte
RESERVE = 500 * 1024 * 1024  # bytes that stay free on the disk whatever is uploaded
BLOCK = 256 * 1024
EDITABLE = ("title", "quality", "consent", "has_children", "rights")


class UploadBusy(Exception):
    """Another request writes to this upload."""


class WrongOffset(Exception):
    """The bytes do not follow on what has arrived; `offset` is how much that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class NotARecording(ValidationError):
    """By its first bytes the file is something else. The upload is gone."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This file is no recording that we can read. Choose an audio file (MP3, M4A, WAV,"
                " OGG, FLAC) or a video (MP4, MOV, WEBM, MKV)."
            )
        )


@transaction.atomic
def begin_upload(
    *, actor: User, office: Office, kind: str, name: str, length: int, **fields: Any
) -> Upload:
    """A new recording whose file is on its way. `length` in bytes.

    Raises PermissionDenied, or ValidationError when the file is too large or the disk too full.
    """
    if not may_record_for(actor, office):
        raise PermissionDenied
    _check_room(length)
    recording = Recording(office=office, kind=kind, uploaded_by=actor, **fields)
    recording.full_clean(exclude=["office"])
    recording.save()
    return _open(actor, recording, name, length)


@transaction.atomic
def begin_replacement(*, actor: User, recording: Recording, name: str, length: int) -> Upload:
    """A new file for a recording; what it has stays until the new one is ready."""
    if not may_manage(actor, recording):
        raise PermissionDenied
    _check_room(length)
    recording = Recording.objects.select_for_update().get(pk=recording.pk)
    _drop(Upload.objects.filter(recording=recording).first())
    return _open(actor, recording, name, length)


def receive_bytes(*, upload: Upload, offset: int, read: Callable[[int], bytes]) -> int:
    """Add what `read` gives to the part file; returns the new offset.

    What has arrived stays when the connection breaks. Raises WrongOffset, UploadBusy, NotARecording
    (looked at as soon as the first bytes are there), ValidationError for more than was announced.
    """
    descriptor = os.open(upload.part, os.O_RDWR | os.O_CREAT, 0o640)
    with os.fdopen(descriptor, "r+b") as part:
        try:
            fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UploadBusy from error
        have = part.seek(0, os.SEEK_END)
        if have != offset:
            raise WrongOffset(have)
        is_known = have >= HEAD
        while have < upload.length and (block := read(min(BLOCK, upload.length - have))):
            part.write(block)
            have += len(block)
            if not is_known and (have >= HEAD or have == upload.length):
                part.flush()
                is_known = _check_head(upload)
        if have == upload.length:
            part.flush()
            os.fsync(part.fileno())
    if have == upload.length and read(1):
        raise ValidationError(_("The file is longer than was announced."))
    Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now())
    return have


@transaction.atomic
def finish_upload(*, actor: User, upload: Upload) -> Recording:
    """Make the complete part file the recording's original and set off its preparation."""
    from ..tasks import process_recording

    recording = Recording.objects.select_for_update().get(pk=upload.recording_id)
    if upload.offset != upload.length:
        raise WrongOffset(upload.offset)
    before = recording.original.name
    place = f"{ORIGINALS}/{upload.uuid}"
    open_folder(ORIGINALS)
    os.replace(upload.part, private_storage().path(place))
    recording.original.name = place
    recording.original_name, recording.original_size = upload.name, upload.length
    recording.state, recording.fault = State.WAITING, ""
    recording.attempts, recording.progress, recording.heartbeat_at = 0, 0, None
    recording.save()
    upload.delete()
    let_go(Recording, "original", before or "")
    process_recording.enqueue(recording.pk)
    verb = "media.recording_replaced" if before or recording.file else "media.recording_added"
    record(actor=actor, verb=verb, target=recording, office_code=recording.office.code)
    return recording


@transaction.atomic
def give_up_upload(*, actor: User | None, upload: Upload) -> None:
    """Forget what has arrived; a recording that has nothing else goes with it."""
    if actor is not None and not may_manage(actor, upload.recording):
        raise PermissionDenied
    _drop(upload)
    recording = upload.recording
    if recording.state == State.UPLOADING and not recording.original:
        recording.delete()


def remove_stale_uploads() -> int:
    """Give up what nobody carried on for KEPT, and parts that belong to nothing; how many."""
    old = Upload.objects.filter(touched_at__lt=timezone.now() - KEPT)
    stale = list(old.select_related("recording"))
    for upload in stale:
        give_up_upload(actor=None, upload=upload)
    return len(stale) + _remove_lost_parts()


def _remove_lost_parts() -> int:
    """Delete part files whose upload is gone: a process died between the row and the file."""
    known = {upload.part.name for upload in Upload.objects.only("uuid")}
    before = (timezone.now() - KEPT).timestamp()
    lost = [
        part
        for part in open_folder(PARTS).glob("*.part")
        if part.name not in known and part.stat().st_mtime < before
    ]
    for part in lost:
        part.unlink(missing_ok=True)
    return len(lost)


def _open(actor: User, recording: Recording, name: str, length: int) -> Upload:
    return Upload.objects.create(
        recording=recording,
        person=actor,
        name=PurePath(name.replace("\\", "/")).name[-200:] or "?",
        length=length,
        touched_at=timezone.now(),
    )


def _drop(upload: Upload | None) -> None:
    if upload is not None:
        part = upload.part
        upload.delete()
        transaction.on_commit(partial(part.unlink, missing_ok=True))


def _check_room(length: int) -> None:
    if length <= 0:
        raise ValidationError(_("The file is empty."))
    if length > settings.MAX_RECORDING:
        raise ValidationError(
            _("The file is larger than %(most)s. Cut it into parts, or save it smaller.")
            % {"most": filesizeformat(settings.MAX_RECORDING)}
        )
    # Once for the upload, once for what is made of it.
    if shutil.disk_usage(open_folder(ORIGINALS)).free < 2 * length + RESERVE:
        raise ValidationError(_("The server's disk has no room for this file. Tell the operator."))


def _check_head(upload: Upload) -> bool:
    with upload.part.open("rb") as part:
        head = part.read(HEAD)
    if sniff(head) is None and head.strip(b"\0"):
        give_up_upload(actor=None, upload=upload)
        raise NotARecording
    return True
