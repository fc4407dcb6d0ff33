"""A file with captions: put away by the page, read and taken over by the worker."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zona.backstage.media.rules import captions
from zona.ground.files import actions
from zona.ground.files.models import SentFile, State
from zona.testing import sign_in

pytestmark = pytest.mark.django_db
SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\nKetua berkata: “Halo”\n\n"
    "2\n00:01:03,000 --> 00:01:04,000\nYa."
)


@pytest.fixture
def address(client, reporter, recording):
    sign_in(client, reporter)
    return reverse("media_staff:captions", args=[recording.pk])


def send(client, address: str, data: bytes) -> SentFile:
    file = SimpleUploadedFile("takarir.srt", data)
    answer = client.post(address, {"language": "id", "captions": file})
    assert answer.status_code == 302, answer.content
    return SentFile.objects.get()


def test_the_page_reads_nothing_and_the_worker_takes_it_over(
    client, address, recording, reporter, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(captions, "parse_captions", None)
        sent = send(client, address, SRT.encode("cp1252"))
    screen = reverse("files:sent", args=[sent.uuid])
    assert "Menunggu giliran" in client.get(screen).content.decode()
    assert actions.work(sent.pk) == State.READ
    shown = client.get(screen).content.decode()
    for words in ("2 takarir", "0:01", "1:04", "Ketua berkata: “Halo”", "Windows-1252"):
        assert words in shown, words
    assert not recording.transcripts.exists()
    client.post(screen, {"terima": "1"})
    assert actions.work(sent.pk) == State.TAKEN
    kept = recording.transcripts.get()
    assert "Halo" in kept.vtt
    assert not kept.is_draft
    assert "Ke rekaman" in client.get(screen).content.decode()


def test_what_is_wrong_names_its_line(client, address, recording):
    sent = send(client, address, b"1\n00:00:05,000 --> 00:00:02,500\nHalo")
    assert actions.work(sent.pk) == State.REFUSED
    shown = client.get(reverse("files:sent", args=[sent.uuid])).content.decode()
    assert "Baris 2" in shown
    assert not recording.transcripts.exists()


def test_more_digits_than_a_number_may_have_are_a_fault(client, address):
    sent = send(client, address, b"1\n" + b"9" * 5000 + b":00:01,000 --> 00:00:02,500\nHalo")
    assert actions.work(sent.pk) == State.REFUSED
    sent.refresh_from_db()
    assert "Baris 2" in sent.refusal


def test_a_recording_that_is_gone_takes_no_captions(client, address, recording):
    sent = send(client, address, SRT.encode())
    actions.work(sent.pk)
    sent.refresh_from_db()
    actions.accept(sent)
    type(recording).objects.filter(pk=recording.pk).delete()
    assert actions.work(sent.pk) == State.REFUSED


def test_a_stranger_sees_nothing_of_it(client, address, stranger):
    sent = send(client, address, SRT.encode())
    sign_in(client, stranger)
    assert client.get(reverse("files:sent", args=[sent.uuid])).status_code == 404
    assert client.post(address, {"language": "id"}).status_code == 404
