"""What is answered from memory, and for whom."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any

import brotli
import pytest
import zstandard
from django.core.handlers.wsgi import WSGIHandler

from zona.serving.front.front import Front

from . import views
from .rsgi import Protocol, ask
from .shop import Shop, play


def test_a_page_is_made_once_and_then_sent_from_memory() -> None:
    shop = Shop()

    async def story(front: Front) -> list[Protocol]:
        return [await ask(front, "/a/") for _ in range(3)]

    first, *others = play(shop, story)
    assert shop.made == 1
    assert {one.content for one in others} == {first.content}
    assert not first.header("x-request-id")  # that of one request is nobody else's
    assert first.header("vary") == "accept-encoding"
    assert first.header("cache-control") == "public, max-age=0, must-revalidate"


def test_codings_lengths_and_tags() -> None:
    undo = {
        "br": brotli.decompress,
        "zstd": zstandard.ZstdDecompressor().decompress,
        "gzip": gzip.decompress,
        "": bytes,
    }

    async def story(front: Front) -> None:
        tags = set()
        for coding, restore in undo.items():
            answer = await ask(front, "/a/", headers={"accept-encoding": coding})
            assert answer.header("content-encoding") == coding
            assert answer.header("content-length") == str(len(answer.content))
            assert restore(answer.content).startswith(b"<p>lama</p>")
            tags.add(answer.header("etag"))
        assert len(tags) == 4
        assert all(tag.startswith('"') for tag in tags)  # strong ones

    play(Shop(), story)


def test_a_popular_page_is_pressed_and_keeps_its_meaning() -> None:
    async def story(front: Front) -> None:
        headers = {"accept-encoding": "br"}
        first = await ask(front, "/a/", headers=headers)
        for _ in range(400):
            latest = await ask(front, "/a/", headers=headers)
            if latest.header("etag") != first.header("etag"):
                break
            await asyncio.sleep(0.01)
        assert latest.header("etag").endswith('-best"')
        assert len(latest.content) <= len(first.content)
        assert brotli.decompress(latest.content) == brotli.decompress(first.content)
        held = {"if-none-match": first.header("etag")}
        assert (await ask(front, "/a/", headers=held)).status == 304

    play(Shop(), story)


def test_conditional_requests() -> None:
    async def story(front: Front) -> None:
        tag = (await ask(front, "/a/", headers={"accept-encoding": "gzip"})).header("etag")
        for value in (tag, f"W/{tag}", f'"x", {tag}', "*"):
            answer = await ask(front, "/a/", headers={"if-none-match": value})
            assert (answer.status, answer.content) == (304, b"")
            assert answer.header("etag")
            assert answer.header("cache-control")
            assert not answer.header("content-length")
        assert (await ask(front, "/a/", headers={"if-none-match": '"x"'})).status == 200

    play(Shop(), story)


def test_head_is_answered_from_memory_and_fills_it() -> None:
    shop = Shop()

    async def story(front: Front) -> None:
        head = await ask(front, "/a/", method="HEAD")
        get = await ask(front, "/a/")
        assert head.pairs == get.pairs
        assert shop.seen[0]["REQUEST_METHOD"] == "GET"

    play(shop, story)
    assert shop.made == 1


@pytest.mark.parametrize(
    "options",
    [
        {"method": "POST"},
        {"query_string": "q=1"},
        {"headers": {"cookie": "a=1; sessionid=x"}},
        {"headers": {"authorization": "Bearer x"}},
        {"path": "/kantor/"},
        {"path": "/en/akun/login/"},
    ],
)
def test_what_is_somebodys_own_goes_to_django_as_it_came(options: dict[str, Any]) -> None:
    shop = Shop()

    async def story(front: Front) -> None:
        for _ in range(2):
            await ask(front, **({"path": "/a/"} | options))
        assert len(front.memory) == 0

    play(shop, story)
    assert shop.made == 2
    for name, value in options.get("headers", {}).items():
        assert shop.seen[0][f"HTTP_{name.upper()}"] == value


def test_hosts_schemes_and_languages_are_apart() -> None:
    shop = Shop()

    async def story(front: Front) -> None:
        for _ in range(2):
            await ask(front, "/a/")
            await ask(front, "/en/a/")
            await ask(front, "/a/", pairs=[("host", "lain.test")])
            await ask(front, "/a/", headers={"x-forwarded-proto": "https"})

    play(shop, story, trusts_proxy=True)
    assert shop.made == 4
    assert [one.get("HTTP_X_FORWARDED_PROTO") for one in shop.seen] == [None, None, None, "https"]


POISONED = (
    "user-agent", "x-forwarded-host", "x-forwarded-for", "x-forwarded-proto", "accept-language",
    "cookie", "x-request-id", "range", "forwarded", "x_host", "x-original-url",
    "x-http-method-override",
)  # fmt: skip


def test_what_a_client_says_beside_host_and_path_finds_no_way_in() -> None:
    shop = Shop()
    poison = dict.fromkeys(POISONED, "racun")

    async def story(front: Front) -> None:
        await ask(front, "/a/", headers=poison)
        await ask(front, "/a/")

    play(shop, story)
    assert shop.made == 1
    assert "racun" not in str({k: v for k, v in shop.seen[0].items() if k != "wsgi.input"})


@pytest.mark.urls("zona.serving.tests.views")
@pytest.mark.django_db(transaction=True)
def test_django_behind_the_front_keeps_the_plain_page_only() -> None:
    views.made.clear()

    async def story(front: Front) -> None:
        for _ in range(2):
            for name in (*views.OWN, "missing"):
                await ask(front, f"/{name}/")
            await ask(front, "/plain/", pairs=[("host", "evil.test")])  # not allowed
            await ask(front, "/plain/", pairs=[("host", "a\x00b")])
            plain = await ask(front, "/plain/")
        assert b"testserver http" in plain.content
        assert [key[1] for key in front.memory._places] == ["/plain/"]  # type: ignore[index]
        # cookies that mean nothing to us are ignored; a form's own cookie is not lost
        assert (
            await ask(front, "/csrf/", headers={"cookie": "csrftoken=" + "x" * 32})
        ).status == 200

    play(WSGIHandler(), story)
    assert views.made == ["/plain/"]


def test_many_addresses_that_are_not_kept_leave_nothing_behind() -> None:
    shop = Shop()
    shop.refusal = "status 404"

    async def story(front: Front) -> None:
        for number in range(6_000):
            await ask(front, f"/tidak-ada/{number}/")
        assert len(front.memory) == 0
        assert len(front.refused) < 5_000
        assert not front.making

    play(shop, story)
