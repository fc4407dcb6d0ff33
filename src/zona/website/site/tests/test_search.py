"""The index follows the website: what is public can be found, and nothing else."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from zona.backstage.search.models import Entry
from zona.backstage.search.queries import search
from zona.testing import make_office, open_home
from zona.website.site.machines.search import SOURCE
from zona.website.site.models import (
    ArticlePage,
    HomePage,
    IndexPage,
    ProfilePage,
    ProfilePerson,
    PublicFile,
    Rubric,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return open_home(make_office("33.74", "Kota Semarang"))


@pytest.fixture
def index(home: HomePage) -> IndexPage:
    return IndexPage.objects.child_of(home).get()


@pytest.fixture
def article(index: IndexPage) -> ArticlePage:
    page = ArticlePage(
        title="Rapat pleno", lead="Digelar di aula.", body=[("paragraph", "<p>Isinya &amp; b</p>")]
    )
    index.add_child(instance=page)
    return page


def found(words: str, **more: Any) -> list[str]:
    results = search(words, today=timezone.localdate(), **more)
    names = dict(Entry.objects.values_list("pk", "title"))
    return [names[hit.id] for hit in results.hits[: results.whole]]


def test_an_article_is_found_by_each_of_its_words(article: ArticlePage, index: IndexPage) -> None:
    file = PublicFile.objects.create(
        title="Berita acara lengkap", file=ContentFile(b"x", name="a.pdf")
    )
    article.place, article.dateline = "Gedung Juang", "Ungaran"
    article.rubric = Rubric.objects.create(office=index.office, title="Sosialisasi", slug="s")
    article.body = [
        ("quote", {"text": "Kami terbuka", "speaker": "Bu Ratna"}),
        ("file", {"document": file, "title": ""}),
        ("heading", "Rekapitulasi"),
    ]
    article.tags.add("Coktas")
    article.save_revision().publish()
    for word in ("pleno", "aula", "juang", "ungaran", "ratna", "rekapitulasi", "coktas", "acara"):
        assert found(word) == ["Rapat pleno"], word
    entry = Entry.objects.get(source=SOURCE, object_id=str(article.pk))
    assert entry.url == article.get_url()
    assert (entry.rubric, entry.office) == ("Sosialisasi", index.office)
    assert entry.year == timezone.localdate().year
    assert found("isinya") == []  # what was there before
    article.rubric.title = "Pendidikan pemilih"
    article.rubric.save()
    entry.refresh_from_db()
    assert entry.rubric == "Pendidikan pemilih"


def test_people_on_a_profile_are_found(home: HomePage) -> None:
    page = ProfilePage(title="Komisioner", part="commissioners")
    home.add_child(instance=page)
    page.people = [ProfilePerson(name="Siti Aminah", position="Ketua")]
    page.save_revision().publish()
    assert found("siti aminah") == ["Komisioner"]


def test_a_draft_is_not_found_before_it_is_published(article: ArticlePage) -> None:
    article.title = "Judul rancangan"
    article.save_revision()
    assert found("rancangan") == []
    assert found("pleno") == ["Rapat pleno"]
    article.latest_revision.publish()
    assert found("rancangan") == ["Judul rancangan"]


def test_what_is_taken_down_deleted_or_closed_is_not_found(
    article: ArticlePage, index: IndexPage
) -> None:
    article.unpublish()
    assert found("pleno") == []
    article.save_revision().publish()
    assert found("pleno")
    closed = PageViewRestriction.objects.create(
        page=index.page_ptr if hasattr(index, "page_ptr") else index.basepage_ptr,
        restriction_type=PageViewRestriction.LOGIN,
    )
    assert found("pleno") == []
    closed.delete()
    assert found("pleno")
    ArticlePage.objects.get(pk=article.pk).delete()
    assert found("pleno") == []


def test_an_expired_one_stays_and_is_marked(
    article: ArticlePage, home: HomePage, client: Client
) -> None:
    article.valid_until = timezone.localdate() - dt.timedelta(days=1)
    article.save_revision().publish()
    answer = client.get(f"{home.get_url()}cari/?q=pleno").content.decode()
    assert "Kedaluwarsa" in answer


def test_addresses_follow_a_move(
    article: ArticlePage, home: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        home.slug = "kota-lama"
        home.save_revision().publish()
    entry = Entry.objects.get(source=SOURCE, object_id=str(article.pk))
    assert "/kota-lama/" in entry.url
    assert entry.url == ArticlePage.objects.get(pk=article.pk).get_url()


def test_saving_without_a_change_costs_little(
    article: ArticlePage, django_assert_max_num_queries: Any
) -> None:
    from zona.backstage.search.actions import follow

    with django_assert_max_num_queries(10):
        assert follow(source=SOURCE, keys=[article.pk]).written == 0


# --- screens ---


def test_an_office_shows_its_own_results_and_the_installation_all(
    article: ArticlePage, home: HomePage, client: Client
) -> None:
    other = open_home(make_office("33.08", "Kabupaten Magelang"))
    IndexPage.objects.child_of(other).get().add_child(instance=ArticlePage(title="Pleno Magelang"))
    assert client.get("/cari/?q=kpu+kota").content.decode().count(f'href="{home.get_url()}"') == 1
    own = client.get(f"{home.get_url()}cari/?q=pleno").content.decode()
    assert "<mark>pleno</mark>" in own
    assert article.get_url() in own
    assert "Magelang" not in own.split("<main")[1].split("</main")[0]
    everything = client.get("/cari/?q=pleno")
    text = everything.content.decode()
    assert "2 hasil" in text
    assert other.office.short_name in text
    assert 'name="robots" content="noindex"' in text
    assert not everything.cookies
    assert "Vary" not in everything.headers or "Cookie" not in everything.headers["Vary"]
    narrowed = client.get("/cari/?q=pleno&kantor=33.08&jenis=article&urut=terbaru&hal=9")
    assert "1 hasil" in narrowed.content.decode()
    english = client.get("/en/cari/?q=pleno").content.decode()
    assert f'href="/en{article.get_url()}"' in english
    assert "2 results" in english


def test_the_empty_field_and_the_empty_result_say_what_to_do(
    home: HomePage, client: Client
) -> None:
    for address in ("/cari/", f"{home.get_url()}cari/"):
        assert "<mark>" not in client.get(address).content.decode()
        nothing = client.get(f"{address}?q=zzqq&tahun=2020&jenis=%3Cb%3E")
        assert nothing.status_code == 200
        assert "Tidak ada hasil" in nothing.content.decode()
        assert "<b>" not in nothing.content.decode()


def test_what_is_shown_is_escaped(index: IndexPage, client: Client) -> None:
    index.add_child(instance=ArticlePage(title="<script>alert(1)</script> pleno", lead="<i>x</i>"))
    text = client.get("/cari/?q=pleno").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>pleno</mark>" in text
    assert "<i>x" not in text


def test_suggestions_are_titles_with_addresses(
    article: ArticlePage, home: HomePage, client: Client
) -> None:
    expected = [{"title": "Rapat pleno", "url": article.get_url(), "kind": "Berita"}]
    assert client.get("/cari/saran/?q=ple").json() == expected
    own = client.get(f"{home.get_url()}cari/saran/?q=rapat+pl")
    assert own.json() == expected
    assert not own.cookies
    assert client.get("/cari/saran/?q=").json() == []


def test_who_searches_too_often_waits(client: Client, monkeypatch: Any) -> None:
    from zona.backstage.search import limits

    monkeypatch.setattr(limits, "searches", limits.Limit(2))
    monkeypatch.setattr(limits, "suggestions", limits.Limit(1))
    codes = [client.get("/cari/?q=x").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert client.get("/cari/?q=x", REMOTE_ADDR="203.0.113.9").status_code == 200
    assert [client.get("/cari/saran/?q=x").status_code for _ in range(2)] == [200, 429]
