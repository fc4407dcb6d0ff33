"""What a device that was here before can read without a network."""

from playwright.sync_api import Page, expect

from tests.conftest import Invite
from tests.site import PATIENCE, Site
from tests.test_public_pages import list_violations

# The page itself is kept last, after all it is made of.
KEPT = """async (path) => {
  for (const name of await caches.keys()) {
    if (!name.startsWith("zona-baca:") || !name.endsWith(":" + path)) continue;
    if (await (await caches.open(name)).match(path)) return true;
  }
  return false;
}"""
SHOWN = """() => {
  const image = document.querySelector("main figure img");
  return image?.complete && image.naturalWidth > 0;
}"""
FONT = """() => document.fonts.check('16px "Plus Jakarta Sans"')"""


def wait_until_kept(page: Page, path: str) -> None:
    page.wait_for_function(f"({KEPT})({path!r})")


def test_what_was_read_can_be_read_without_a_network(invite: Invite, site: Site) -> None:
    visitor = invite(360, 740)
    titles = {}
    for name in ("article", "announcement"):
        page = visitor.open(name)
        titles[name] = page.locator("h1").inner_text()
        wait_until_kept(page, site.paths[name])

    visitor.context.set_offline(True)
    for name, title in titles.items():
        page.goto(site.address(name))
        expect(page.locator("h1")).to_have_text(title)
        page.wait_for_function(FONT)
    page.goto(site.address("article"))
    page.wait_for_function(SHOWN)

    page.goto(site.address("contact"))
    expect(page.locator("h1")).to_have_text("Anda sedang luring")
    expect(page.locator("[data-kept] li")).to_have_count(2)
    for scheme in ("light", "dark"):
        # No transition, or the colours are read half-way between the two.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert list_violations(page) == []
    page.get_by_role("link", name=titles["article"]).click()
    expect(page.locator("h1")).to_have_text(titles["article"])

    page.goto(f"{site.url}/en{site.paths['contact']}")
    expect(page.locator("h1")).to_have_text("You are offline")
    page.locator("[data-forget]").click()
    expect(page.locator("[data-kept]")).to_be_hidden()
    visitor.context.set_offline(False)
    page.locator("[data-retry]").click()
    expect(page.locator("h1")).not_to_have_text("You are offline", timeout=PATIENCE * 1000)
