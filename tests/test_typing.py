"""What an editor types on a phone is read, told back, and never replaced."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Save
from tests.site import Site


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(site.make_login_link("editor@contoh.id"))
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/kantor/")
    yield page
    context.close()


def test_a_day_is_read_as_it_is_typed_and_nonsense_stays(phone: Page, save_picture: Save) -> None:
    phone.get_by_role("link", name="Buat pengumuman").click()
    phone.locator("#id_title").press_sequentially("Pengumuman dengan tanggal")
    field = phone.locator("#id_valid_until")
    note = phone.locator("[data-typed-field]:has(#id_valid_until) [data-typed-note]")
    for text in ("31/12/2026", "31-12-2026", "31 Desember 2026", "31.12.2026", "31 Des 26"):
        field.fill(text)
        field.blur()
        expect(note).to_have_text("Kamis, 31 Desember 2026")
        expect(field).to_have_value(text)
    field.fill("12/31/2026")
    field.blur()
    expect(note).to_contain_text("31/12/2026")
    expect(field).to_have_value("12/31/2026")
    note.scroll_into_view_if_needed()
    save_picture(phone, "tanggal-terbalik")
    field.fill("31/12/2026")
    with phone.expect_navigation():
        phone.get_by_role("button", name="Simpan draf").click()
    expect(phone.locator("#id_valid_until")).to_have_value("31 Desember 2026")
    phone.locator("#id_valid_until").scroll_into_view_if_needed()
    save_picture(phone, "tanggal-terbaca")
    phone.locator("#id_valid_until").fill("lusa")
    phone.get_by_role("button", name="Simpan draf").click()
    wrong = phone.locator(".w-field:has(#id_valid_until) .error-message")
    expect(wrong).to_contain_text("24 November 2026")
    expect(phone.locator("#id_valid_until")).to_have_value("lusa")
