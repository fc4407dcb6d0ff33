"""An editor's day: sign in by link, write, look at it, publish; and what is refused."""

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

from tests.conftest import Save, Visitor
from tests.site import Site

TITLE = "Rumah Pintar Pemilu menerima siswa dari Salaman"
ALT = "Siswa berseragam mengelilingi kotak suara kaca"


@pytest.fixture(scope="module")
def desk_state(browser: Browser, site: Site) -> str:
    """A browser's memory in which the editor has signed in by a one-time link."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    link = site.make_login_link("editor@contoh.id")
    page.goto(link)
    expect(page.locator("main")).to_contain_text("editor@contoh.id")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/kantor/")
    state = json.dumps(context.storage_state())
    # the link opens once
    context.clear_cookies()
    answer = page.goto(link)
    assert answer
    assert page.locator("main button[type=submit]").count() == 0
    page.goto(f"{site.url}/kantor/")
    assert "/akun/login/" in page.url
    context.close()
    return state


def watch(page: Page, site: Site) -> list[str]:
    """A list that fills with what must not happen at the desk."""
    broken: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            broken.append(message.text)

    def look(response: Response) -> None:
        # 400: what the editor's own saving is told of an unfinished page; 422: a form comes back
        if response.status >= 400 and response.status not in {400, 422}:
            broken.append(f"{response.status} {response.url}")

    def follow(request: Request) -> None:
        if not request.url.startswith((site.url, "data:", "blob:")):
            broken.append(f"request to {request.url}")

    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", hear)
    page.context.on("response", look)
    page.context.on("request", follow)
    return broken


@pytest.fixture
def desk(browser: Browser, site: Site, desk_state: str) -> Iterator[Page]:
    """The editor's work desk, where nothing may break on the way."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, storage_state=json.loads(desk_state)
    )
    page = context.new_page()
    broken = watch(page, site)
    page.goto(f"{site.url}/kantor/")
    yield page
    context.close()
    assert broken == []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "kunjungan.jpg"
    with Image.new("RGB", (3000, 2000), "#d9c7a7") as picture:
        ImageDraw.Draw(picture).ellipse((900, 500, 2100, 1700), fill="#8c1d18")
        picture.save(path, quality=80)
    return path


def choose_photo(page: Page, photo: Path) -> None:
    page.get_by_role("button", name="Pilih gambar").first.click()
    page.locator("#tab-label-upload").click()
    upload = "#id_image-chooser-upload-"
    page.locator(f"{upload}file").set_input_files(photo)
    page.locator(f"{upload}title").fill("Kunjungan siswa")
    page.locator(f"{upload}description").fill(ALT)
    page.locator(f"{upload}credit").fill("Bakohumas")
    page.locator(".modal button[type=submit]:visible").click()
    expect(page.locator(".modal")).to_have_count(0)


def type_title(page: Page, title: str) -> None:
    """Key by key: the address of the page is made from it while it is typed."""
    page.locator("#id_title").press_sequentially(title)


def write_text(page: Page, text: str) -> None:
    """Into the block of text with which a body begins."""
    page.locator("[data-contentpath=body] [contenteditable=true]").first.click()
    page.keyboard.type(text)


def publish(page: Page) -> None:
    page.get_by_role("button", name="Tindakan lain").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Terbitkan").click()


def test_an_article_from_the_desk_to_the_reader(
    desk: Page, visitor: Visitor, site: Site, photo: Path, save_picture: Save
) -> None:
    save_picture(desk, "kantor-hari-ini")
    desk.get_by_role("link", name="Tulis berita").click()
    type_title(desk, TITLE)
    desk.locator("#id_lead").fill("Tiga puluh siswa belajar cara suara dihitung.")
    choose_photo(desk, photo)
    desk.locator("#id_caption").fill("Siswa di ruang peraga.")
    desk.locator("#id_rubric").select_option(label="Berita")
    desk.locator("#id_dateline").fill("Kota Mungkid")
    write_text(desk, "Siswa bertanya tentang urutan penghitungan suara.")
    desk.evaluate("scrollTo(0, 0)")
    save_picture(desk, "menulis-berita")

    desk.get_by_role("button", name="Buka atau tutup pratinjau").click()
    preview = desk.frame_locator(".w-preview iframe").last
    expect(preview.locator("h1")).to_have_text(TITLE, timeout=20_000)
    save_picture(desk, "pratinjau")
    # a draft is nobody else's business
    assert TITLE not in visitor.open("index").locator("main").inner_text()

    desk.get_by_role("button", name="Buka atau tutup status").click()
    desk.get_by_role("button", name="Atur jadwal").click()
    expect(desk.locator("#id_go_live_at")).to_be_visible()
    save_picture(desk, "menjadwalkan")
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Buka atau tutup status").click()
    publish(desk)
    page = visitor.open("home")
    expect(page.locator("main")).to_contain_text(TITLE)
    visitor.open("index").get_by_role("link", name=TITLE).first.click()
    expect(page.locator("h1")).to_have_text(TITLE)
    picture = page.locator(f"main img[alt='{ALT}']").first
    assert picture.evaluate("(img) => img.complete && img.naturalWidth > 0")
    assert picture.get_attribute("width")
    assert picture.get_attribute("height")
    expect(page.locator("main")).to_contain_text("urutan penghitungan suara")
    save_picture(page, "berita-terbit")

    with urllib.request.urlopen(f"{site.address('index')}rss/") as answer:
        feed = feedparser.parse(answer.read())
    assert not feed.bozo
    assert feed.entries[0].title == TITLE
    assert feed.entries[0].link == page.url


def test_an_announcement_needs_the_day_it_ends(desk: Page, save_picture: Save) -> None:
    desk.get_by_role("link", name="Buat pengumuman").click()
    type_title(desk, "Pengumuman tanpa batas waktu")
    desk.locator("#id_valid_until").fill("")
    publish(desk)
    assert re.search(r"/(add|edit)/", desk.url)
    row = desk.locator("[data-field]:has(#id_valid_until), .w-field:has(#id_valid_until)").first
    expect(row.locator(".error-message")).to_be_visible()
    row.scroll_into_view_if_needed()
    save_picture(desk, "pengumuman-ditolak")


def test_a_reporter_cannot_publish(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(site.make_login_link("peliput@contoh.id"))
    page.locator("main button[type=submit]").click()
    page.get_by_role("link", name="Tulis berita").click()
    type_title(page, "Tulisan peliput")
    assert page.get_by_role("button", name="Terbitkan").count() == 0
    page.get_by_role("button", name="Simpan draf").click()
    page.wait_for_url("**/edit/")
    context.close()


def test_the_mandatory_pages_show_what_is_missing(desk: Page, save_picture: Save) -> None:
    desk.get_by_role("link", name="Halaman wajib", exact=True).click()
    expect(desk.locator("main")).to_contain_text("UU 14/2008")
    assert desk.locator("main a[href*='/buat/']").count() > 0
    save_picture(desk, "halaman-wajib")


def test_a_review_counts_when_every_box_is_ticked(
    desk: Page, visitor: Visitor, site: Site, save_picture: Save
) -> None:
    desk.goto(f"{site.url}/kantor/tinjau/{site.contact}/")
    save_picture(desk, "meninjau")
    done = desk.get_by_role("button", name="Semua benar")
    done.click()
    expect(desk.get_by_role("alert")).to_be_visible()
    for box in desk.locator("main input[type=checkbox]").all():
        box.check()
    with desk.expect_navigation():
        done.click()
    assert "/tinjau/" not in desk.url
    expect(visitor.open("contact").locator("main")).to_contain_text("itinjau")
