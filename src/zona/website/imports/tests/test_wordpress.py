"""A WordPress site moves in: what comes, where it stands, and what a second run does."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from zona.ground.journal.models import Entry
from zona.testing import make_office, plant_roots
from zona.website.imports import wxr
from zona.website.imports.actions import wordpress
from zona.website.imports.models import ImportedItem
from zona.website.imports.rules.items import path_in_uploads
from zona.website.imports.tests.wxr_file import attachment, meta, post, write
from zona.website.redirects.models import Redirect
from zona.website.site.models import ArticlePage, BasePage, Photo, PublicFile, StandardPage
from zona.website.site.rules.pages import UNDATED

pytestmark = pytest.mark.django_db
OLD = "https://lama.kpu.test"


@pytest.fixture
def office():
    plant_roots()
    return make_office("33.08")


@pytest.fixture
def bring(tmp_path, office):
    """Import items; the report comes back."""

    def run(*items, end="</channel></rss>\n", **options):
        file = write(tmp_path / "ekspor.xml", items, end)
        return wordpress.import_wordpress(
            path=file, office=office, folder=tmp_path / "laporan", **options
        )

    return run


@pytest.fixture
def uploads(tmp_path):
    folder = tmp_path / "uploads" / "2020" / "01"
    folder.mkdir(parents=True)
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "JPEG")
    (folder / "foto.jpg").write_bytes(picture.getvalue())
    (folder / "rusak.jpg").write_bytes(b"bukan gambar")
    (folder / "surat.pdf").write_bytes(b"%PDF-1.4 isi")
    return tmp_path / "uploads"


def state():
    pages = BasePage.objects.order_by("pk").values_list("pk", "slug", "last_published_at", "lead")
    return list(pages), Redirect.objects.count(), Entry.objects.count(), Photo.objects.count()


def body_of(page):
    return json.dumps(list(page.body.raw_data))


def test_a_post_becomes_an_article_that_stands_at_its_day(bring, office, client):
    report = bring(post(7, title="Rapat &amp; Pleno 😀"))
    page = ArticlePage.objects.get()
    assert (page.title, page.slug, page.live) == ("Rapat & Pleno 😀", "rapat-pleno-7", True)
    assert (page.rubric.title, page.sign_off) == ("Berita Terkini", "Humas KPU")
    assert page.lead == "Rapat pleno terbuka digelar di aula kantor."
    assert page.first_published_at.isoformat() == "2017-08-08T08:00:00+00:00"
    assert page.listed_at.astimezone(office.tz).date().isoformat() == "2017-08-08"
    assert page.source_id == f"{OLD}/?p=7"
    assert report.counts["post_new"] == 1
    home = page.get_url().removesuffix("kabar/rapat-pleno-7/")
    for old in ("2017/08/rapat-pleno-7/", "?p=7"):
        assert client.get(home + old).url == page.get_url()
    assert client.get(f"{home}category/berita/").url.endswith("/kabar/rubrik/berita-terkini/")
    assert client.get(page.get_url()).status_code == 200
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"imports.items_imported", "site.page_published"} <= verbs
    page.full_clean()  # what the editor will ask when someone opens it


def test_a_second_run_changes_nothing_and_a_changed_source_is_followed(bring):
    items = [post(1), post(2), post(3, type="page")]
    bring(*items)
    before = state()
    assert bring(*items).counts["known"] == 3
    assert state() == before
    edited, deleted = (
        ArticlePage.objects.get(slug="rapat-pleno-1"),
        BasePage.objects.get(slug="rapat-pleno-3"),
    )
    edited.title = "Disunting di sini"
    edited.save_revision().publish()
    deleted.delete()
    changed = [
        post(n, title=f"Judul baru {n}", type="page" if n == 3 else "post") for n in (1, 2, 3)
    ]
    report = bring(*changed)
    assert (report.counts["updated"], report.kinds["edited"], report.kinds["deleted"]) == (1, 1, 1)
    assert set(ArticlePage.objects.values_list("title", flat=True)) == {
        "Disunting di sini", "Judul baru 2"
    }  # fmt: skip


def test_a_trial_writes_nothing_at_all(bring, uploads):
    before = state()
    picture = '<img src="/wp-content/uploads/2020/01/foto.jpg">[tak-dikenal x="1"]'
    report = bring(post(1, content=picture), is_trial=True, media_folder=uploads)
    assert (report.counts["post_new"], report.counts["photo_new"]) == (1, 1)
    assert report.kinds["shortcode"] == 1
    assert state() == before
    assert not ImportedItem.objects.exists()
    assert "UJI COBA" in (report.folder / "laporan.txt").read_text("utf-8")
    assert "tak-dikenal" in (report.folder / "catatan.csv").read_text("utf-8")


def test_pictures_and_files_come_from_the_folder_and_what_is_missing_stays_a_link(bring, uploads):
    text = f"""Awal.

