"""The podcast's feed, against PSP-1 and as an app reads it."""

from __future__ import annotations

import copy
import io
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from zona.backstage.media.access import is_public
from zona.testing import make_office, open_home
from zona.website.podcast import rules
from zona.website.podcast.models import (
    EpisodeChapter,
    EpisodeGuest,
    PodcastEpisodePage,
    PodcastShowPage,
)
from zona.website.site.models import HomePage, Photo
from zona.website.site.rules.spoken import say_clock
from zona.website.site.tests.psp1 import ATOM, ITUNES, PODCAST, find_faults
from zona.website.site.tests.recorded import make_recording

pytestmark = pytest.mark.django_db


def make_photo(width: int, height: int) -> Photo:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "maroon").save(out, "PNG")
    return Photo.objects.create(title="Sampul", file=SimpleUploadedFile("s.png", out.getvalue()))


@pytest.fixture
def home() -> HomePage:
    office = make_office("33.08", email="humas@kpu.test")
    return open_home(office)


def make_show(home: HomePage, **fields: Any) -> PodcastShowPage:
    values = {"description": "<p>Tentang kami.</p>", "photo": make_photo(1500, 1500)}
    show = PodcastShowPage(
        title="Suara Kita",
        slug="suara-kita",
        lead="Obrolan singkat.",
        frequency="FREQ=WEEKLY",
        **(values | fields),
    )
    home.add_child(instance=show)
    show.save_revision().publish()
    return PodcastShowPage.objects.get(pk=show.pk)


def add_episode(show: PodcastShowPage, number: int = 1, **fields: Any) -> PodcastEpisodePage:
    values = {"recording": fields.pop("recording", None) or make_recording(show.office)}
    page = PodcastEpisodePage(
        title=f"Episode {number}", slug=f"episode-{number}", number=number, **(values | fields)
    )
    page.guests.add(EpisodeGuest(name="Ani (contoh)", office="KPU", role="host"))
    page.chapters.add(
        EpisodeChapter(start=0, title="Pembuka"), EpisodeChapter(start=65, title="Isi")
    )
    show.add_child(instance=page)
    page.save_revision().publish()
    return page


