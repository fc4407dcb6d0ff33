"""Listening, reading along and looking through pictures, by keyboard and by pointer."""

import re

from playwright.sync_api import expect

from tests.conftest import Invite


def test_an_episode_is_played_by_keyboard(invite: Invite) -> None:
    page = invite(360, 740).open("podcast_episode")
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", "5")
    page.keyboard.press("PageUp")
    expect(slider).to_have_attribute("aria-valuenow", "65")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^1 .* 5 .* 1 .* 23 "))
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "0")

    page.locator("[data-speed]").select_option("1.5")
    page.locator("[data-chapter]").nth(1).press("Enter")
    expect(page.locator("[data-chapter][aria-current]")).to_contain_text("Syarat pemilih")
    expect(page.locator("[data-when-playing]")).to_be_visible()
    clock = page.locator("[data-now]")
    expect(clock).to_have_text(re.compile("00:(1[4-9]|2)"))
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    expect(page.locator("[data-said]")).to_contain_text("Syarat pemilih")
    expect(page.locator("[data-here]")).to_contain_text("warga negara Indonesia")
    page.locator(".show-player__play").click()
    assert page.evaluate("document.querySelector('audio').paused")
    page.locator("[data-spoken] a[data-start='36']").click()
    expect(clock).to_have_text(re.compile("00:(3[6-9]|4)"))


def test_pictures_of_a_story_one_by_one(invite: Invite) -> None:
    page = invite(360, 740).open("photo_story")
    light, place = page.locator("[data-light]"), page.locator("[data-place]")
    second = page.locator("[data-gallery] [data-photo]").nth(1)
    second.press("Enter")
    expect(light).to_be_visible()
    expect(place).to_have_text(re.compile("^2 .* 5$"))
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text(re.compile("^3 .* 5$"))
    page.locator("[data-step='-1']").click()
    expect(place).to_have_text(re.compile("^2 .* 5$"))
    page.keyboard.press("Escape")
    expect(light).to_be_hidden()
    expect(second).to_be_focused()
