"""Every kind of public page, as anybody may meet it: eyes, keys, zoom, no script, paper."""

import io
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

from tests.conftest import Invite, Save, Visitor
from tests.site import Site

PAGES = (
    "home", "article", "photo_story", "infographic", "announcement", "expired", "video",
    "podcast_show", "podcast_episode", "standard", "profile", "contact", "index", "rubric",
    "topic", "month", "announcements", "information", "search", "search_empty", "directory",
    "missing", "sign_in", "forgotten",
)  # fmt: skip
# The pages of sign-in have a form, which needs a cookie against forgery.
WITH_FORM = {"sign_in", "forgotten"}
PUBLIC = [name for name in PAGES if name not in WITH_FORM]

SCREENS = ((360, 740), (1280, 900))
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MOVING = """[...document.querySelectorAll("*")].filter((e) => {
  const s = getComputedStyle(e);
  return [s.transitionDuration, s.animationDuration].some(
    (all) => all.split(",").some((one) => parseFloat(one) > 0.01));
}).map((e) => e.outerHTML.slice(0, 80))"""


def list_violations(page: Page) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


@pytest.fixture
def anybody(invite: Invite) -> Visitor:
    """A visitor who may be handed the cookie of a form."""
    visitor = invite(reduced_motion="reduce")
    visitor.may_have_form_cookie = True
    return visitor


def test_every_kind_of_page_is_looked_at(site: Site) -> None:
    assert set(site.paths) - set(PAGES) <= {"year"}
    assert set(PAGES) <= set(site.paths)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(anybody: Visitor, name: str) -> None:
    page = anybody.open(name)
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert (width, scheme, list_violations(page)) == (width, scheme, [])


@pytest.mark.parametrize("name", PAGES)
def test_pages_scroll_one_way_only(anybody: Visitor, name: str) -> None:
    """At 320 px (1280 at 400 %), at 640 px (200 %), and with letters twice as large."""
    page = anybody.open(name)
    for width, letters in ((320, "100%"), (640, "100%"), (640, "200%"), (1280, "200%")):
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
        assert (width, letters, max(page.evaluate(OVERFLOW), 0)) == (width, letters, 0)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_for_those_who_do_not_want_it(anybody: Visitor, name: str) -> None:
    assert anybody.open(name).evaluate(MOVING) == []


def test_every_page_can_be_read_without_script(invite: Invite) -> None:
    visitor = invite(360, 740, java_script_enabled=False)
    for name in PUBLIC:
        page = visitor.open(name)
        assert page.locator("h1").first.is_visible(), name
        assert page.locator("main").inner_text().strip(), name


def test_search_lists_and_languages_work_without_script(invite: Invite, site: Site) -> None:
    visitor = invite(360, 740, java_script_enabled=False)
    page = visitor.open("home")
    page.locator('main input[type="search"]').fill(site.word)
    page.locator('main input[type="search"]').press("Enter")
    assert "?q=" in page.url
    assert site.word.lower() in page.locator("main").inner_text().lower()

    page = visitor.open("index")
    page.locator("main a[href*='/rubrik/']").first.click()
    assert "/rubrik/" in page.url
    page.locator("a[hreflang=en], a[lang=en]").first.click()
    assert "/en/" in page.url
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("a[hreflang=id], a[lang=id]").first.click()
    assert "/en/" not in page.url


def test_the_home_page_by_keyboard(invite: Invite, save_picture: Save) -> None:
    visitor = invite()
    page = visitor.open("home")
    save_picture(page, "beranda")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#isi"
    seen = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return {tag: e.tagName, type: e.type || '', href: e.getAttribute('href') || '',"
            " part: (e.closest('header, main, footer') || document.body).tagName,"
            " ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2}; }"
        )
        if stop["tag"] == "BODY":
            break
        seen.append(stop)
    else:
        pytest.fail("the keyboard does not come to the end of the page")
    assert [stop for stop in seen if not stop["ring"]] == []
    # in the order of reading, each once: head, content, foot
    parts = [stop["part"] for stop in seen]
    assert list(dict.fromkeys(parts)) == ["HEADER", "MAIN", "FOOTER"]
    assert parts == sorted(parts, key=["HEADER", "MAIN", "FOOTER"].index)
    assert any(stop["type"] == "search" for stop in seen)

    page = visitor.open("home")
    page.locator('main input[type="search"]').focus()
    page.keyboard.type(visitor.site.word)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari/?q=*")


def test_the_menu_of_a_phone_by_keyboard(invite: Invite) -> None:
    page = invite(360, 740).open("home")
    menu = page.locator("header details a").first
    assert not menu.is_visible()
    page.locator("header summary").press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kabar/")


@pytest.mark.parametrize("name", ["home", "article", "announcement", "index", "standard"])
def test_paper(invite: Invite, name: str) -> None:
    """Printed from a dark screen: dark letters on white, some of them."""
    visitor = invite(800, 1100, color_scheme="dark")
    page = visitor.open(name)
    page.emulate_media(media="print")
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        shades = picture.convert("L").histogram()
    total = sum(shades)
    assert sum(shades[250:]) > total * 0.4, "paper is white"
    assert sum(shades[:100]) > total * 0.002, "something is printed"
    assert page.pdf().startswith(b"%PDF")


def test_without_photos_the_first_visit_is_light(invite: Invite, site: Site) -> None:
    """At most 100 KB over the wire for everything but photos, and no script in the way."""
    visitor = invite(360, 740)
    meter = visitor.context.new_cdp_session(visitor.page)
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    meter.on(
        "Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["response"]["url"]})
    )
    meter.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )
    meter.send("Network.enable")
    page = visitor.open("home")
    page.wait_for_load_state("networkidle")
    weights = {
        url: sizes[key] for key, url in kinds.items() if "/media/" not in url and key in sizes
    }
    assert site.address("home") in weights
    assert sum(weights.values()) <= 100_000, weights
    blocking = "script[src]:not([async]):not([defer]):not([type=module])"
    assert page.locator(blocking).count() == 0
