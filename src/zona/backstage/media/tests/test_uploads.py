"""Files in pieces: offsets, breaks, strangers, wrong files, and the plain form."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from zona.backstage.media.actions import uploads
from zona.backstage.media.models import Recording, State, Upload
from zona.testing import sign_in

pytestmark = pytest.mark.django_db
DATA = b"ID3" + bytes(range(256)) * 40
LENGTH = len(DATA)
TUS = {"tus-resumable": "1.0.0"}
ADD = "/kantor/rekaman/unggah/"


@pytest.fixture
def form(office):
    return {"office": office.pk, "kind": "audio", "title": "Rapat", "quality": "music",
            "consent": "given", "rights": ""}  # fmt: skip


@pytest.fixture
def at_desk(client, reporter):
    return sign_in(client, reporter)


def begin(client, form, name="rapat.mp3", length=LENGTH) -> str:
    answer = client.post(
        ADD, form | {"name": name, "length": length}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 201, answer.content
    return answer["Location"]


def send(client, url, offset, data, **headers):
    return client.patch(
        url, data, content_type="application/offset+octet-stream",
        headers=TUS | {"upload-offset": str(offset)} | headers,
    )  # fmt: skip


def test_a_broken_upload_goes_on_where_it_stopped(at_desk, form):
    url = begin(at_desk, form)
    assert send(at_desk, url, 0, DATA[:5000])["Upload-Offset"] == "5000"
    wrong = send(at_desk, url, 4000, DATA[4000:])
    assert (wrong.status_code, wrong["Upload-Offset"]) == (409, "5000")
    asked = at_desk.head(url, headers=TUS)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("5000", str(len(DATA)))
    assert "no-store" in asked["Cache-Control"]
    assert asked["Tus-Resumable"] == "1.0.0"
    assert send(at_desk, url, 5000, DATA[5000:]).status_code == 204
    recording = Recording.objects.get()
    assert Path(recording.original.path).read_bytes() == DATA
    assert (recording.state, recording.original_name) == (State.WAITING, "rapat.mp3")
    assert not Upload.objects.exists()
    assert send(at_desk, url, len(DATA), b"").status_code == 404


def test_what_came_before_the_line_broke_stays(reporter, office, form):
    upload = uploads.begin_upload(
        actor=reporter, office=office, kind="audio", name="a.mp3", length=len(DATA),
        title="Rapat", consent="given",
    )  # fmt: skip
    pieces = [DATA[:6000]]

    def read(size: int) -> bytes:
        if pieces:
            return pieces.pop()
        raise OSError("line broke")

    with pytest.raises(OSError, match="line broke"):
        uploads.receive_bytes(upload=upload, offset=0, read=read)
    assert upload.offset == 6000


def test_two_senders_at_once(reporter, office):
    upload = uploads.begin_upload(
        actor=reporter, office=office, kind="audio", name="a.mp3", length=100, title="Rapat",
        consent="given",
    )  # fmt: skip

    def read(size: int) -> bytes:
        with pytest.raises(uploads.UploadBusy):
            uploads.receive_bytes(upload=upload, offset=0, read=lambda size: b"")
        return b""

    uploads.receive_bytes(upload=upload, offset=0, read=read)


def test_only_whoever_began_goes_on(at_desk, form, stranger, client):
    url = begin(at_desk, form)
    sign_in(client, stranger)
    assert client.head(url, headers=TUS).status_code == 404
    assert send(client, url, 0, DATA).status_code == 404
    assert client.delete(url, headers=TUS).status_code == 404
    assert Upload.objects.get().offset == 0


def test_the_protocol_is_kept(at_desk, form):
    url = begin(at_desk, form)
    assert at_desk.head(url).status_code == 412
    assert at_desk.options(url)["Tus-Version"] == "1.0.0"
    plain = at_desk.patch(url, b"x", content_type="text/plain", headers=TUS | {"upload-offset": 0})
    assert plain.status_code == 415
    assert send(at_desk, url, "x", b"x").status_code == 400
    assert send(at_desk, url, 0, DATA + b"more").status_code == 422
    assert at_desk.delete(url, headers=TUS).status_code == 204
    assert not Recording.objects.exists()


def test_what_is_no_recording_is_refused_with_its_first_bytes(at_desk, form):
    url = begin(at_desk, form, "rapat.mp3", 10**9)
    answer = send(at_desk, url, 0, b"%PDF-1.7" + bytes(9000))
    assert answer.status_code == 422
    assert not Recording.objects.exists()


@pytest.mark.parametrize("length", [0, 3 * 1024**3])
def test_too_large_and_empty_files_are_refused_before_they_come(at_desk, form, length):
    answer = at_desk.post(
        ADD, form | {"name": "a.mp3", "length": length}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert not Recording.objects.exists()


def test_a_full_disk_is_told_before(at_desk, form, monkeypatch):
    monkeypatch.setattr(uploads, "RESERVE", 10**18)
    answer = at_desk.post(
        ADD, form | {"name": "a.mp3", "length": 10}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 422


def test_without_script_the_form_is_enough(at_desk, form):
    file = SimpleUploadedFile("C:\\rekaman\\rapat.mp3", DATA)
    answer = at_desk.post(ADD, form | {"file": file})
    recording = Recording.objects.get()
    assert answer.url == reverse("media_staff:recording", args=[recording.pk])
    assert Path(recording.original.path).read_bytes() == DATA
    bad = at_desk.post(ADD, form | {"file": SimpleUploadedFile("a.mp3", b"%PDF" * 99)})
    assert bad.status_code == 200
    assert Recording.objects.count() == 1


def test_nobody_uploads_for_another_office(client, stranger, form):
    sign_in(client, stranger)
    answer = client.post(
        ADD, form | {"name": "a.mp3", "length": 9}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 422
    assert not Recording.objects.exists()


def test_replacing_keeps_the_recording(at_desk, recording):
    url = reverse("media_staff:replace", args=[recording.pk])
    at_desk.post(url, {"file": SimpleUploadedFile("baru.mp3", DATA)})
    before = recording.original.path
    recording.refresh_from_db()
    assert (recording.original_name, recording.original_size) == ("baru.mp3", len(DATA))
    assert Path(before) != Path(recording.original.path)


def test_forgotten_uploads_are_removed(at_desk, form, django_capture_on_commit_callbacks):
    url = begin(at_desk, form)
    send(at_desk, url, 0, DATA[:6000])
    part = Upload.objects.get().part
    assert uploads.remove_stale_uploads() == 0
    Upload.objects.update(touched_at=timezone.now() - dt.timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.remove_stale_uploads() == 1
    assert not part.exists()
    assert not Recording.objects.exists()
