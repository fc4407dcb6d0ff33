"""How people come in: an invitation, a password of one's own, a second key for administrators."""

import base64
import hmac
import re
import struct
import time

from playwright.sync_api import Browser, Page, expect

from tests.conftest import Save
from tests.site import Site

COLLEAGUE = "rini@contoh.id"
PASSWORD = "lima-becak-menunggu-hujan"


def one_time_code(secret: str) -> str:
    """The six digits an authenticator app shows now (RFC 6238: SHA-1, 30 s)."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"


def set_up_second_key(page: Page) -> None:
    """From the page to which administrators without a second key are led."""
    page.locator("main a[href*='totp/activate']").first.click()
    secret = page.locator(".account-secret").text_content()
    assert secret
    page.locator("#id_code").fill(one_time_code(secret.strip()))
    page.locator("main form:has(#id_code) button").last.click()
    page.wait_for_url(re.compile(r"(?!.*totp/activate)"))


def test_from_first_link_to_a_colleague_at_work(
    browser: Browser, site: Site, save_picture: Save
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    admin = context.new_page()
    email = re.search(r"Tautan masuk untuk (\S+),", site.log)
    assert email
    admin.goto(site.make_login_link(email[1]))
    admin.locator("main button[type=submit]").click()

    admin.goto(f"{site.url}/kantor/orang/33.08/undang/")
    admin.locator("#id_name").fill("Rini Wulandari")
    admin.locator("#id_email").fill(COLLEAGUE)
    admin.locator("input[name=role][value=admin_kantor]").check()
    admin.locator("#id_decree").fill("12/2026")
    save_picture(admin, "undang-rekan")
    admin.locator("form:has(#id_decree) button").last.click()
    admin.wait_for_url("**/kantor/orang/33.08/")
    expect(admin.locator("main")).to_contain_text(COLLEAGUE)
    link = admin.locator("#undangan-alamat").input_value()  # no letter leaves this installation
    assert link.startswith(f"{site.url}/akun/undangan/")
    admin.goto(f"{site.url}/kantor/persiapan/33.08/")
    admin.locator("main a[href*='/persiapan/']").first.click()
    expect(admin.locator("#id_short_name")).to_be_visible()
    save_picture(admin, "persiapan")
    context.close()

    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(link)
    expect(page.locator("main")).to_contain_text("12/2026")
    passwords = page.locator("main input[type=password]")
    for number in range(passwords.count()):
        passwords.nth(number).fill(PASSWORD)
    save_picture(page, "menerima-undangan")
    page.locator("main form button[type=submit]").last.click()
    # who administers needs a second key before anything else
    page.goto(f"{site.url}/kantor/orang/33.08/")
    assert "/kantor/" not in page.url
    save_picture(page, "kunci-kedua")
    set_up_second_key(page)
    page.goto(f"{site.url}/kantor/orang/33.08/")
    expect(page.locator("main")).to_contain_text(COLLEAGUE)

    # the invitation is spent; the password alone opens nothing any more
    context.clear_cookies()
    answer = page.goto(link)
    assert answer
    assert answer.status == 410
    page.goto(f"{site.url}/akun/login/")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("#id_login").fill(COLLEAGUE)
    save_picture(page, "masuk")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form:has(#id_password) button[type=submit]").first.click()
    expect(page.locator("main #id_code")).to_be_visible()
    page.goto(f"{site.url}/kantor/")
    assert "/akun/" in page.url
    context.close()
