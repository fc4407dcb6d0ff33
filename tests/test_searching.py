"""Searching as a visitor does: typing, choosing, narrowing; with and without script."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

Invite = Callable[..., Any]


def test_titles_are_suggested_and_chosen_by_keyboard(invite: Invite) -> None:
    visitor = invite(360, 740)
    page = visitor.open("home")
    field = page.get_by_role("combobox").first
    field.press_sequentially(visitor.site.word[:5], delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    field.press("Escape")
    expect(options.first).not_to_be_visible()
    assert field.input_value() == visitor.site.word[:5]  # what was typed stays
    field.press_sequentially(visitor.site.word[5:6] or "a", delay=20)
    expect(options.first).to_be_visible()
    title = options.first.inner_text().split("\n")[0]
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("h1")).to_contain_text(title.strip()[:20])


def test_results_are_narrowed_without_script(invite: Invite) -> None:
    visitor = invite(360, 740, java_script_enabled=False)
    page = visitor.open("search")
    rows = page.locator("main .ui-rows > li")
    before = rows.count()
    assert before > 1
    page.locator("main details summary").click()
    kinds = page.locator("select[name=jenis]")
    value = kinds.locator("option").nth(1).get_attribute("value")
    kinds.select_option(value)
    page.locator(".ui-filter button[type=submit]").click()
    assert f"jenis={value}" in page.url
    assert 0 < rows.count() < before
