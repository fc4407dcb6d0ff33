"""The gallery in a real browser: axe, narrow screens, no script, keyboard, strict policy."""

from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from zona.ground.ui.gallery.components import SAMPLES, page_of

pytestmark = [pytest.mark.e2e, pytest.mark.urls("zona.ground.ui.tests.urls")]

ROOM = Path(__file__).parents[1]
HOST = "http://zona.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "media-src 'self'; form-action 'self'; base-uri 'none'"
)


class Gallery:
    """A browser page to which the gallery is served without a server."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        # laid out beforehand: while the browser runs, Django takes this thread for an async one
        self.html = {name: render_to_string(*page_of(name)) for name in ("", *SAMPLES)}
        page.route("**/*", self.answer)
        page.on("console", self.listen)

    def answer(self, route: Route) -> None:
        path = urlparse(route.request.url).path
        if path.startswith("/static/ui/"):
            file = ROOM / path.removeprefix("/")
            route.fulfill(body=file.read_bytes(), content_type=guess_type(file)[0] or "font/woff2")
        elif path.removeprefix("/") in self.html and route.request.url.startswith(HOST):
            route.fulfill(
                body=self.html[path.removeprefix("/")],
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            )
        else:
            self.complaints.append(f"unknown request: {route.request.url}")
            route.abort()

    def listen(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self, name: str = "") -> Page:
        self.page.goto(f"{HOST}/{name}", wait_until="load")
        return self.page


def make(browser: Browser, width: int, **options: Any) -> Iterator[Gallery]:
    context = browser.new_context(viewport={"width": width, "height": 740}, **options)
    gallery = Gallery(context.new_page())
    yield gallery
    context.close()
    assert gallery.complaints == []


@pytest.fixture
def phone(browser: Browser) -> Iterator[Gallery]:
    yield from make(browser, 360, reduced_motion="reduce")


@pytest.fixture
def desk(browser: Browser) -> Iterator[Gallery]:
    yield from make(browser, 1280, reduced_motion="reduce")


@pytest.fixture
def phone_without_script(browser: Browser) -> Iterator[Gallery]:
    yield from make(browser, 360, java_script_enabled=False)


@pytest.fixture(params=[(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Gallery]:
    width, scheme = request.param
    yield from make(browser, width, color_scheme=scheme, reduced_motion="reduce")


def test_axe_finds_nothing(screen: Gallery) -> None:
    for name in ("", *SAMPLES):
        found = Axe().run(screen.open(name)).response["violations"]
        assert [(name, each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_a_320_pixel_screen_scrolls_one_way_only(phone: Gallery) -> None:
    for width in (320, 640):  # 640: a desk at 200 % zoom
        phone.page.set_viewport_size({"width": width, "height": 740})
        for name in ("", *SAMPLES):
            page = phone.open(name)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert (name, width, max(over, 0)) == (name, width, 0)


def test_touch_targets_are_large_enough(phone: Gallery) -> None:
    page = phone.open("home")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, input, .ui-button, .ui-more,"
          + " .ui-header__tool, .ui-brand, .ui-contacts a")]
          .filter((e) => e.checkVisibility())
          .filter((e) => e.getBoundingClientRect().height < 48).map((e) => e.outerHTML)"""
    )
    assert small == []


def test_first_phone_screen_has_search_and_a_door(phone: Gallery) -> None:
    page = phone.open("home")
    for part in ('input[type="search"]', ".ui-door__title"):
        box = page.locator(part).first.bounding_box()
        assert box
        assert box["y"] + box["height"] < 740


def test_keyboard_path_begins_with_the_skip_link(desk: Gallery) -> None:
    page = desk.open("article")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ui-skip"
    box = page.locator(".ui-skip").bounding_box()
    assert box
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_focus_is_visible_on_every_stop(phone: Gallery) -> None:
    page = phone.open("home")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.outerHTML.slice(0, 80), s.outlineStyle, parseFloat(s.outlineWidth)]; }"
        )
        if stop[0].startswith("<body"):
            break
        seen.add(stop[0])
        assert stop[1:] == ["solid", 3], stop[0]
    assert len(seen) > 25


def test_menu_opens_with_the_keyboard_and_closes_with_escape(phone: Gallery) -> None:
    page = phone.open("article")
    menu = page.locator(".ui-menu__list")
    assert not menu.is_visible()
    page.locator(".ui-menu summary").press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_menu_lies_open_on_a_desk_and_is_reachable(desk: Gallery) -> None:
    page = desk.open("article")
    assert page.locator(".ui-menu__list a").first.is_visible()
    assert not page.locator(".ui-menu summary").is_visible()
    page.locator(".ui-header__tool").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.ui-menu__list') !== null")


def test_all_works_without_script(phone_without_script: Gallery) -> None:
    page = phone_without_script.open("list")
    page.locator(".ui-menu summary").click()
    assert page.locator(".ui-menu__list a").first.is_visible()
    assert page.locator('.ui-filter input[name="q"]').is_visible()
    page = phone_without_script.open("article")
    assert not page.locator("[data-copy]").is_visible()


def test_font_and_icons_arrive(desk: Gallery) -> None:
    page = desk.open("home")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('700 18px \"Plus Jakarta Sans\"')")
    widths = page.evaluate(
        "[...document.querySelectorAll('.ui-door__icon use')]"
        ".map((use) => use.getBoundingClientRect().width)"
    )
    assert len(widths) == 5
    assert min(widths) > 8


def test_chosen_theme_wins_over_the_system(browser: Browser) -> None:
    for chosen, system in (("light", "dark"), ("dark", "light")):
        for gallery in make(browser, 1280, color_scheme=system):
            page = gallery.open("home")
            page.evaluate(f"document.documentElement.dataset.theme = '{chosen}'")
            paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 20, 18)"}[chosen]


def test_print_is_black_on_white_and_leaves_the_tools_out(browser: Browser) -> None:
    for gallery in make(browser, 800, color_scheme="dark"):
        page = gallery.open("article")
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 27, 25)"
        for part in (".ui-menu", ".ui-share", ".ui-topbar"):
            assert not page.locator(part).is_visible()
