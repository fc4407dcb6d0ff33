"""From an original to a file that can be published: taken up, worked at, finished or given up."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from zona.ground.files.working import ATTEMPTS, STALE, Superseded, is_stale, pulse, rows_in_queue
from zona.ground.journal.actions import record
from zona.ground.outbox.letting_go import let_go

from ..files import RESULTS, WORK, open_folder, private_storage
from ..models import Recording, State
from ..processing.runner import EngineDied, EngineStopped, run_engine
from ..rules.faults import EngineFault, Fault
from ..signals import tell_change

ORIGINALS_KEPT = dt.timedelta(days=30)  # after the recording is ready
ENGINE = "zona.backstage.media.engine"
CONTENT_TYPES = {"mp3": "audio/mpeg", "mp4": "video/mp4"}


def process(recording_id: int, engine: str = ENGINE) -> str:
    """Prepare one recording; returns its state afterwards ("" when there was nothing to do)."""
    claimed = _claim(recording_id)
    if claimed is None:
        return ""
    folder = open_folder(WORK) / f"{claimed.uuid}-{secrets.token_hex(4)}"
    folder.mkdir()
    try:
        done = _run(claimed, folder, engine)
        return _finish(claimed, folder, done)
    except EngineFault as error:
        return _fail(claimed, error.fault)
    except EngineDied as error:
        return _try_again(claimed, counts=not isinstance(error, EngineStopped))
    except Superseded:
        return ""
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@transaction.atomic
def _claim(recording_id: int) -> Recording | None:
    """Take the recording up, unless another worker is at it or it has failed too often."""
    found = (
        Recording.objects.select_for_update(of=("self",))
        .select_related("office")
        .filter(pk=recording_id, state__in=[State.WAITING, State.WORKING])
        .first()
    )
    if found is None:
        return None
    if found.state == State.WORKING and not is_stale(found):
        return None
    if found.attempts >= ATTEMPTS:
        _fail(found, Fault.DIED)
        return None
    found.state, found.progress, found.heartbeat_at = State.WORKING, 0, timezone.now()
    found.attempts += 1
    found.save(update_fields=["state", "progress", "heartbeat_at", "attempts"])
    return found


def _run(recording: Recording, folder: Path, engine: str) -> dict[str, Any]:
    path = Path(recording.original.path)
    if not path.is_file():
        raise EngineFault(Fault.LOST)

    command = [engine, recording.kind, recording.quality, str(path), str(folder)]
    return run_engine(command, pulse(lambda: _mine(recording)))


def _mine(recording: Recording) -> Any:
    """The row as this worker took it up; empty once somebody else changed its course."""
    return Recording.objects.filter(
        pk=recording.pk,
        state=State.WORKING,
        attempts=recording.attempts,
        original=recording.original.name,
    )


def _finish(recording: Recording, folder: Path, done: dict[str, Any]) -> str:
    """Put the files in their place, then say so with one update: nothing is half there."""
    open_folder(RESULTS)
    token = f"{RESULTS}/{recording.uuid}-{secrets.token_hex(4)}"
    file = f"{token}.{recording.extension}"
    placed = {"file": (folder / f"result.{recording.extension}", file)}
    if (folder / "poster.jpg").exists():
        placed["poster"] = (folder / "poster.jpg", f"{token}.jpg")
    storage = private_storage()
    size = placed["file"][0].stat().st_size
    for made, place in placed.values():
        os.replace(made, storage.path(place))
    before = {"file": recording.file.name or "", "poster": recording.poster.name or ""}
    values = {
        "state": State.READY,
        "progress": 100,
        "fault": "",
        "file": file,
        "file_size": size,
        "content_type": CONTENT_TYPES[recording.extension],
        "poster": placed["poster"][1] if "poster" in placed else "",
        "duration": done["duration"],
        "width": done.get("width") or None,
        "height": done.get("height") or None,
        "waveform": done.get("waveform", []),
        "finished_at": timezone.now(),
    }
    with transaction.atomic():
        is_mine = _mine(recording).update(**values)
        if is_mine:
            tell_change(recording.pk)
            _tell(recording, "media.recording_ready")
            for field, name in before.items():
                let_go(Recording, field, name)
    if not is_mine:
        for _made, place in placed.values():
            storage.delete(place)
    return State.READY if is_mine else ""


@transaction.atomic
def _fail(recording: Recording, fault: Fault) -> str:
    if not _mine(recording).update(state=State.FAILED, fault=str(fault), progress=0):
        return ""
    _tell(recording, "media.recording_failed", {"fault": ["", str(fault)]})
    return State.FAILED


@transaction.atomic
def _try_again(recording: Recording, *, counts: bool) -> str:
    from ..tasks import process_recording

    if counts and recording.attempts >= ATTEMPTS:
        return _fail(recording, Fault.DIED)
    attempts = recording.attempts - (0 if counts else 1)
    if not _mine(recording).update(state=State.WAITING, progress=0, attempts=attempts):
        return ""
    process_recording.enqueue(recording.pk)
    return State.WAITING


def sweep() -> int:
    """Take up again what a worker left behind; returns how many recordings.

    That is: work without a heartbeat, and recordings that wait although no job of theirs does.
    """
    from ..tasks import process_recording

    longest = timezone.now() - STALE
    left = Recording.objects.filter(state=State.WORKING, heartbeat_at__lt=longest)
    waiting = Recording.objects.filter(state=State.WAITING)
    numbers = {*left.values_list("pk", flat=True), *waiting.values_list("pk", flat=True)}
    numbers -= _queued()
    for number in numbers:
        process_recording.enqueue(number)
    return len(numbers)


def _queued() -> set[int]:
    """The recordings for which a job waits."""
    from ..tasks import process_recording

    return set(rows_in_queue(process_recording, "READY", "RUNNING"))


def remove_old_originals() -> int:
    """Free the disk of uploads whose recording has long been ready; returns how many."""
    old = Recording.objects.filter(
        state=State.READY, finished_at__lt=timezone.now() - ORIGINALS_KEPT
    ).exclude(original="")
    count = 0
    for recording in old:
        name = str(recording.original.name)
        same = Recording.objects.filter(pk=recording.pk, original=name)
        with transaction.atomic():
            if same.filter(state=State.READY).update(original=""):
                let_go(Recording, "original", name)
                count += 1
    return count


def _tell(recording: Recording, verb: str, changes: Any = None) -> None:
    record(
        actor=None,
        verb=verb,
        target=recording,
        office_code=recording.office.code,
        changes=changes,
    )
