"""What the public and the staff see of recordings."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from zona.backstage.media import access
from zona.backstage.media.actions import listening, recordings, transcripts
from zona.backstage.media.models import Recording, Transcript
from zona.backstage.media.rules.faults import Fault
from zona.backstage.media.staff.chooser import AdminRecordingChooser
from zona.testing import make_superuser, sign_in

from .conftest import make_ready

pytestmark = pytest.mark.django_db
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nSelamat pagi.\n"


@pytest.fixture
def public(monkeypatch):
    monkeypatch.setattr(access, "_checks", [lambda recording: True])


@pytest.fixture
def closed(monkeypatch):
    monkeypatch.setattr(access, "_checks", [])


@pytest.fixture
def ready(recording, reporter):
    make_ready(recording)
    transcripts.save_transcript(actor=reporter, recording=recording, language="id", text=VTT)
    return recording


def all_urls(recording):
    yield recording.get_url()
    yield recording.get_waveform_url()
    yield recording.transcripts.get().get_url()
    yield f"/rekaman/{recording.uuid}.vtt"


@pytest.mark.usefixtures("public")
def test_the_public_fetches_what_a_live_page_uses(client, ready):
    for url in all_urls(ready):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert answer["Cache-Control"].startswith("public"), url
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies
    part = client.get(ready.get_url(), headers={"range": "bytes=2-4"})
    assert (part.status_code, part.getvalue(), part["Content-Type"]) == (206, b"234", "audio/mpeg")
    assert client.get(ready.get_url().replace("mp3", "mp4")).status_code == 404
    assert client.get(f"/rekaman/{ready.uuid}.jpg").status_code == 404
    assert client.get(f"/rekaman/{ready.uuid}.en.vtt").status_code == 404
    assert client.get(f"/en{ready.get_url()}").status_code == 200


@pytest.mark.usefixtures("closed")
def test_before_that_only_its_own_staff_does(client, ready, reporter, stranger):
    assert {client.get(url).status_code for url in all_urls(ready)} == {404}
    sign_in(client, stranger)
    assert {client.get(url).status_code for url in all_urls(ready)} == {404}
    sign_in(client, reporter)
    answer = client.get(ready.get_url())
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.usefixtures("public")
def test_a_machine_s_draft_is_for_nobody(client, ready, reporter):
    Transcript.objects.update(is_draft=True)
    assert client.get(f"/rekaman/{ready.uuid}.vtt").status_code == 404
    sign_in(client, reporter)
    url = reverse("media_staff:transcript", args=[ready.pk, "id"])
    client.post(url, {"text": VTT.replace("pagi", "siang")})
    assert b"siang" in client.get(f"/rekaman/{ready.uuid}.vtt").getvalue()


def test_the_screens_of_the_desk(client, ready, reporter):
    sign_in(client, reporter)
    assert ready.title in client.get("/kantor/rekaman/").content.decode()
    assert ready.title not in client.get("/kantor/rekaman/?words=lain").content.decode()
    shown = client.get(f"/kantor/rekaman/{ready.pk}/").content.decode()
    assert ready.get_url() in shown
    states = client.get(f"/kantor/rekaman/keadaan/?id={ready.pk}&id=x").json()["recordings"]
    assert [(row["id"], row["is_underway"]) for row in states] == [(ready.pk, False)]


def test_what_is_said_of_a_recording_changes(client, ready, reporter):
    sign_in(client, reporter)
    about = {"title": "Baru", "quality": "music", "consent": "public", "rights": "Humas"}
    client.post(f"/kantor/rekaman/{ready.pk}/", about)
    ready.refresh_from_db()
    assert (ready.title, ready.consent, ready.state) == ("Baru", "public", "ready")
    client.post(f"/kantor/rekaman/{ready.pk}/", about | {"quality": "speech"})
    ready.refresh_from_db()
    assert (ready.state, ready.quality) == ("waiting", "speech")


def test_a_failed_recording_says_what_to_do(client, recording, reporter):
    Recording.objects.update(state="failed", fault=str(Fault.NO_SPACE))
    sign_in(client, reporter)
    assert "ulangi" in client.get(f"/kantor/rekaman/{recording.pk}/").content.decode()
    client.post(reverse("media_staff:retry", args=[recording.pk]))
    recording.refresh_from_db()
    assert (recording.state, recording.fault) == ("waiting", "")


def test_captions_with_a_fault_name_their_line(client, ready, reporter):
    sign_in(client, reporter)
    url = reverse("media_staff:transcript", args=[ready.pk, "en"])
    answer = client.post(url, {"text": VTT + "\n00:09.000 --> 00:08.000\nx"})
    assert " 6:" in answer.content.decode()
    assert ready.transcripts.count() == 1


def test_removing(client, ready, reporter, django_capture_on_commit_callbacks):
    sign_in(client, reporter)
    path = Path(ready.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("media_staff:remove", args=[ready.pk]))
    assert not Recording.objects.exists()
    assert not path.exists()


def test_strangers_act_on_nothing(ready, stranger):
    for act in (recordings.remove_recording, recordings.retry, listening.order_draft):
        with pytest.raises(PermissionDenied):
            act(actor=stranger, recording=ready)
    with pytest.raises(PermissionDenied):
        transcripts.save_transcript(actor=stranger, recording=ready, language="id", text=VTT)


def test_the_chooser_offers_only_own_recordings(client, ready, reporter, stranger):
    widget = AdminRecordingChooser(kind="audio")
    url = widget.get_chooser_modal_url()
    assert url.endswith("?kind=audio")
    sign_in(client, reporter)
    assert ready.title in client.get(url).json()["html"]
    assert ready.title not in client.get(url.replace("audio", "video")).json()["html"]
    chosen = reverse("recording_chooser:chosen", args=[ready.pk])
    assert client.get(chosen).json()["result"]["title"] == ready.title
    sign_in(client, stranger)
    assert ready.title not in client.get(url).json()["html"]
    assert client.get(chosen).status_code == 404


def test_a_superuser_manages_all(client, ready):
    sign_in(client, make_superuser())
    assert client.get(f"/kantor/rekaman/{ready.pk}/").status_code == 200


def test_drafts_need_a_model_and_a_review(ready, reporter, settings, tmp_path, monkeypatch, client):
    assert not listening.can_listen()
    sign_in(client, reporter)
    Transcript.objects.all().delete()
    assert "ZONA_WHISPER_MODEL" in client.get(f"/kantor/rekaman/{ready.pk}/").content.decode()
    (tmp_path / "faster_whisper.py").write_text(
        "from types import SimpleNamespace as N\n"
        "class WhisperModel:\n"
        "    def __init__(self, model, **options): assert options['local_files_only']\n"
        "    def transcribe(self, path, **options):\n"
        "        assert options['language'] == 'id'\n"
        "        return iter([N(start=0.5, end=2, text=' Halo & selamat.')]), N(duration=3)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    settings.WHISPER_MODEL = tmp_path
    assert listening.draft(ready.pk)
    draft = ready.transcripts.get()
    assert (draft.is_draft, draft.as_text()) == (True, "Halo & selamat.")
    assert not listening.draft(ready.pk)  # what is there stays
