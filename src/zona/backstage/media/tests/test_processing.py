"""From original to published file, and everything that can befall it on the way."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from zona.backstage.media.actions import processing, uploads
from zona.backstage.media.files import RESULTS, WORK, open_folder
from zona.backstage.media.models import Recording, State
from zona.backstage.media.processing.runner import EngineDied, run_engine
from zona.backstage.media.rules.faults import Fault
from zona.backstage.media.signals import recording_changed
from zona.ground.journal.models import Entry

from .conftest import make_ready
from .recorded import make_audio

pytestmark = pytest.mark.django_db
ENGINES = "zona.backstage.media.tests.engines"


def process(recording: Recording, engine: str = "") -> str:
    name = f"{ENGINES}.{engine}" if engine else processing.ENGINE
    state = processing.process(recording.pk, name)
    recording.refresh_from_db()
    assert not list(open_folder(WORK).iterdir())
    return state


def test_an_upload_becomes_a_file_to_publish(
    office, reporter, tmp_path, django_capture_on_commit_callbacks
):
    source = make_audio(tmp_path / "Rapat.m4a", codec="aac")
    heard = []
    listener = lambda recording, **_: heard.append(recording.state)  # noqa: E731
    recording_changed.connect(listener)
    with source.open("rb") as file, django_capture_on_commit_callbacks(execute=True):
        upload = uploads.begin_upload(
            actor=reporter, office=office, kind="audio", name=source.name,
            length=source.stat().st_size, title="Rapat pleno", consent="public",
        )  # fmt: skip
        uploads.receive_bytes(upload=upload, offset=0, read=file.read)
        recording = uploads.finish_upload(actor=reporter, upload=upload)
    recording.refresh_from_db()
    assert (recording.state, recording.fault, recording.progress) == (State.READY, "", 100)
    assert recording.duration == pytest.approx(2, abs=0.15)
    assert Path(recording.file.path).stat().st_size == recording.file_size
    assert heard == [State.READY]
    assert recording.get_url() == f"/rekaman/{recording.uuid}.mp3"
    verbs = Entry.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["media.recording_added", "media.recording_ready"]


def test_a_bad_file_leaves_nothing_but_its_reason(recording):
    assert process(recording) == State.FAILED
    assert recording.fault == Fault.BROKEN
    assert "rusak" in recording.message or "damaged" in recording.message
    assert not recording.file
    assert not open_folder(RESULTS).exists() or not list(open_folder(RESULTS).iterdir())


@pytest.mark.parametrize("engine", ["dying"])
def test_work_that_dies_is_taken_up_three_times(recording, engine):
    states = [process(recording, engine) for _ in range(3)]
    assert states == [State.WAITING, State.WAITING, State.FAILED]
    assert recording.fault == Fault.DIED


def test_being_stopped_is_not_the_recording_s_fault(recording):
    assert [process(recording, "stopping") for _ in range(4)] == [State.WAITING] * 4
    assert recording.attempts == 0


def test_a_hung_decoder_is_killed(monkeypatch):
    monkeypatch.setattr("zona.ground.files.reader.child.PULSE", 0.05)
    started = time.monotonic()
    with pytest.raises(EngineDied):
        run_engine([f"{ENGINES}.hanging"], lambda progress: None, hang=0.2)
    assert time.monotonic() - started < 30


def test_what_a_dead_worker_left_is_taken_up(recording, monkeypatch):
    taken = []
    task = SimpleNamespace(enqueue=taken.append)
    monkeypatch.setattr("zona.backstage.media.tasks.process_recording", task)
    monkeypatch.setattr(processing, "_queued", set)
    fresh = timezone.now()
    Recording.objects.update(state=State.WORKING, attempts=1, heartbeat_at=fresh)
    assert processing.sweep() == 0
    assert process(recording, "quick") == ""  # another worker is at it
    Recording.objects.update(heartbeat_at=fresh - dt.timedelta(minutes=2))
    assert processing.sweep() == 1
    assert taken == [recording.pk]
    assert process(recording, "quick") == State.READY
    assert recording.attempts == 2


def test_the_file_before_plays_until_the_new_one_is_ready(recording, reporter):
    make_ready(recording, b"before")
    before = Path(recording.file.path)
    Recording.objects.update(state=State.WAITING)
    assert process(recording, "dying") == State.WAITING
    assert before.read_bytes() == b"before"
    assert process(recording, "quick") == State.READY
    assert Path(recording.file.path).read_bytes() == b"ID3 suara"


def test_work_on_a_file_that_was_replaced_meanwhile_counts_for_nothing(recording, monkeypatch):
    def replace(command, follow):
        Recording.objects.update(original="recordings/originals/baru", state=State.WAITING)
        Path(command[-1], "result.mp3").write_bytes(b"old")
        return {"duration": 3.0, "waveform": [1]}

    monkeypatch.setattr(processing, "run_engine", replace)
    assert process(recording) == ""
    assert recording.state == State.WAITING
    assert not list(open_folder(RESULTS).iterdir())


def test_originals_go_when_they_have_served(recording, django_capture_on_commit_callbacks):
    make_ready(recording)
    original = Path(recording.original.path)
    Recording.objects.update(finished_at=timezone.now() - dt.timedelta(days=29))
    assert processing.remove_old_originals() == 0
    Recording.objects.update(finished_at=timezone.now() - dt.timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert processing.remove_old_originals() == 1
        assert original.exists(), "a change that is not committed loses no file"
    assert not original.exists()


@pytest.mark.parametrize(
    "values", [{"state": "ready"}, {"state": "failed"}, {"fault": "broken"}, {"progress": 101},
               {"kind": "smell"}]
)  # fmt: skip
def test_the_database_refuses_half_truths(recording, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.filter(pk=recording.pk).update(**values)
