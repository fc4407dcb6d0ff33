"""The guides in the back office: all of them are reachable, and lead nowhere that is not."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from zona.backstage.backoffice import guides
from zona.offices.models import Office, Role
from zona.testing import make_office, make_person, open_home, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    office = make_office("33.08", "Kabupaten Magelang")
    open_home(office)
    return office


@pytest.fixture
def staff(client: Client, office: Office) -> Client:
    sign_in(client, make_person("rina@kpu.test", Role.EDITOR, office=office))
    return client


def soup(client: Client, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.content, "html.parser")


def test_every_guide_is_reachable_and_whole(staff: Client) -> None:
    listed = [row["href"] for row in soup(staff, reverse("backoffice:guides")).select(".guide-row")]
    assert len(listed) == len(guides.slugs()) == len(list(guides.FOLDER.glob("panduan-*.md")))
    pages = {url: soup(staff, url).select_one("article.guide") for url in listed}
    for url, page in pages.items():
        assert page is not None
        ids = [row["id"] for row in page.select("[id]")]
        assert len(ids) == len(set(ids)), url
        contents = page.select("nav a")
        assert contents, url
        for link in page.select("a"):
            path, _hash, anchor = str(link["href"]).partition("#")
            assert not path.endswith(".md"), (url, path)
            if path.startswith("/"):
                assert path in pages or staff.get(path).status_code == 200, path
            target = pages.get(path, page)
            assert not anchor or target.find(id=anchor), (url, link["href"])
        for picture in page.select("img"):
            answer = staff.get(str(picture["src"]))
            assert answer["Content-Type"] == "image/png", picture["src"]
            assert picture["alt"]
            assert b"".join(answer.streaming_content).startswith(b"\x89PNG")


def test_markup_in_a_guide_is_only_text(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guides, "FOLDER", tmp_path)
    (tmp_path / "panduan-uji.md").write_text(
        "# Uji\n\n<script>alert(1)</script>\n\n[x](javascript:1)"
    )
    found = guides.read("uji")
    assert found is not None
    assert (found.title, "<script" in found.body, 'href="javascript' in found.body) == (
        "Uji", False, False,
    )  # fmt: skip


def test_nothing_else_can_be_named(staff: Client) -> None:
    for url in ("/kantor/bantuan/channels/", "/kantor/bantuan/gambar/house.md"):
        assert staff.get(url).status_code == 404
    assert Client().get(reverse("backoffice:guides")).status_code == 302


@pytest.mark.parametrize(
    ("screen", "slug"),
    [
        ("agenda_staff:agenda", "papan-pekan"), ("newsroom_staff:write_new", "kegiatan"),
        ("newsroom_staff:approvals", "persetujuan"), ("numbers:freshness", "angka"),
        ("channels_staff:list", "kanal"), ("feedback_staff:list", "umpan-balik"),
        ("site_staff:duties", "editor"),
    ],
)  # fmt: skip
def test_a_screen_leads_to_the_guide_that_explains_it(
    staff: Client, office: Office, screen: str, slug: str
) -> None:
    page = soup(staff, reverse(screen, args=[office.code]))
    link = page.select_one(".guide-link a")
    assert link is not None
    assert link["href"] == reverse("backoffice:guide", args=[slug])


def test_every_guide_is_led_to_from_a_screen() -> None:
    assert set(guides.SCREENS.values()) == set(guides.slugs())
