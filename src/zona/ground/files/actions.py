"""The way of a sent file: kept, read, accepted, taken over. Each step survives a kill."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import faults
from .models import FOLDER, STARTED, UNDERWAY, SentFile, State, private_storage
from .reader.child import ChildDied, ChildStopped
from .reader.reading import Refused, read_apart
from .registry import Kind, find_kind
from .working import ATTEMPTS, STALE, Superseded, is_stale, pulse, rows_in_queue

FILES_KEPT = dt.timedelta(days=7)
ROWS_KEPT = dt.timedelta(days=90)


def keep_file(
    *,
    sender_id: int,
    office_code: str,
    kind: str,
    upload: UploadedFile,
    target: str = "",
    options: dict[str, Any] | None = None,
) -> SentFile:
    """Put a file away and queue its reading, both or neither. Raises ValidationError.

    Nothing of it is looked at here: this runs while a page waits. Callers check who may.
    """
    size = upload.size or 0
    most = find_kind(kind).most_bytes
    if size > most:
        raise ValidationError(faults.explain({"code": "bytes", "limit": most, "found": size}))
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    sent = SentFile(
        kind=kind, office_code=office_code, target=target, options=options or {},
        sender_id=sender_id, name=str(upload.name or "")[-200:], size=size,
        sha256=digest.hexdigest(),
    )  # fmt: skip
    upload.seek(0)
    sent.file.name = private_storage().save(f"{FOLDER}/{sent.uuid}", upload)
    with transaction.atomic():
        sent.save()
        _enqueue(sent.pk)
    return sent


def work(sent_id: int) -> str:
    """Do the next step of a file, reading or taking; its state afterwards ("" for no step)."""
    sent = _claim(sent_id)
    if sent is None:
        return ""
    try:
        kind = find_kind(sent.kind)
        if sent.state == State.READING:
            return _read(sent, kind)
        return _take(sent, kind)
    except Superseded:
        return ""
    except Refused as error:
        return _refuse(sent, faults.explain(error.fault))
    except ValidationError as error:
        return _refuse(sent, " ".join(error.messages))
    except PermissionDenied:
        return _refuse(sent, _("You no longer have the right to do this in the office."))
    except ChildDied as error:
        return _try_again(sent, counts=not isinstance(error, ChildStopped))


@transaction.atomic
def accept(sent: SentFile) -> bool:
    """Let what was read be taken over; whether it was there to be accepted."""
    found = SentFile.objects.filter(pk=sent.pk, state=State.READ)
    if not found.update(state=State.ACCEPTED, progress=0, attempts=0):
        return False
    _enqueue(sent.pk)
    return True


@transaction.atomic
def drop(sent: SentFile) -> bool:
    """Stop it, whatever it is at; nothing of it is taken over. Whether there was time for that."""
    found = SentFile.objects.filter(
        pk=sent.pk, state__in=[State.WAITING, State.READING, State.READ, State.ACCEPTED]
    )
    return bool(found.update(state=State.DROPPED, finished_at=timezone.now()))


def sweep() -> int:
    """Take up again what a worker left behind; returns how many files."""
    longest = timezone.now() - STALE
    rows = SentFile.objects.filter(state__in=UNDERWAY)
    left = rows.filter(heartbeat_at__lt=longest) | rows.filter(
        heartbeat_at=None, sent_at__lt=longest
    )
    numbers = set(left.values_list("pk", flat=True)) - set(_jobs("READY", "RUNNING"))
    for number in numbers:
        _enqueue(number)
    return len(numbers)


def tidy_up() -> int:
    """Destroy files after a week, and what is known of them after a quarter; how many files."""
    now = timezone.now()
    old = SentFile.objects.exclude(file="").exclude(state__in=UNDERWAY)
    count = 0
    for sent in old.filter(sent_at__lt=now - FILES_KEPT):
        SentFile.objects.filter(pk=sent.pk).update(file="")
        private_storage().delete(str(sent.file.name))
        count += 1
    SentFile.objects.filter(file="", sent_at__lt=now - ROWS_KEPT).delete()
    return count


@transaction.atomic
def _claim(sent_id: int) -> SentFile | None:
    """Take the next step up, unless another worker is at it or it has failed too often."""
    sent = SentFile.objects.select_for_update().filter(pk=sent_id).first()
    if sent is None or not sent.is_underway:
        return None
    if sent.state in STARTED:
        sent.state = STARTED[State(sent.state)]
    elif not is_stale(sent) and not _is_orphan(sent):
        return None
    if sent.attempts >= ATTEMPTS:
        _refuse(sent, faults.explain({"code": "died"}))
        return None
    sent.progress, sent.heartbeat_at = 0, timezone.now()
    sent.attempts += 1
    sent.save(update_fields=["state", "progress", "heartbeat_at", "attempts"])
    return sent


def _is_orphan(sent: SentFile) -> bool:
    """Whether no job but this one is at it, which was put back after its worker was killed."""
    return _jobs("RUNNING").count(sent.pk) <= 1


def _jobs(*states: str) -> list[int]:
    """The files for which jobs of these states stand in the queue."""
    from .tasks import work_on_file

    return rows_in_queue(work_on_file, *states)


def _read(sent: SentFile, kind: Kind) -> str:
    path = Path(sent.path)
    if not path.is_file():
        raise Refused({"code": "lost"})
    follow = pulse(lambda: _mine(sent))
    found = kind.understand(sent, read_apart(kind.reader, path, kind.arguments(sent), follow))
    values = {"state": State.READ, "progress": 100, "found": found, "attempts": 0}
    return State.READ if _mine(sent).update(**values) else ""


@transaction.atomic
def _take(sent: SentFile, kind: Kind) -> str:
    """Take over and say so, both or neither: a kill before the end leaves nothing half done."""
    if not _mine(sent).select_for_update().exists():
        raise Superseded
    outcome = kind.take(sent)
    _mine(sent).update(state=State.TAKEN, progress=100, outcome=outcome, finished_at=timezone.now())
    return State.TAKEN


def _mine(sent: SentFile) -> Any:
    """The row as this worker took it up; empty once somebody else changed its course."""
    return SentFile.objects.filter(pk=sent.pk, state=sent.state, attempts=sent.attempts)


def _refuse(sent: SentFile, sentence: str) -> str:
    values = {"state": State.REFUSED, "refusal": sentence, "finished_at": timezone.now()}
    rows = SentFile.objects.filter(pk=sent.pk, state__in=UNDERWAY)
    return State.REFUSED if rows.update(**values) else ""


@transaction.atomic
def _try_again(sent: SentFile, *, counts: bool) -> str:
    if counts and sent.attempts >= ATTEMPTS:
        return _refuse(sent, faults.explain({"code": "died"}))
    before = next(state for state, begun in STARTED.items() if begun == sent.state)
    attempts = sent.attempts - (0 if counts else 1)
    if not _mine(sent).update(state=before, progress=0, attempts=attempts):
        return ""
    _enqueue(sent.pk)
    return before


def _enqueue(number: int) -> None:
    """The queue is a table of the same database: the job stands or falls with its cause."""
    from .tasks import work_on_file

    work_on_file.enqueue(number)
