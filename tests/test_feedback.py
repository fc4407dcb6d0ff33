"""A reader says that a page does not help, the browser proves its work, the editor reads it."""

import re

from playwright.sync_api import Browser, expect

from tests.conftest import Invite
from tests.site import Site

WORDS = "Batas waktu melapor tidak disebut."


def test_a_reader_says_no_and_the_editor_reads_why(
    browser: Browser, site: Site, invite: Invite
) -> None:
    page = invite(360, 740).open("article")
    title = page.locator("h1").inner_text()
    page.get_by_role("button", name="Tidak", exact=True).click()
    page.wait_for_url("**/terima-kasih/**")
    page.locator("textarea").fill(WORDS)
    page.get_by_role("button", name="Kirim komentar").click()
    page.wait_for_url("**kirim=komentar")
    page.get_by_role("link", name=re.compile("^Kembali ke")).click()
    expect(page.locator("h1")).to_have_text(title)

    desk = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    desk.goto(site.make_login_link("editor@contoh.id"))
    desk.locator("main button[type=submit]").click()
    desk.wait_for_url("**/kantor/")
    desk.goto(f"{site.url}/kantor/umpan-balik/")
    row = desk.locator(".backoffice-row", has_text=WORDS)
    expect(row).to_contain_text(title)
    expect(row).not_to_contain_text("tanpa skrip")  # the browser proved its work
    row.locator("a").click()
    desk.get_by_role("button", name="Tandai sudah dijawab").click()
    expect(desk.locator(".backoffice-row", has_text=WORDS)).to_have_count(0)
    desk.context.close()


def test_a_report_takes_marked_words_along_and_works_without_script(
    site: Site, invite: Invite
) -> None:
    page = invite().open("article")
    words = page.evaluate(
        "() => { const range = document.createRange();"
        " range.selectNodeContents(document.querySelector('.ui-prose p'));"
        " getSelection().addRange(range); return range.toString().trim().slice(0, 40); }"
    )
    page.locator("a[data-report]").click()
    field = page.locator("[name=quote]")
    expect(field).to_have_value(re.compile(re.escape(words)))
    assert "kutipan" not in page.url.partition("#")[0]  # it was never sent

    plain = invite(360, 740, java_script_enabled=False).open("article")
    plain.locator("a[data-report]").click()
    plain.locator("[name=text]").fill("Nama desanya keliru.")
    plain.locator("main form button").click()
    assert "/terima-kasih/" in plain.url


def test_letters_and_contrast_are_kept_on_the_device(site: Site, invite: Invite) -> None:
    page = invite(360, 740).open("home")
    page.locator("[data-text=larger]").click()
    page.locator("[data-comfort] [data-contrast]").click()
    page.goto(site.address("article"))
    assert page.evaluate("document.documentElement.dataset.text") == "larger"
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert ink == "rgb(0, 0, 0)"
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    pressed = page.locator("[data-comfort] [aria-pressed=true]")
    expect(pressed).to_have_count(2)
