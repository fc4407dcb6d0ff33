import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from zona.ground.journal.models import Entry
from zona.offices.models import Office
from zona.testing import make_office
from zona.website.site.actions import importing
from zona.website.site.models import ArticlePage, IndexPage
from zona.website.site.rules.pages import UNDATED

pytestmark = pytest.mark.django_db
ROW = {
    "id": "satu",
    "url": "https://kab-magelang.kpu.go.id/blog/1",
    "title": "KPU Magelang Gelar Rapat Pleno",
    "date_event": "2025-10-24",
    "rubric": "Berita Terkini",
    "dateline": "KOTA MUNGKID_",
    "sign_off": "(***/RED)",
    "body_restated": "Rapat pleno terbuka digelar di kantor. Hadir <b>Bawaslu</b> dan partai.",
}


@pytest.fixture
def office() -> Office:
    return make_office("33.08", "Kabupaten Magelang")


def write(path: Path, *rows: Any) -> Path:
    file = path / "artikel.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    file.write_text("\n".join(lines), "utf-8")
    return file


def test_a_line_becomes_an_article(tmp_path: Path, office: Office) -> None:
    summary = importing.import_articles(write(tmp_path, ROW))
    page = ArticlePage.objects.get()
    assert summary.created == {"33.08": 1}
    assert not summary.problems
    assert page.office == office
    assert (page.dateline, page.sign_off, page.rubric.title) == (
        "Kota Mungkid",
        "RED",
        "Berita Terkini",
    )
    assert page.source_url == ROW["url"]
    assert page.listed_at.astimezone(office.tz).date().isoformat() == "2025-10-24"
    assert page.lead == "Rapat pleno terbuka digelar di kantor."
    assert "<b>" not in str(page.body)  # the source's text is text


def test_a_second_run_changes_nothing(tmp_path: Path, office: Office) -> None:
    file = write(tmp_path, ROW, ROW | {"id": "dua"})
    importing.import_articles(file)
    before = list(ArticlePage.objects.values_list("pk", "slug", "last_published_at").order_by("pk"))
    entries = Entry.objects.count()
    summary = importing.import_articles(file)
    assert (sum(summary.created.values()), summary.known) == (0, 2)
    after = list(ArticlePage.objects.values_list("pk", "slug", "last_published_at").order_by("pk"))
    assert before == after
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "JSON"),
        ("[1]", "objek"),
        (ROW | {"id": ""}, '"id"'),
        (ROW | {"body_restated": None}, '"body_restated"'),
        (ROW | {"title": 7}, '"title"'),
        (ROW | {"date_event": "2025-02-30"}, "2025-02-30"),
        (ROW | {"date_event": "0024-02-03"}, "tahun"),
        (ROW | {"url": "https://contoh.com/"}, "contoh.com"),
        (ROW | {"url": "https://kab-kebumen.kpu.go.id/x"}, "kab-kebumen"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_in(
    tmp_path: Path, office: Office, line: Any, reason: str
) -> None:
    summary = importing.import_articles(write(tmp_path, line, ROW | {"id": "baik"}))
    assert [number for number, _text in summary.problems] == [1]
    assert reason in summary.problems[0][1]
    assert ArticlePage.objects.get().source_id == "baik"


def test_what_the_source_does_not_show_is_marked_not_invented(
    tmp_path: Path, office: Office
) -> None:
    row = ROW | {"title": None, "date_event": None, "date_event_year_inferred": True}
    importing.import_articles(write(tmp_path, row))
    page = ArticlePage.objects.get()
    assert page.title == "Rapat pleno terbuka digelar di kantor."
    assert page.title_inferred
    assert page.activity_date is None
    assert page.listed_at == UNDATED


def test_the_command_tells_by_its_exit(
    tmp_path: Path, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_articles", str(write(tmp_path, ROW)))
    assert "1 artikel baru" in capsys.readouterr().out
    with pytest.raises(CommandError) as caught:
        call_command("import_articles", str(write(tmp_path, "{", ROW)))
    assert caught.value.returncode == 1
    assert "Baris 1:" in capsys.readouterr().err
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("import_articles", str(tmp_path / "tidak-ada.jsonl"))


def test_lines_that_are_not_utf8_and_empty_ones(tmp_path: Path, office: Office) -> None:
    file = tmp_path / "campur.jsonl"
    file.write_bytes(b"\xff\xfe\n\n" + json.dumps(ROW).encode())
    summary = importing.import_articles(file)
    assert summary.problems == [(1, "bukan teks UTF-8")]
    assert sum(summary.created.values()) == 1


@pytest.mark.shared
def test_the_real_file_goes_in_whole_and_is_browsable(shared_data: Path, client: Client) -> None:
    call_command("load_offices", verbosity=0)
    rows = [json.loads(line) for line in (shared_data / "data/articles.jsonl").open()]
    summary = importing.import_articles(shared_data / "data/articles.jsonl")
    assert sum(summary.created.values()) == len(rows)
    assert not summary.problems
    inferred = sum(bool(row["date_event_year_inferred"]) for row in rows)
    assert ArticlePage.objects.filter(activity_date_inferred=True).count() == inferred
    for index in IndexPage.objects.select_related("office"):
        url = index.get_url()
        pages = list(ArticlePage.objects.filter(office=index.office))
        assert pages
        for page in pages[:2]:
            assert client.get(page.get_url()).status_code == 200
            if page.rubric:
                listing = client.get(f"{url}rubrik/{page.rubric.slug}/")
                assert page.title in listing.content.decode().replace("&#x27;", "'").replace(
                    "&quot;", '"'
                ).replace("&amp;", "&")
            if page.activity_date:
                year = client.get(f"{url}{page.activity_date.year}/")
                assert year.status_code == 200
        for form in ("rss", "atom"):
            feed = feedparser.parse(client.get(f"{url}{form}/").content)
            assert not feed.bozo, feed.get("bozo_exception")
            assert len(feed.entries) == min(len(pages), 30)
