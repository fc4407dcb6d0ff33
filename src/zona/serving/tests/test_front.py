"""What is answered from memory, for whom, until when; and that nothing old outlives a change."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import given, settings
from hypothesis import strategies as st

from zona.serving.front import Front
from zona.serving.memory import Versions
from zona.serving.middleware import SLOT

from . import views
from .rsgi import Protocol, ask
from .test_bridge import SETTINGS

LONG = "".join(f"<p>isi halaman {number**3}</p>" for number in range(200)).encode()
Play = Callable[[Front], Awaitable[Any]]


def make_front(application: Any, **options: Any) -> Front:
    """A front whose database was just asked, and will not be asked by itself."""
    front = Front(application, replace(SETTINGS, **options))
    front.versions.asked_at = time.monotonic() + 3600
    return front


def play(application: Any, story: Play, **options: Any) -> Any:
    """Run a story of requests against one front."""

    async def go() -> Any:
        front = make_front(application, **options)
        front.start(asyncio.get_running_loop())
        return await story(front)

    return asyncio.run(go())


class Shop:
    """A WSGI application with one page of one office; counts how often it is made."""

    def __init__(self, text: str = "lama") -> None:
        self.text = text
        self.made = 0
        self.office: int | None = 1
        self.refusal = ""
        self.seen: list[dict[str, Any]] = []
        self.read = threading.Event()  # the page was read from the database
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.made += 1
        self.seen.append(environ)
        text = self.text
        self.read.set()
        assert self.go_on.wait(20)
        slot = environ[SLOT]
        slot.refusal, slot.office, slot.is_public = self.refusal, self.office, not self.refusal
        start_response(
            "200 OK",
            [("Content-Type", "text/html"), ("X-Request-ID", str(self.made)),
             ("Cache-Control", "public, max-age=0, must-revalidate")],
        )  # fmt: skip
        return [f"<p>{text}</p>".encode() + LONG]


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


def test_many_who_ask_at_once_wait_for_one() -> None:
    shop = Shop()
    shop.go_on.clear()

    async def story(front: Front) -> None:
        waiting = [asyncio.create_task(ask(front, "/a/")) for _ in range(50)]
        await asyncio.to_thread(shop.read.wait, 20)
        shop.go_on.set()
        answers = await asyncio.gather(*waiting)
        assert {answer.status for answer in answers} == {200}

    play(shop, story)
    assert shop.made == 1


def test_those_who_wait_for_a_page_that_is_not_kept_get_their_own() -> None:
    shop = Shop()
    shop.refusal = "session"
    shop.go_on.clear()

    async def story(front: Front) -> None:
        waiting = [asyncio.create_task(ask(front, "/a/")) for _ in range(5)]
        await asyncio.to_thread(shop.read.wait, 20)
        shop.go_on.set()
        assert {answer.status for answer in await asyncio.gather(*waiting)} == {200}

    play(shop, story)
    assert shop.made == 5


def test_a_page_that_was_read_before_a_change_is_not_kept() -> None:
    """The change is committed and seen while the page is being made from what stood before."""
    shop = Shop()
    shop.go_on.clear()

    async def story(front: Front) -> None:
        first = asyncio.create_task(ask(front, "/a/"))
        await asyncio.to_thread(shop.read.wait, 20)
        shop.text = "baru"
        front.versions.count([1])
        second = asyncio.create_task(ask(front, "/a/"))  # waits for the first
        await asyncio.sleep(0.05)
        shop.go_on.set()
        assert b"lama" in (await first).content  # asked before the change
        assert b"baru" in (await second).content  # asked after it
        assert b"baru" in (await ask(front, "/a/")).content

    play(shop, story)
    assert shop.made == 2


def test_a_page_holds_until_a_change_of_its_office_or_of_all() -> None:
    shop = Shop()

    async def story(front: Front) -> list[int]:
        counts = []
        for change in ([2], [1], [None]):
            await ask(front, "/a/")
            front.versions.count(change)
            await ask(front, "/a/")
            counts.append(shop.made)
        shop.office = None
        front.versions.count([None])
        await ask(front, "/a/")
        front.versions.count([2])
        await ask(front, "/a/")
        return [*counts, shop.made]

    assert play(shop, story) == [1, 2, 3, 5]


def test_nothing_is_shown_when_the_database_was_not_asked_for_a_second() -> None:
    shop = Shop()

    async def story(front: Front) -> None:
        await ask(front, "/a/")
        front.versions.asked_at = time.monotonic() - 1.1
        await ask(front, "/a/")
        await ask(front, "/a/")

    play(shop, story)
    assert shop.made == 3


def test_a_page_holds_no_longer_than_its_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Shop()
    now = [1_000_019.0]
    monkeypatch.setattr("zona.serving.front.time.time", lambda: now[0])

    async def story(front: Front) -> None:
        await ask(front, "/a/")
        now[0] = 1_000_019.9
        await ask(front, "/a/")
        assert shop.made == 1
        now[0] = 1_000_020.0  # a full minute
        await ask(front, "/a/")
        assert shop.made == 2

    play(shop, story)


def test_nothing_is_kept_without_memory() -> None:
    shop = Shop()

    async def story(front: Front) -> None:
        for _ in range(2):
            await ask(front, "/a/")

    play(shop, story, memory=0)
    assert shop.made == 2


STEP = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from(["/a/", "/b/"])),
    st.tuples(st.just("begin"), st.sampled_from(["/a/", "/b/"])),
    st.tuples(st.just("finish"), st.none()),
    st.tuples(st.just("change"), st.sampled_from([1, 2])),
    st.tuples(st.just("look"), st.none()),
)


@settings(max_examples=40)
@given(st.lists(STEP, max_size=25))
def test_no_story_of_changes_and_readers_shows_anything_that_was_seen_to_change(
    steps: list[tuple[str, Any]],
) -> None:
    """A database of two offices, a watcher that looks now and then, renders that take their time.

    Whatever is answered holds at least what was committed before the watcher's last look, and
    before the beginning of the request when it was made for it.
    """
    asyncio.run(_run_story(steps))


async def _run_story(steps: list[tuple[str, Any]]) -> None:
    database = {1: 0, 2: 0}
    unseen: list[int] = []
    seen = dict(database)
    gates: list[tuple[asyncio.Event, asyncio.Task[Any]]] = []
    next_gate: list[asyncio.Event] = []
    office_at = {"/a/": 1, "/b/": 2}

    front = Front(lambda *_: [], SETTINGS)
    front.versions = Versions()
    front.versions.asked_at = time.monotonic() + 3600

    class Inline:
        """Makes the page on the loop: reads at once, and hands over when the gate opens."""

        def run(self, function: Any, *args: Any) -> Any:
            gate = next_gate.pop() if next_gate else None
            result = function(*args)

            async def hand_over() -> Any:
                if gate is not None:
                    await gate.wait()
                return result

            return asyncio.ensure_future(hand_over())

    front.threads = Inline()  # type: ignore[assignment]
    front.pressers = Inline()  # type: ignore[assignment]

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        office = office_at[environ["PATH_INFO"]]
        slot = environ[SLOT]
        slot.refusal, slot.office = "", office
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(database[office]).encode()]

    front.application = application

    async def check(path: str) -> None:
        office = office_at[path]
        least = seen[office]
        answer = await ask(front, path)
        assert int(answer.content) >= least, (path, answer.content, least)

    for step, what in steps:
        if step == "ask":
            gates.append((asyncio.Event(), asyncio.create_task(check(what))))
        elif step == "begin":
            next_gate.append(gate := asyncio.Event())
            gates.append((gate, asyncio.create_task(check(what))))
        elif step == "finish" and gates:
            gates.pop(0)[0].set()
        elif step == "change":
            database[what] += 1
            unseen.append(what)
        elif step == "look":
            front.versions.count(set(unseen))
            unseen.clear()
            seen = dict(database)
        for _ in range(5):
            await asyncio.sleep(0)
    for gate, _ in gates:
        gate.set()
    for gate in next_gate:
        gate.set()
    for _, task in gates:
        await task
    for path in office_at:
        await check(path)


def test_static_files_are_sent_from_memory_with_what_lies_beside_them(tmp_path: Path) -> None:
    made = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        made.append(environ["PATH_INFO"])
        coding = environ.get("HTTP_ACCEPT_ENCODING", "identity")
        headers = [("Content-Type", "text/css"), ("Vary", "Accept-Encoding"),
                   ("Cache-Control", "max-age=315360000, public, immutable")]  # fmt: skip
        if environ["PATH_INFO"].endswith("none.css"):
            start_response("404 Not Found", headers)
            return [b""]
        if coding != "identity":
            headers.append(("Content-Encoding", coding))
        start_response("200 OK", headers)
        return [f"{coding} body".encode()]

    async def story(front: Front) -> None:
        for accept, content in (("br", b"br body"), ("gzip", b"gzip body"), ("", b"identity body"),
                                ("zstd", b"identity body")):  # fmt: skip
            answer = await ask(front, "/static/a.css", headers={"accept-encoding": accept})
            assert answer.content == content
            assert "immutable" in answer.header("cache-control")
        assert len(made) == 3
        front.versions.asked_at = 0.0
        front.versions.count([None])
        await ask(front, "/static/a.css")
        assert len(made) == 3
        assert (await ask(front, "/static/none.css")).status == 404

    play(application, story)
