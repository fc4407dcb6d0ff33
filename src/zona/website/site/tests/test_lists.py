import datetime as dt
import io
import re
from typing import Any

import feedparser
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image

from zona.offices.models import Office
from zona.testing import make_office, open_home
from zona.website.podcast.models import PodcastEpisodePage, PodcastShowPage
from zona.website.site import queries
from zona.website.site.actions.tree import ensure_rubric
from zona.website.site.models import (
    AnnouncementPage,
    ArticlePage,
    HomePage,
    IndexPage,
    InfographicPage,
    Photo,
    VideoPage,
)

from .recorded import make_recording

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 8, 3, 5, tzinfo=dt.UTC)


@pytest.fixture
def office() -> Office:
    return make_office("33.08", "Kabupaten Magelang")


@pytest.fixture
def home(office: Office) -> HomePage:
    return open_home(office)


@pytest.fixture
def index(home: HomePage) -> IndexPage:
    return IndexPage.objects.child_of(home).get()


def publish(index: IndexPage, title: str, when: dt.datetime = NOON, **fields: Any) -> ArticlePage:
    kind = fields.pop("kind", ArticlePage)
    page = kind(
        title=title,
        slug=slugify(title),
        first_published_at=when,
        last_published_at=when,
        **fields,
    )
    IndexPage.objects.get(pk=index.pk).add_child(instance=page)
    return page


def titles(client: Client, url: str) -> list[str]:
    html = client.get(url).content.decode()
    return re.findall(r'ui-row__title"><a[^>]*>([^<]+)<', html)


