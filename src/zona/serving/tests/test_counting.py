"""Who is counted as a reader of a page, and who is not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.test import Client

from zona.ground.guard.rules import is_robot
from zona.serving import counting
from zona.serving.front.front import Front
from zona.serving.middleware import SLOT
from zona.testing import make_office, open_home

from .rsgi import ask
from .shop import Shop, play

READER = {"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/129.0 Mobile Safari/537.36"}


class Library(Shop):
    """The shop, whose page is page 7."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        environ[SLOT].page = 7
        return super().__call__(environ, start_response)


def views_of(*requests: dict[str, Any], shop: Shop | None = None, **options: Any) -> dict[int, int]:
    async def story(front: Front) -> dict[int, int]:
        for request in requests:
            await ask(front, **({"path": "/a/", "headers": READER} | request))
        return front.views

    found: dict[int, int] = play(shop or Library(), story, **options)
    return found


def test_each_reading_counts_from_memory_too() -> None:
    assert views_of({}, {}, {}) == {7: 3}


def test_a_reader_who_still_holds_the_page_counts() -> None:
    assert views_of({}, {"headers": READER | {"if-none-match": "*"}}) == {7: 2}


def test_robots_and_questions_for_the_head_alone_do_not_count() -> None:
    robot = {"headers": {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}}
    assert views_of(robot, {"headers": {}}, {"method": "HEAD"}) == {}


def test_what_shows_no_page_or_is_somebodys_own_does_not_count() -> None:
    assert views_of({}, {}, shop=Shop()) == {}
    own = Library()
    own.refusal = "signed in"
    assert views_of({}, {"headers": READER | {"cookie": "sessionid=x"}}, shop=own) == {}


def test_without_memory_readings_count_all_the_same() -> None:
    shop = Library()
    assert views_of({}, {}, shop=shop, memory=0) == {7: 2}


def test_a_minutes_counts_are_handed_to_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    stored: list[dict[int, int]] = []
    monkeypatch.setattr(counting, "store", stored.append)

    async def story(front: Front) -> None:
        front.store_views(asyncio.get_running_loop())  # nothing was read yet
        await ask(front, "/a/", headers=READER)
        front.store_views(asyncio.get_running_loop())
        await front.pressers.run(list)  # the thread works off its calls in order
        assert front.views == {}

    play(Library(), story)
    assert stored == [{7: 1}]


@pytest.mark.parametrize(
    "agent", ["", "curl/8.5.0", "WhatsApp/2.23.20", "TelegramBot (like TwitterBot)", "python-httpx"]
)
def test_programs_are_no_readers(agent: str) -> None:
    assert is_robot(agent)


def test_people_are() -> None:
    assert not is_robot(READER["user-agent"])
    assert not is_robot("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1")


@pytest.mark.django_db
def test_a_page_of_the_tree_is_named_and_its_styles_are_not(client: Client) -> None:
    home = open_home(make_office())
    url = home.get_url()
    assert client.get(url)._zona_slot.page == home.pk  # type: ignore[attr-defined]
    assert client.get(f"{url}tidak-ada/")._zona_slot.page is None  # type: ignore[attr-defined]
    sheet = client.get(f"{url}aksen/")
    assert sheet.status_code == 200
    assert sheet._zona_slot.page is None  # type: ignore[attr-defined]
