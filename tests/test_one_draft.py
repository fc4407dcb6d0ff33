"""One text, one draft, in a real browser on a weak network."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.site import PATIENCE, Site, run_zona, serve

SLOW = 3_000  # milliseconds that each sending takes, longer than a person waits
TELL_CODE = """
from django.conf import settings
from zona.offices.models import Office
(settings.ENV.data / "code.txt").write_text(Office.objects.get(is_demo=True).code)
"""
COUNT = """
import json
from django.conf import settings
from zona.website.site.models import ArticlePage
rows = [(page.get_latest_revision_as_object().title, page.slug, page.live)
        for page in ArticlePage.objects.filter(title__startswith="Uji ")
        | ArticlePage.objects.filter(draft_title__startswith="Uji ")]
(settings.ENV.data / "drafts.json").write_text(json.dumps(rows))
"""


@pytest.fixture(scope="module")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = serve(prepared, tmp_path_factory.mktemp("drafts") / "data")
    run_zona("manage", "shell", "--no-imports", "-c", TELL_CODE, data=running.data)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def memory(browser: Browser, site: Site) -> Any:
    """A browser in which the editor has signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(site.make_login_link("editor@contoh.id"))
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/kantor/**")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def context(browser: Browser, memory: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, storage_state=memory)
    yield context
    context.close()


def drafts(site: Site, title: str) -> list[list[Any]]:
    """(title, short address, is public) of what the server has of this title."""
    run_zona("manage", "shell", "--no-imports", "-c", COUNT, data=site.data)
    rows: list[list[Any]] = json.loads((site.data / "drafts.json").read_text())
    return [row for row in rows if row[0] == title]


def new_url(site: Site) -> str:
    return f"{site.url}/kantor/tulis/baru/{(site.data / 'code.txt').read_text()}/"


def slow_down(page: Page) -> list[str]:
    """Each sending takes long; what goes out is noted."""
    sent: list[str] = []

    def wait(route: Route) -> None:
        if route.request.method == "POST" and "naskah" not in route.request.url:
            sent.append(route.request.url)
        if route.request.method == "POST":
            page.wait_for_timeout(SLOW)
        route.continue_()

    page.route("**/kantor/tulis/**", wait)
    return sent


def fill(page: Page, title: str) -> None:
    page.locator("[name=title]").fill(title)
    page.locator("[name=lead]").fill("KPU menemui dua ratus siswa.")
    page.locator("[name=text]").fill("Ketua KPU membuka acara.")


def test_who_leaves_before_the_first_saving_comes_back_to_one_text(
    context: BrowserContext, site: Site
) -> None:
    title = "Uji pergi sebelum tersimpan"
    page = context.new_page()
    page.goto(new_url(site))
    fill(page, title)
    page.goto(f"{site.url}/kantor/")
    assert drafts(site, title) == []
    page.goto(new_url(site))
    expect(page.locator("[name=title]")).to_have_value(title)
    expect(page.locator("[data-writing-state]")).to_contain_text("Tersimpan", timeout=30_000)
    assert "/naskah/" in page.url
    page.goto(new_url(site))
    expect(page.locator("[name=title]")).to_have_value("")
    page.wait_for_timeout(1_000)
    expect(page.locator("[name=title]")).to_have_value("")
    assert len(drafts(site, title)) == 1


def test_an_answer_that_got_lost_makes_no_second_draft(context: BrowserContext, site: Site) -> None:
    title = "Uji jawaban hilang"
    page = context.new_page()
    page.goto(new_url(site))
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        route.fetch()
        lost.append(route.request.url)
        return route.abort()

    page.route("**/kantor/tulis/**", lose)
    fill(page, title)
    expect(page.locator("[data-writing-state]")).to_contain_text("Tersimpan pukul", timeout=60_000)
    assert lost
    assert len(drafts(site, title)) == 1


def test_sending_while_saving_on_a_slow_network(context: BrowserContext, site: Site) -> None:
    title = "Uji kirim di jaringan lambat"
    page = context.new_page()
    page.goto(new_url(site))
    slow_down(page)
    fill(page, title)
    with page.expect_request(lambda request: request.method == "POST"):
        pass
    page.locator("[data-writing-save]").click()
    page.wait_for_url("**/naskah/**", timeout=40_000)
    page.unroute("**/kantor/tulis/**")
    page.goto(new_url(site))
    page.wait_for_timeout(1_000)
    expect(page.locator("[name=title]")).to_have_value("")
    assert len(drafts(site, title)) == 1


def test_two_tabs_of_one_text_end_in_one_draft(context: BrowserContext, site: Site) -> None:
    title = "Uji dua tab"
    first, second = context.new_page(), context.new_page()
    first.goto(new_url(site))
    fill(first, title)
    second.goto(new_url(site))
    expect(second.locator("[name=title]")).to_have_value(title)
    for page in (second, first):
        state = page.locator("[data-writing-state]")
        expect(state).not_to_be_empty(timeout=30_000)
    second.wait_for_timeout(6_000)
    assert len(drafts(site, title)) == 1


def test_two_windows_of_one_draft_take_no_words_away(context: BrowserContext, site: Site) -> None:
    title = "Uji dua jendela"
    first = context.new_page()
    first.goto(new_url(site))
    fill(first, title)
    expect(first.locator("[data-writing-state]")).to_contain_text("Tersimpan", timeout=30_000)
    second = context.new_page()
    second.goto(first.url)
    expect(second.locator("[name=title]")).to_have_value(title)
    with first.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        first.locator("[name=lead]").fill("Kata jendela pertama.")
    second.locator("[name=lead]").fill("Kata jendela kedua.")
    conflict = second.locator("[data-writing-conflict]")
    expect(conflict).to_be_visible(timeout=30_000)
    second.goto(first.url)  # left and come back to: the words are still on the device
    expect(second.locator("[name=lead]")).to_have_value("Kata jendela kedua.")
    expect(conflict).to_be_visible(timeout=30_000)
    conflict.get_by_role("button", name="Pakai tulisan saya").click()
    expect(second.locator("[data-writing-state]")).to_contain_text(
        "Tersimpan pukul", timeout=30_000
    )
    third = context.new_page()
    third.goto(first.url)
    expect(third.locator("[name=lead]")).to_have_value("Kata jendela kedua.")
    assert len(drafts(site, title)) == 1


def test_wagtails_editor_saves_by_itself_into_one_page(context: BrowserContext, site: Site) -> None:
    title = "Uji penyunting lengkap"
    page = context.new_page()
    page.goto(f"{site.url}/kantor/")
    page.get_by_role("link", name="Tulis berita").click()
    add = page.url
    page.locator("#id_title").press_sequentially(title)
    until = time.monotonic() + PATIENCE
    while not page.url.endswith("/edit/") and time.monotonic() < until:
        # Wagtail notes what stands in the form 2 seconds after loading, on a busy machine later,
        # and saves what differs from it: somebody who writes on is what it waits for.
        page.locator("#id_lead").press_sequentially("a ")
        page.wait_for_timeout(3_000)
    assert page.url.endswith("/edit/")
    assert page.url != add
    page.locator("#id_lead").fill("Satu dua tiga.")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        pass
    assert drafts(site, title) == [[title, "uji-penyunting-lengkap", False]]
