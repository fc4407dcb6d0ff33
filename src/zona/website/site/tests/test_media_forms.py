"""What editors are told: about recordings that are not ready, chapters, links and pictures."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from zona.backstage.rights.grants import collection_of
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home
from zona.website.podcast.models import PodcastEpisodePage, PodcastShowPage
from zona.website.site.actions.pages import run_schedule
from zona.website.site.models import HomePage, IndexPage, Photo, VideoPage
from zona.website.site.rules import external
from zona.website.site.rules import pages as rules

from .recorded import make_recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return open_home(make_office("33.08"))


@pytest.fixture
def editor(home: HomePage, client: Client) -> Any:
    person = make_person("sri@kpu.test", Role.EDITOR, office=home.office)
    client.force_login(person)
    return person


@pytest.fixture
def show(home: HomePage) -> PodcastShowPage:
    page = PodcastShowPage(title="Siniar", slug="siniar", description="<p>x</p>")
    return home.add_child(instance=page)


def make_photo(home: HomePage, **fields: Any) -> Photo:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "PNG")
    values = {"title": "Anak di kelas", "collection": collection_of(home.office)} | fields
    return Photo.objects.create(file=SimpleUploadedFile("x.png", out.getvalue()), **values)


def formset(name: str, *rows: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {
        f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0,
        f"{name}-MIN_NUM_FORMS": 0, f"{name}-MAX_NUM_FORMS": 1000,
    }  # fmt: skip
    for number, row in enumerate(rows):
        data |= {f"{name}-{number}-{key}": value for key, value in row.items()}
    return data


def episode_form(recording: Any, *chapters: dict[str, Any], **fields: Any) -> dict[str, Any]:
    data = {
        "title": "Episode satu", "slug": "episode-satu", "season": 1, "number": 1,
        "episode_kind": "full", "recording": recording.pk if recording else "",
        "description": "null", "transcript": "null",
    }  # fmt: skip
    for name in ("guests", "corrections", "comments"):
        data |= formset(name)
    return data | formset("chapters", *chapters) | fields


def send(client: Client, parent: Any, kind: str, data: dict[str, Any]) -> Any:
    app = "podcast" if kind.startswith("podcast") else "site"
    return client.post(reverse("wagtailadmin_pages:add", args=[app, kind, parent.pk]), data)


def test_a_page_waits_for_its_recording(client: Client, show: Any, editor: Any) -> None:
    waiting = make_recording(show.office, state="working", progress=62, title="Wawancara")
    data = episode_form(waiting)
    answer = send(client, show, "podcastepisodepage", data | {"action-publish": "1"})
    assert "“Wawancara”" in answer.content.decode()
    assert "62%" in answer.content.decode()
    assert not PodcastEpisodePage.objects.exists()

    assert send(client, show, "podcastepisodepage", data).status_code == 302  # as a draft
    page = PodcastEpisodePage.objects.get()
    assert (page.live, page.recording) == (False, waiting)

    explorer = reverse("wagtail_bulk_action", args=["site", "basepage", "publish"])
    answer = client.post(f"{explorer}?id={page.pk}&next=/kantor/", follow=True)
    assert "“Wawancara”" in answer.content.decode()

    page.latest_revision.approved_go_live_at = page.latest_revision.created_at
    page.latest_revision.save()
    assert run_schedule().failed  # what was planned waits as well, and says so on the dashboard
    ready = make_recording(show.office)
    for name in ("file", "file_size", "duration", "state"):
        setattr(waiting, name, getattr(ready, name))
    waiting.save()
    assert run_schedule().published == 1
    page.refresh_from_db()
    assert page.live


def test_a_draft_may_have_no_recording_and_nobody_may_take_anothers(
    client: Client, show: Any, editor: Any
) -> None:
    foreign = make_recording(make_office("33.74"))
    answer = send(client, show, "podcastepisodepage", episode_form(foreign))
    assert answer.status_code in (200, 403)
    assert not PodcastEpisodePage.objects.exists()
    assert send(client, show, "podcastepisodepage", episode_form(None)).status_code == 302


@pytest.mark.parametrize("start", ["2:05", "0:10", "abc"])
def test_chapters_lie_inside_and_apart(client: Client, show: Any, editor: Any, start: str) -> None:
    rows = [{"start": "0:10", "title": "Isi"}, {"start": start, "title": "Akhir"}]
    data = episode_form(make_recording(show.office), *rows) | {"action-publish": "1"}
    assert send(client, show, "podcastepisodepage", data).status_code == 200
    assert not PodcastEpisodePage.objects.exists()
    data["chapters-1-start"] = "1:00"
    assert send(client, show, "podcastepisodepage", data).status_code == 302
    found = PodcastEpisodePage.objects.get().chapters.values_list("start", flat=True)
    assert list(found) == [10, 60]


def test_a_video_is_here_or_elsewhere(client: Client, home: HomePage) -> None:
    index = IndexPage.objects.child_of(home).get()
    film = make_recording(home.office, "video")
    link = "https://youtu.be/dQw4w9WgXcQ"
    for fields in ({}, {"recording": film, "link": link}, {"link": link}):
        with pytest.raises(ValidationError):
            VideoPage(title="V", slug="v", **fields).clean()
    page = VideoPage(title="V", slug="v", link=link, photo=make_photo(home))
    index.add_child(instance=page)
    page.save_revision().publish()
    answer = client.get(page.url)
    text = answer.content.decode()
    assert "Putar video di YouTube" in text or "Play the video at YouTube" in text
    assert "<iframe" not in text
    assert "https://www.youtube-nocookie.com" in answer["Content-Security-Policy"]
    own = VideoPage(title="W", slug="w", recording=film)
    index.add_child(instance=own)
    own.save_revision().publish()
    answer = client.get(own.url)
    assert "youtube" not in answer["Content-Security-Policy"]
    assert '<track kind="captions"' in answer.content.decode()


@pytest.mark.parametrize(
    ("url", "service", "embed"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "youtube", "dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ"),
        ("https://youtube.com/@kpu", "youtube", ""),
        ("https://youtube.com.penipu.id/watch?v=dQw4w9WgXcQ", "web", ""),
        ("https://youtu.be/x%22onload", "youtube", ""),
        ("https://vt.tiktok.com/abc/", "tiktok", ""),
        ("https://fb.watch/abc/", "facebook", ""),
        ("https://kpu.go.id/video", "web", ""),
    ],
)
def test_links_are_told_by_their_address(url: str, service: str, embed: str) -> None:
    found = external.recognise(url)
    assert found.service == service
    assert found.embed_url == (f"{external.EMBED_ORIGIN}/embed/{embed}" if embed else "")


@given(st.text())
def test_no_text_becomes_a_frame_of_another_host(text: str) -> None:
    try:
        found = external.recognise(text)
    except (external.NotALink, ValueError):
        return
    assert not found.embed_url or found.embed_url.startswith(f"{external.EMBED_ORIGIN}/embed/")


@given(
    people=st.sampled_from(["", "nobody", "crowd", "named"]),
    consent=st.sampled_from(["", "none", "spoken", "written", "open"]),
    has_children=st.booleans(),
    rights=st.sampled_from(["", "own", "partner", "licensed", "free"]),
    rights_note=st.sampled_from(["", "  ", "CC BY 4.0"]),
)
def test_cautions(**said: Any) -> None:
    found = rules.cautions_for(**said)
    child = rules.PictureCaution.CHILD in found
    assert child == (said["has_children"] and said["consent"] != "written")
    if said["consent"] == "written" and said["rights"] != "licensed":
        assert not found
    if said["people"] == "named" and said["consent"] == "open":
        assert found
    assert not (set(said.values()) <= {"", False} and found)  # what nobody said is no fault


def test_a_routine_picture_needs_no_click_and_children_do(
    client: Client, home: HomePage, editor: Any
) -> None:
    photo = make_photo(home)
    form = client.get(reverse("wagtailimages:edit", args=[photo.pk])).context["form"]
    shown = [form[name].value() for name in ("people", "consent", "rights", "has_children")]
    assert shown == ["crowd", "none", "own", False]

    Photo.objects.filter(pk=photo.pk).update(has_children=True, consent="spoken")
    form = client.get(reverse("wagtailimages:edit", args=[photo.pk])).context["form"]
    warned = str(form["consent"].help_text)
    assert warned
    index = IndexPage.objects.child_of(home).get()
    data = {"title": "Kunjungan", "slug": "kunjungan", "body-count": 0, "photo": photo.pk}
    data |= formset("corrections") | formset("comments") | {"action-publish": "1"}
    answer = client.post(
        reverse("wagtailadmin_pages:add", args=["site", "articlepage", index.pk]),
        data, follow=True,
    )  # fmt: skip
    said = " ".join(str(message) for message in answer.context["messages"])
    assert "“Anak di kelas”" in said
    assert warned.split(":")[0] in said
    assert "Anak di kelas" in client.get(reverse("wagtailadmin_home")).content.decode()
