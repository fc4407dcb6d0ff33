"""A sent file survives whatever ends its worker, is taken once, and is destroyed in time."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils import timezone

from zona.ground.files import actions, registry
from zona.ground.files.models import SentFile, State
from zona.ground.files.reader.child import ChildDied, ChildStopped
from zona.ground.files.registry import Kind

pytestmark = pytest.mark.django_db


class Letter(Kind):
    name, reader, most_bytes = "letter", "zona.ground.files.tests.readers:listen", 100
    template = "files/none.html"
    taken: list[int]

    def __init__(self) -> None:
        self.taken = []

    def understand(self, sent: SentFile, found: Any) -> dict[str, Any]:
        if found["bytes"] == 13:
            raise ValidationError("Tiga belas.")
        return dict(found)

    def take(self, sent: SentFile) -> dict[str, Any]:
        if sent.found["bytes"] == 7:
            raise PermissionDenied
        self.taken.append(sent.pk)
        return {"count": 1}

    def frame(self, request: Any, sent: SentFile) -> dict[str, Any]:
        raise Http404


@pytest.fixture
def letter(monkeypatch) -> Letter:
    kind = Letter()
    monkeypatch.setattr(registry, "_kinds", {"letter": kind})
    return kind


@pytest.fixture
def queued(monkeypatch) -> list[int]:
    numbers: list[int] = []
    monkeypatch.setattr(actions, "_enqueue", numbers.append)
    return numbers


def send(content: bytes = b"halo") -> SentFile:
    upload = SimpleUploadedFile("surat.csv", content)
    return actions.keep_file(sender_id=1, office_code="33.08", kind="letter", upload=upload)


def test_nothing_is_read_while_a_page_waits(letter, queued, monkeypatch):
    monkeypatch.setattr(actions, "read_apart", None)
    sent = send()
    assert (sent.state, sent.size, queued) == (State.WAITING, 4, [sent.pk])
    assert Path(sent.path).read_bytes() == b"halo"
    assert sent.sha256 == hashlib.sha256(b"halo").hexdigest()
    assert "surat" not in sent.path
    with pytest.raises(ValidationError, match="1 MB"):
        send(b"x" * 101)


def test_the_way_of_a_file(letter, queued):
    sent = send()
    assert not actions.accept(sent)
    assert actions.work(sent.pk) == State.READ
    assert actions.work(sent.pk) == ""
    assert actions.accept(sent)
    assert not actions.accept(sent)
    assert actions.work(sent.pk) == State.TAKEN
    assert actions.work(sent.pk) == ""
    assert not actions.drop(sent)
    sent.refresh_from_db()
    assert (sent.found, sent.outcome, letter.taken) == ({"bytes": 4}, {"count": 1}, [sent.pk])


def test_a_killed_worker_leaves_nothing_half_done(letter, queued, monkeypatch):
    sent = send()
    SentFile.objects.update(state=State.READING, attempts=1, heartbeat_at=timezone.now())
    assert actions.work(sent.pk) == State.READ  # no job is at it
    actions.accept(sent)

    def break_off(taken: SentFile) -> dict[str, Any]:
        SentFile.objects.filter(pk=taken.pk).update(name="half")
        raise KeyboardInterrupt

    monkeypatch.setattr(letter, "take", break_off)
    with pytest.raises(KeyboardInterrupt):
        actions.work(sent.pk)
    sent.refresh_from_db()
    assert (sent.state, sent.name) == (State.TAKING, "surat.csv")
    monkeypatch.undo()
    registry._kinds["letter"] = letter
    assert actions.work(sent.pk) == State.TAKEN
    assert letter.taken == [sent.pk]


def test_two_workers_do_not_share_a_file(letter, queued, monkeypatch):
    sent = send()
    SentFile.objects.update(state=State.READING, attempts=1, heartbeat_at=timezone.now())
    monkeypatch.setattr(actions, "_jobs", lambda *states: [sent.pk, sent.pk])
    assert actions.work(sent.pk) == ""


def test_what_breaks_the_worker_is_given_up(letter, queued, monkeypatch):
    sent = send()
    died: list[Exception] = [ChildDied(), ChildStopped(), ChildDied(), ChildDied()]

    def die(*_: object) -> None:
        raise died.pop(0)

    monkeypatch.setattr(actions, "read_apart", die)
    states = [actions.work(sent.pk) for _ in range(4)]
    assert states == [State.WAITING] * 3 + [State.REFUSED]
    assert len(queued) == 4
    sent.refresh_from_db()
    assert sent.refusal


def test_refusals_are_sentences(letter, queued):
    odd = send(b"x" * 13)
    assert actions.work(odd.pk) == State.REFUSED
    odd.refresh_from_db()
    assert odd.refusal == "Tiga belas."
    late = send(b"x" * 7)
    actions.work(late.pk)
    actions.accept(late)
    assert actions.work(late.pk) == State.REFUSED
    lost = send()
    Path(lost.path).unlink()
    assert actions.work(lost.pk) == State.REFUSED


def test_a_stopped_file_ends_its_reading(letter, queued, monkeypatch):
    sent = send()

    def stop(reader: str, path: Path, arguments: Any, follow: Any) -> None:
        follow(10)
        assert SentFile.objects.get().progress == 10
        actions.drop(sent)
        follow(20)

    monkeypatch.setattr(actions, "read_apart", stop)
    assert actions.work(sent.pk) == ""
    assert SentFile.objects.get().state == State.DROPPED


def test_what_lost_its_job_is_taken_up_again(letter, queued):
    sent, fresh = send(), send()
    queued.clear()
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    SentFile.objects.filter(pk=sent.pk).update(sent_at=long_ago)
    assert actions.sweep() == 1
    assert queued == [sent.pk]
    assert fresh.pk not in queued


def test_files_are_destroyed_after_a_week(letter, queued):
    sent = send()
    path = Path(sent.path)
    actions.drop(sent)
    assert actions.tidy_up() == 0
    SentFile.objects.update(sent_at=timezone.now() - dt.timedelta(days=8))
    assert actions.tidy_up() == 1
    assert not path.exists()
    SentFile.objects.update(sent_at=timezone.now() - dt.timedelta(days=91))
    actions.tidy_up()
    assert not SentFile.objects.exists()
