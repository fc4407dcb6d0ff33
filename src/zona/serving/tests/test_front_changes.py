"""Nothing old outlives a change, and one makes for all who wait."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zona.serving.front.front import Front
from zona.serving.front.memory import Versions
from zona.serving.middleware import SLOT

from .rsgi import ask
from .shop import Shop, play
from .test_bridge import SETTINGS


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


async def settle(front: Front) -> None:
    """Wait until nothing is being made any more."""
    while front.making:
        await asyncio.wait(list(front.making.values()))


def test_when_its_minute_ends_readers_get_the_last_good_page_and_one_makes_the_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = Shop()
    now = [1_000_019.0]
    monkeypatch.setattr("zona.serving.front.front.time.time", lambda: now[0])

    async def story(front: Front) -> None:
        await ask(front, "/a/")
        now[0] = 1_000_019.9
        await ask(front, "/a/")
        assert shop.made == 1
        now[0] = 1_000_020.0  # a full minute
        shop.text = "menit baru"
        shop.go_on.clear()  # every thread is busy
        for _ in range(5):
            assert b"lama" in (await ask(front, "/a/")).content
        shop.go_on.set()
        await settle(front)
        assert b"menit baru" in (await ask(front, "/a/")).content

    play(shop, story)
    assert shop.made == 2


def test_a_page_that_is_late_is_made_first_unless_that_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = Shop()
    now = [1_000_019.0]
    monkeypatch.setattr("zona.serving.front.front.time.time", lambda: now[0])
    monkeypatch.setattr("zona.serving.front.front.PATIENCE", 0.2)

    async def story(front: Front) -> None:
        await ask(front, "/a/")
        now[0] += 3_600  # nobody came for an hour
        shop.text = "satu jam kemudian"
        assert b"satu jam" in (await ask(front, "/a/")).content
        now[0] += 3_600
        shop.text, shop.refusal = "dua jam kemudian", ""
        shop.go_on.clear()
        assert b"satu jam" in (await ask(front, "/a/")).content
        shop.go_on.set()
        await settle(front)

    play(shop, story)


def test_an_old_page_is_never_shown_past_a_change_however_busy_the_threads() -> None:
    shop = Shop()

    async def story(front: Front) -> None:
        await ask(front, "/a/")
        shop.text = "baru"
        front.memory.get(next(iter(front.memory._places))).until = 0.0
        shop.go_on.clear()
        assert b"lama" in (await ask(front, "/a/")).content  # only its minute is over
        front.versions.count([1])
        waiting = [asyncio.create_task(ask(front, "/a/")) for _ in range(20)]
        await asyncio.sleep(0.1)
        assert not any(task.done() for task in waiting)
        shop.go_on.set()
        answers = await asyncio.gather(*waiting)
        assert all(b"baru" in answer.content for answer in answers)

    play(shop, story)
    assert shop.made <= 3  # one a version, whoever asks


def test_who_waits_for_a_slow_page_does_not_make_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Shop()
    shop.go_on.clear()
    monkeypatch.setattr("zona.serving.front.front.PATIENCE", 0.01)

    async def story(front: Front) -> None:
        waiting = [asyncio.create_task(ask(front, "/a/")) for _ in range(20)]
        await asyncio.sleep(0.2)
        shop.go_on.set()
        await asyncio.gather(*waiting)

    play(shop, story)
    assert shop.made == 1


@pytest.mark.parametrize(("status", "is_kept"), [("500 Oops", True), ("404 Not Found", False)])
def test_a_page_that_fails_to_be_made_anew_stays_and_one_that_ended_goes(
    status: str, is_kept: bool
) -> None:
    shop = Shop()

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if not shop.made:
            return shop(environ, start_response)
        shop.made += 1
        environ[SLOT].refusal = f"status {status[:3]}"
        start_response(status, [("Content-Type", "text/html")])
        return [b"gagal"]

    async def story(front: Front) -> None:
        await ask(front, "/a/")
        front.memory.get(next(iter(front.memory._places))).until = time.time() - 1
        assert b"lama" in (await ask(front, "/a/")).content
        await settle(front)
        answer = await ask(front, "/a/")
        assert (b"lama" in answer.content) is is_kept
        assert shop.made == (2 if is_kept else 3)

    play(application, story)


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

    front.maker.application = application

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