def read(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    return bytes(answer.content)


def test_the_feed_meets_psp1_and_each_broken_rule_is_seen(client: Client, home: HomePage) -> None:
    show = make_show(home)
    add_episode(show, 1)
    add_episode(show, 2)
    rss = fromstring(read(client, f"{show.url}rss/"))
    assert find_faults(rss) == []

    must = [
        *("title", "link", "description", "language", f"{ATOM}link", f"{ITUNES}category"),
        *(f"{ITUNES}{name}" for name in ("explicit", "image", "author", "owner")),
        *(f"{PODCAST}{name}" for name in ("guid", "locked", "medium", "updateFrequency")),
    ]
    for path in must:
        broken = copy.deepcopy(rss)
        channel = broken.find("channel")
        assert channel is not None
        channel.remove(channel.find(path))  # type: ignore[arg-type]
        assert len(find_faults(broken)) == 1, path
    of_item = ["title", "guid", "link", "enclosure", "pubDate"]
    of_item += [
        f"{ITUNES}{n}" for n in ("duration", "explicit", "season", "episode", "episodeType")
    ]
    for path in of_item:
        broken = copy.deepcopy(rss)
        item = broken.find("channel/item")
        assert item is not None
        item.remove(item.find(path))  # type: ignore[arg-type]
        assert len(find_faults(broken)) == 1, path
    values = [
        ("channel/item/enclosure", "length", "0"),
        ("channel/item/enclosure", "type", "text/html"),
        (f"channel/{PODCAST}locked", "owner", ""),
        (f"channel/item/{PODCAST}chapters", "type", "application/json"),
        (f"channel/item/{PODCAST}transcript", "type", "text/srt"),
        (f"channel/item/{PODCAST}person", "role", "tamu"),
    ]
    for path, name, value in values:
        broken = copy.deepcopy(rss)
        broken.find(path).set(name, value)  # type: ignore[union-attr]
        assert len(find_faults(broken)) == 1, (path, name)
    broken = copy.deepcopy(rss)
    broken.find("channel/description").text = "é" * 2001  # type: ignore[union-attr]
    assert find_faults(broken) == ["description too long"]
    assert ElementTree.tostring(rss)


def test_an_app_reads_length_type_people_and_places(client: Client, home: HomePage) -> None:
    show = make_show(home)
    episode = add_episode(show)
    found = feedparser.parse(read(client, f"{show.url}rss/"))
    assert not found.bozo
    entry = found.entries[0]
    sound = entry.enclosures[0]
    assert (sound.length, sound.type) == ("5", "audio/mpeg")
    assert sound.href.endswith(episode.recording.get_url())
    assert entry.itunes_duration == "125"
    assert entry.id == str(episode.translation_key)
    assert found.feed.author_detail.email == "humas@kpu.test"
    assert found.feed.image.href.endswith(".jpg")


def test_the_guid_and_the_addresses_stay_whatever_the_language(
    client: Client, home: HomePage
) -> None:
    show = make_show(home)
    add_episode(show)
    plain, english = read(client, f"{show.url}rss/"), read(client, f"/en{show.url}rss/")
    assert plain == english
    guid = show.guid
    show.slug = "nama-lain"
    show.save()
    assert PodcastShowPage.objects.get(pk=show.pk).guid == guid


def test_chapters_and_srt_are_for_every_player(client: Client, home: HomePage) -> None:
    episode = add_episode(make_show(home))
    answer = client.get(f"{episode.url}bab/")
    assert answer["Content-Type"] == "application/json+chapters"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["chapters"][1] == {"startTime": 65, "title": "Isi"}
    assert b"00:00:04,000 --> 00:00:09,000\nBudi: Hari ini" in read(
        client, f"{episode.url}naskah-srt/"
    )


@pytest.mark.parametrize(("size", "shown"), [((2560, 2000), 2000), ((900, 600), 1400)])
def test_any_cover_becomes_a_square_that_apps_take(
    client: Client, home: HomePage, size: tuple[int, int], shown: int
) -> None:
    show = make_show(home, photo=make_photo(*size))
    found = feedparser.parse(read(client, f"{show.url}rss/"))
    path = found.feed.image.href.partition("/media/")[2]
    answer = client.get(f"/media/{path}")
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as image:  # type: ignore[attr-defined]
        assert image.size == (shown, shown)
        assert image.format == "JPEG"


def test_drafts_and_what_cannot_be_played_stay_out(client: Client, home: HomePage) -> None:
    show = make_show(home)
    episode = add_episode(show)
    assert is_public(episode.recording)
    waiting = make_recording(show.office, state="waiting")
    draft = PodcastEpisodePage(title="Nanti", slug="nanti", number=2, recording=waiting, live=False)
    show.add_child(instance=draft)
    with pytest.raises(ValidationError, match="recording"):
        draft.save_revision().publish()
    found = feedparser.parse(read(client, f"{show.url}rss/"))
    assert [entry.title for entry in found.entries] == ["Episode 1"]
    assert not is_public(waiting)
    episode.unpublish()
    assert not is_public(episode.recording)


def test_the_pages_show_what_there_is_in_few_queries(
    client: Client, home: HomePage, django_assert_max_num_queries: Any
) -> None:
    show = make_show(home)
    episodes = [add_episode(show, number) for number in (1, 2, 3)]
    with django_assert_max_num_queries(45):
        text = client.get(show.url).content.decode()
    assert text.index("Episode 3") < text.index("Episode 1")
    assert "2 menit 5 detik" in text
    text = client.get(episodes[0].url).content.decode()
    for words in ("Pembuka", "Ani (contoh)", "Hari ini tentang coktas.", 'role="slider"'):
        assert words in text
    assert "coktas" in episodes[0].spoken_text()


@given(st.integers(0, 99 * 3600))
def test_a_time_that_is_written_is_read_again(seconds: int) -> None:
    assert rules.parse_clock(say_clock(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "abc", "12", "1:75", "1:75:10", "-1:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(rules.BadClock):
        rules.parse_clock(text)


@given(st.lists(st.integers(0, 500)), st.none() | st.floats(1, 400))
def test_chapters_that_pass_ascend_inside_the_recording(
    starts: list[int], duration: float | None
) -> None:
    wrong = set(rules.chapters_out_of_place(starts, duration))
    good = [start for place, start in enumerate(starts) if place not in wrong]
    assert good == sorted(set(good))
    assert duration is None or all(start < duration for start in good)
    if starts == sorted(set(starts)) and (duration is None or max(starts, default=0) < duration):
        assert not wrong


@given(st.text(), st.integers(4, 50))
def test_a_cut_text_fits_and_begins_as_it_did(text: str, limit: int) -> None:
    short = rules.cut_bytes(text, limit)
    assert len(short.encode()) <= max(limit, len("…".encode()))
    assert text.startswith(short.removesuffix("…")) or short == text


@given(st.integers(1, 4000), st.integers(1, 4000))
def test_a_cover_is_never_cut_too_small(width: int, height: int) -> None:
    spec = rules.cover_filter(width, height)
    percent = int(spec.split("|")[0][6:]) if spec.startswith("scale-") else 100
    target = int(spec.split("fill-")[1].split("x")[0])
    assert 1400 <= target <= 3000
    assert min(width, height) * percent / 100 >= min(target, 1400) - 1


def test_the_guid_is_that_of_the_namespace() -> None:
    """The example of the specification."""
    assert str(rules.guid_of("https://podnews.net/rss")) == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert rules.guid_of("http://podnews.net/rss/") == rules.guid_of("https://podnews.net/rss")