<img src="{OLD}/wp-content/uploads/2020/01/foto-300x200.jpg" class="wp-image-9" />
<img src="/wp-content/uploads/2020/01/rusak.jpg"> <img src="http://lama.kpu.test/wp-content/uploads/h.png"
alt="Hilang"> <a href="{OLD}/wp-content/uploads/2020/01/surat.pdf">surat</a>"""
    items = [
        attachment(9, "2020/01/foto.jpg", alt="Rapat di aula", caption="Foto humas"),
        attachment(10, "2020/01/surat.pdf"),
        post(1, content=text),
        post(2, content="[gallery]", extra=meta("_thumbnail_id", 9)),
    ]
    bring(*items)  # no folder yet: links only
    assert not Photo.objects.exists()
    report = bring(*items, media_folder=uploads)
    assert report.counts["updated"] == 2
    photo, document = Photo.objects.get(), PublicFile.objects.get()
    assert (photo.description, photo.title) == ("Rapat di aula", "Lampiran 9")
    first, second = ArticlePage.objects.order_by("pk")
    assert f'"image": {photo.pk}, "caption": "Foto humas"' in body_of(first)
    assert f'linktype=\\"document\\" id=\\"{document.pk}\\"' in body_of(first)
    assert "h.png" in body_of(first)
    assert (second.photo, second.caption) == (photo, "Foto humas")
    assert report.names["photo"] == {"gambar rusak": 1, "tidak ada di folder media": 1}
    assert Redirect.objects.get(old_path="/wp-content/uploads/2020/01/foto.jpg").url == photo.url


@pytest.mark.parametrize(
    "url", ["/wp-content/uploads/../../etc/passwd", "/uploads/a/..%2f..%2fx", "/uploads/..\\x"]
)
def test_no_address_leads_out_of_the_media_folder(url):
    assert path_in_uploads(url) == ""


def test_links_between_old_pages_lead_to_the_new_ones(bring):
    link = f'<a href="{OLD}/2012/03/rapat-pleno-2/">berita</a> <a href="{OLD}/?p=3">lain</a>'
    hidden = f' <a href="{OLD}/tidak-ikut/">hilang</a> <a href="https://luar.test/">luar</a>'
    report = bring(post(1, content=link + hidden), post(2), post(3))
    page = ArticlePage.objects.get(slug="rapat-pleno-1")
    for number in (2, 3):
        target = ArticlePage.objects.get(slug=f"rapat-pleno-{number}")
        assert f'linktype=\\"page\\" id=\\"{target.pk}\\"' in body_of(page)
    assert "https://luar.test/" in body_of(page)
    assert report.names["link"] == {"/tidak-ikut/": 1}


def test_pages_keep_their_order_although_children_come_first(bring):
    bring(
        post(3, type="page", parent=2, name="cucu"), post(2, type="page", parent=1, name="anak"),
        post(1, type="page", name="profil"), post(5, type="page", parent=5, name="diri"),
        post(8, type="page", parent=9, name="a"), post(9, type="page", parent=8, name="b"),
        post(4, type="page", parent=77, name="kabar"),
    )  # fmt: skip
    assert StandardPage.objects.get(slug="cucu").url_path.endswith("/profil/anak/cucu/")
    assert StandardPage.objects.count() == 7
    assert StandardPage.objects.filter(slug="kabar-2").exists()  # "kabar" is the list itself
    assert BasePage.find_problems() == ([], [], [], [], [])


def test_states_of_posts(bring):
    report = bring(
        post(1, status="draft", date="0000-00-00 00:00:00", gmt="0000-00-00 00:00:00"),
        post(2, status="private"), post(3, status="trash"),
        post(4, extra="<wp:post_password>x</wp:post_password>"), post(5, type="nav_menu_item"),
        post(6, date="bukan tanggal", gmt="0000-00-00 00:00:00"),
        post(7, gmt="0000-00-00 00:00:00", date="2019-05-07 00:30:00"),
        post(8, extra="<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"),
    )  # fmt: skip
    live = dict(ArticlePage.objects.values_list("slug", "live"))
    assert live == {"rapat-pleno-1": False, "rapat-pleno-6": True, "rapat-pleno-7": True,
                    "rapat-pleno-8": True}  # fmt: skip
    assert ArticlePage.objects.get(slug="rapat-pleno-6").listed_at == UNDATED
    local = ArticlePage.objects.get(slug="rapat-pleno-7")
    assert local.activity_date.isoformat() == "2019-05-07"
    assert local.first_published_at.isoformat() == "2019-05-06T17:30:00+00:00"  # WIB
    assert report.kinds["skipped"] == 4
    assert report.counts["comment"] == 1
    assert "menu: 1" in report.text()


def test_odd_entries(bring):
    report = bring(
        post(1, guid="", title="", content="Isi &nbsp;saja &mdash; tanpa judul.]]> lalu"),
        post(2, guid="sama", name="%e0%a4", title="Judul"), post(3, guid="sama", title="Judul"),
        post(4, title="A" * 400, name="2019"), post(5, title="Se&nbsp;mi &hellip; \x0b colon"),
        post(6, guid="g" * 300, name="rapat-pleno-5", title="Kembar"),
        post(7, content="x\x00\x1f teks", terms=""), post(8, content="", title="Kosong"),
    )  # fmt: skip
    assert report.problem == ""
    assert not report.kinds["failed"]
    slugs = set(ArticlePage.objects.values_list("slug", flat=True))
    assert slugs == {"rapat-pleno-1", "judul", "rapat-pleno-3", "kabar-2019", "rapat-pleno-5",
                     "rapat-pleno-5-2", "rapat-pleno-7", "rapat-pleno-8"}  # fmt: skip
    untitled = ArticlePage.objects.get(slug="rapat-pleno-1")
    assert "]]" in untitled.lead + body_of(untitled)
    assert ArticlePage.objects.get(slug="rapat-pleno-5").title == "Se mi … colon"
    assert "A" * 400 in body_of(ArticlePage.objects.get(slug="kabar-2019"))
    assert report.kinds["duplicate"] == 1
    assert bring(post(2, guid="sama", name="%e0%a4", title="Judul")).counts["known"] == 1


@pytest.mark.parametrize(
    ("end", "words"),
    [("", "terpotong pada baris"), ("<item><title>A & B</title></item></channel></rss>", "rusak")],
)
def test_a_broken_file_keeps_what_came_before_the_break(bring, end, words):
    report = bring(post(1), post(2, type="page"), end=end)
    assert words in report.problem
    assert report.has_failed
    assert BasePage.objects.filter(slug__startswith="rapat-pleno").count() == 2
    assert bring(post(1), post(2, type="page"), post(3)).counts["known"] == 2


def test_entity_bombs_and_other_files_are_refused_with_a_reason(tmp_path, office):
    for text, said in (
        ('<!DOCTYPE x [<!ENTITY a "aa">]><rss><channel>&a;</channel></rss>', "entitas"),
        ("<html></html>", "bukan berkas ekspor"),
        ("", "terpotong"),
    ):
        (tmp_path / "x.xml").write_text(text)
        with pytest.raises(wxr.BrokenFile, match=said):
            list(wxr.Reader(tmp_path / "x.xml"))


def test_a_compressed_export_and_one_cut_short(tmp_path, office):
    plain = write(tmp_path / "a.xml", [post(1)])
    packed = tmp_path / "a.xml.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert len(list(wxr.Reader(packed))) == 1
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(wxr.BrokenFile):
        list(wxr.Reader(packed))


def test_a_failing_item_leaves_nothing_and_the_rest_comes(bring, monkeypatch):
    from zona.website.imports.actions.planting import Planter

    whole = Planter._set_topics

    def fail(self, page, item):
        if item.number == 2:
            raise ValueError("rusak")
        whole(self, page, item)

    monkeypatch.setattr(Planter, "_set_topics", fail)
    report = bring(post(1), post(2), post(3))
    assert report.kinds["failed"] == 1
    assert ArticlePage.objects.count() == 2
    monkeypatch.undo()
    report = bring(post(1), post(2), post(3))
    assert (report.counts["post_new"], report.counts["known"]) == (1, 2)
    assert BasePage.find_problems() == ([], [], [], [], [])


def test_the_command_says_what_is_wrong(tmp_path, office):
    with pytest.raises(CommandError, match="belum dimuat"):
        call_command("import_wordpress", str(tmp_path / "x"), office="99.99")
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("import_wordpress", str(tmp_path / "tidak-ada.xml"), office="33.08")
    with pytest.raises(CommandError, match=r"Folder .* tidak ada"):
        call_command("import_wordpress", "x", office="33.08", media=tmp_path / "tidak-ada")