def test_paging_shows_every_item_once_while_new_ones_arrive(
    index: IndexPage, client: Client
) -> None:
    moments = [NOON - dt.timedelta(hours=i // 3) for i in range(45)]  # several at one moment
    for number, moment in enumerate(moments):
        publish(index, f"Kabar {number:02d}", moment)
    url, seen = index.get_url(), []
    while url:
        html = client.get(url).content.decode()
        seen += re.findall(r"Kabar \d\d(?=</a>)", html)
        publish(index, f"Susulan {len(seen)}", timezone.now())
        older = re.search(r'href="(\?sebelum=[^"]+)"', html)
        url = index.get_url() + older[1] if older else ""
    assert sorted(seen) == [f"Kabar {number:02d}" for number in range(45)]


def test_the_way_back_shows_the_page_before(index: IndexPage, client: Client) -> None:
    for number in range(50):
        publish(index, f"Kabar {number:02d}", NOON - dt.timedelta(hours=number))
    url = index.get_url()
    first = titles(client, url)
    older = re.search(r'href="(\?sebelum=[^"]+)"', client.get(url).content.decode())
    html = client.get(url + older[1]).content.decode()
    newer = re.search(r'href="(\?sesudah=[^"]+)"', html)
    assert titles(client, url + newer[1]) == first


def test_expired_announcements_sink_and_leave_the_home_page(
    index: IndexPage, home: HomePage, client: Client
) -> None:
    today = timezone.localdate()
    publish(index, "Berita lama", NOON - dt.timedelta(days=300))
    publish(
        index,
        "Lowongan lewat",
        timezone.now(),
        kind=AnnouncementPage,
        valid_until=today - dt.timedelta(days=1),
    )
    publish(
        index,
        "Lowongan berlaku",
        timezone.now() - dt.timedelta(days=9),
        kind=AnnouncementPage,
        valid_until=today,
    )
    assert titles(client, index.get_url()) == ["Lowongan berlaku", "Berita lama", "Lowongan lewat"]
    front = client.get(home.get_url()).content.decode()
    assert "Lowongan berlaku" in front
    assert "Lowongan lewat" not in front
    page = client.get(AnnouncementPage.objects.get(title="Lowongan lewat").get_url())
    assert "Kedaluwarsa" in page.content.decode()


def test_years_and_months_are_those_of_the_office(index: IndexPage, client: Client) -> None:
    # 23.30 UTC on the last day of the year is already the new year in Magelang (WIB, UTC+7).
    publish(index, "Malam tahun baru", dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC))
    url = index.get_url()
    assert titles(client, f"{url}2026/") == ["Malam tahun baru"]
    assert titles(client, f"{url}2026/01/") == ["Malam tahun baru"]
    assert client.get(f"{url}2025/").status_code == 404
    assert queries.count_years(index.office) == [(2026, 1)]
    assert queries.count_months(index.office, 2026) == [(1, 1)]


@pytest.mark.parametrize(
    "tail",
    [
        "1999/",
        "2026/13/",
        "2026/1/",
        "rubrik/tidak-ada/",
        "rubrik/Berita/",
        "topik/tidak-ada/",
        "jenis/rahasia/",
        "rubrik/",
        "berita/apa-saja/lagi/",
        "?sebelum=abc",
        "?sebelum=0.1.2",
        "?sesudah=9.9",
        "rss/sampah/",
        "index.php/",
    ],
)
def test_junk_is_not_found(index: IndexPage, client: Client, tail: str) -> None:
    publish(index, "Kabar", NOON)
    assert client.get(index.get_url() + tail).status_code == 404


def test_a_foreign_rubric_is_not_found(index: IndexPage, client: Client) -> None:
    ensure_rubric(make_office("33.09"), "Khusus")
    assert client.get(f"{index.get_url()}rubrik/khusus/").status_code == 404


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
@pytest.mark.parametrize("narrow", ["", "rubrik/berita/", "topik/pemilih-muda/"])
def test_feeds_tell_what_the_list_shows(
    index: IndexPage, client: Client, form: str, narrow: str
) -> None:
    page = publish(index, 'Tanda <kutip> & "lainnya"', NOON, lead="Isi & <b>tebal</b>.")
    page.rubric = ensure_rubric(index.office, "Berita")
    page.tags.add("Pemilih muda")
    page.save()
    publish(index, "Tanpa rubrik", NOON)
    answer = client.get(f"{index.get_url()}{narrow}{form}/")
    assert answer.status_code == 200
    expected = ['Tanda <kutip> & "lainnya"'] + ([] if narrow else ["Tanpa rubrik"])
    if form == "json":
        data = answer.json()
        assert data["version"] == "https://jsonfeed.org/version/1.1"
        assert sorted(item["title"] for item in data["items"]) == sorted(expected)
        return
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert len(feed.entries) == len(expected)
    assert all(entry.link.startswith("http") for entry in feed.entries)


def test_a_draft_is_nowhere(index: IndexPage, home: HomePage, client: Client) -> None:
    page = publish(index, "Belum matang", NOON)
    page.unpublish()
    for url in (
        home.get_url(),
        index.get_url(),
        f"{index.get_url()}rss/",
        f"{home.get_url()}cari/?q=matang",
        "/sitemap-33.08-1.xml",
    ):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Belum matang" not in answer.content.decode().replace("belum-matang", "Belum matang")


def test_the_home_page_costs_few_queries_whatever_it_holds(
    index: IndexPage, home: HomePage, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        page = publish(index, f"Kabar {number:02d}", NOON - dt.timedelta(hours=number))
        page.rubric = ensure_rubric(index.office, f"Rubrik {number % 6}")
        page.save()
    client.get(home.get_url())
    with django_assert_max_num_queries(32):
        client.get(home.get_url())
    with django_assert_max_num_queries(26):
        client.get(index.get_url())
    with django_assert_max_num_queries(30):
        client.get(page.get_url())


def test_the_newest_of_each_kind_to_look_at_and_listen_to_is_on_the_home_page(
    index: IndexPage, home: HomePage, client: Client
) -> None:
    photo = Photo.objects.create(title="x", file=picture_file())
    for number in range(3):
        when = NOON + dt.timedelta(hours=number)
        publish(index, f"Gambar {number}", when, kind=InfographicPage, text="<p>x</p>", photo=photo)
    film = make_recording(home.office, "video")
    publish(index, "Tayangan", NOON, kind=VideoPage, recording=film)
    show = PodcastShowPage(title="Siniar", slug="siniar", description="<p>x</p>")
    HomePage.objects.get(pk=home.pk).add_child(instance=show)
    episode = PodcastEpisodePage(
        title="Episode satu", slug="satu", number=1, first_published_at=NOON
    )
    episode.recording = make_recording(home.office)
    show.add_child(instance=episode)
    html = client.get(home.get_url()).content.decode()
    assert re.findall(r'ui-teaser__title"><a[^>]*>([^<]+)<', html) == [
        "Gambar 2",
        "Tayangan",
        "Episode satu",
    ]


def picture_file() -> ContentFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG")
    return ContentFile(out.getvalue(), name="x.jpg")
