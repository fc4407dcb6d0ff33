"""The fast way out: public pages and static files from memory, everything else from Django.

What may be kept is decided in Django (`middleware.py`); until when it holds is decided here:

- it is made anew when the minute in which its making began is over, because pages tell the time;
  meanwhile, and for as long as all threads are busy, readers get the last good one;
- never after a change of its office, or of everybody's, that this process has seen (`watch.py`);
- never while the database was not asked within the last second.

A page whose making began before such a change was seen is not kept, so nothing that was read
before a commit outlives the next question to the database.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.http.request import split_domain_port, validate_host

from zona.ground.guard.bodies import ANYONE
from zona.ground.guard.rules import is_robot

from .. import counting, heartbeat, rules
from ..middleware import SLOT, Slot
from . import bodies, bridge, receiving, refusals, watch
from .bridge import Answer, Application, Refused
from .making import FOREVER, Maker
from .memory import Entry, Memory, Versions
from .threads import Threads

LATE = 60.0  # seconds after its minute; an older page is shown only when the new one takes long
PATIENCE = 1.0  # seconds that a reader waits for the new one before he gets one that is late
RETRY = 5.0  # seconds until a page that could not be made anew is tried again
ROUNDS = 3  # pages that changed while they were made, until a reader gets one of his own
POPULAR = 4  # times asked for before the best compression is worth its time
MANY_REFUSED = 4_096
TEMPORARY_FOR = 60.0  # seconds that the server has to open a temporary file
# What of a request reaches Django when the answer may be shown to others. Whatever else a client
# says cannot find its way into a page that is kept.
COMMON = frozenset({"referer"})  # of an address that is not found; pages never show it
HSTS = "strict-transport-security"


@dataclass(frozen=True)
class Settings:
    """What the front must know of the installation."""

    threads: int
    memory: int  # bytes; 0: nothing is kept
    session_cookie: str
    static_path: str
    trusts_proxy: bool  # X-Forwarded-Proto is believed
    base_url: str = ""
    hosts: tuple[str, ...] = ()  # that are served, as Django's ALLOWED_HOSTS
    headers: tuple[tuple[str, str], ...] = ()  # that no answer leaves without


class Front:
    """An RSGI application around a WSGI application."""

    def __init__(self, application: Application, settings: Settings) -> None:
        self.maker = Maker(application, settings.headers)
        self.settings = settings
        self.session_mark = f"{settings.session_cookie}="
        self.leads_to_https = settings.trusts_proxy and settings.base_url.startswith("https:")
        self.versions = Versions()
        self.memory = Memory(settings.memory)
        self.making: dict[Hashable, asyncio.Future[None]] = {}
        self.refused: set[Hashable] = set()  # not to be kept, noted for one minute
        self.refused_until = 0.0
        self.views: dict[int, int] = {}  # by page, since they were last stored
        self.threads: Threads
        self.pressers: Threads

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.start(loop)
        watch.start(self.versions)
        self.life = loop.create_task(
            heartbeat.keep_beating(lambda: self.threads.run(_do_nothing), lambda: self.threads.done)
        )
        loop.call_later(counting.EVERY, self.store_views, loop)

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have the threads that call Django."""
        self.threads = Threads(self.settings.threads, loop, "zona-django")
        self.pressers = Threads(1, loop, "zona-press")

    def count_view(self, page: int, scope: Any) -> None:
        """Note that somebody reads a page."""
        if scope.method == "GET" and not is_robot(scope.headers.get("user-agent", "")):
            self.views[page] = self.views.get(page, 0) + 1

    def store_views(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hand what was counted to a thread, once a minute."""
        loop.call_later(counting.EVERY, self.store_views, loop)
        if self.views:
            views, self.views = self.views, {}
            self.pressers.run(counting.store, views)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        if scope.proto != "http":
            proto.close(403)
            return
        if self.leads_to_https and self.lead_to_https(scope, proto):
            return
        if scope.method in ("GET", "HEAD") and not scope.query_string:
            key = self.key_of(scope)
            if key is not None:
                entry = self.find(key) or await self.make(key, scope, proto)
                if entry is None:
                    return
                self.send_entry(entry, scope, proto)
                return
        await self.pass_on(scope, proto)

    # --- what is in memory ---

    def key_of(self, scope: Any) -> Hashable | None:
        """Under what an answer is kept; None when the request is somebody's own."""
        path = scope.path
        if path.startswith(self.settings.static_path):
            return path  # the same on every host
        headers = scope.headers
        if headers.get("cookie") is not None:
            for cookie in headers.get_all("cookie"):
                if self.session_mark in cookie:
                    return None
        if headers.get("authorization") is not None or rules.is_personal(path):
            return None
        scheme = scope.scheme
        if self.settings.trusts_proxy:
            # As Django's SECURE_PROXY_SSL_HEADER reads it.
            said = headers.get("x-forwarded-proto")
            if said is not None:
                scheme = "https" if said.split(",", 1)[0].strip() == "https" else "http"
        return (bridge.hosts_of(scope), path, scheme)

    def find(self, key: Hashable) -> Entry | None:
        """The entry of a key, if it still holds."""
        entry: Entry | None = self.memory.get(key)
        if entry is None or (entry.until > time.time() and self.is_unchanged(entry)):
            return entry
        return None

    def is_unchanged(self, entry: Entry) -> bool:
        """Whether nothing that it shows has changed, as far as the database was asked."""
        versions = self.versions
        return entry.version == FOREVER or (
            versions.is_current(entry.version, entry.office) and versions.is_fresh(time.monotonic())
        )

    def send_entry(self, entry: Entry, scope: Any, proto: Any) -> None:
        """Answer from memory."""
        headers = scope.headers
        body = bodies.body_for(entry, rules.choose_coding(headers.get("accept-encoding", "")))
        entry.hits += 1
        if entry.page is not None:
            self.count_view(entry.page, scope)
        if entry.hits == POPULAR and not entry.is_pressed:
            entry.is_pressed = True
            self.pressers.run(bodies.press, entry).add_done_callback(
                lambda done: add_pressed(entry, done)
            )
        said = headers.get("if-none-match")
        if said is not None and entry.status == 200 and rules.matches(said, entry.digest):
            proto.response_empty(304, body.unchanged)
        else:
            proto.response_bytes(entry.status, body.headers, body.content)

    # --- what is made anew ---

    async def make(self, key: Hashable, scope: Any, proto: Any) -> Entry | None:
        """An entry that holds, made once for all who wait for it; None: answered already."""
        for _ in range(ROUNDS):
            if self.is_refused(key) or not self.may_keep(key):
                break
            before: Entry | None = self.memory.get(key)
            if before is not None and self.is_unchanged(before):
                return await self.renew(key, before, scope)
            making = self.making.get(key)
            if making is None:
                return await self.lead(key, scope, proto)
            await asyncio.wait([making])
            # What was made began before this request came, so it is looked up like any other.
            if entry := self.find(key):
                return entry
        await self.pass_on(scope, proto)
        return None

    async def renew(self, key: Hashable, before: Entry, scope: Any) -> Entry:
        """What a reader gets whose page has only grown old, while one thread makes the new one."""
        making = self.making.get(key)
        if making is None:
            making = asyncio.ensure_future(self.make_again(key, before, scope))
            self.making[key] = making
        if time.time() - before.until > LATE:
            await asyncio.wait([making], timeout=PATIENCE)
        return self.find(key) or before

    async def make_again(self, key: Hashable, before: Entry, scope: Any) -> None:
        """Put a new entry in the place of one that has grown old."""
        try:
            entry, answer = await self.lead_page(key, scope)
            self.drop(answer)
            if entry is None and answer.status < 500:
                self.memory.drop(key)  # the page is another thing now
            elif entry is None:
                before.until = time.time() + RETRY
        finally:
            del self.making[key]

    def may_keep(self, key: Hashable) -> bool:
        if not self.settings.memory:
            return False
        return isinstance(key, str) or self.versions.is_fresh(time.monotonic())

    def is_refused(self, key: Hashable) -> bool:
        now = time.time()
        if now >= self.refused_until or len(self.refused) > MANY_REFUSED:
            self.refused.clear()
            self.refused_until = rules.minute_after(now)
        return key in self.refused

    async def lead(self, key: Hashable, scope: Any, proto: Any) -> Entry | None:
        """Make the answer of a key while others wait; keep it if that is allowed."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.making[key] = waiting
        try:
            if isinstance(key, str):
                entry, answer = await self.threads.run(self.maker.load_file, scope), None
                if entry is not None:
                    self.memory.put(key, entry, entry.size())
            else:
                entry, answer = await self.lead_page(key, scope)
            if entry is None:
                self.refused.add(key)
        finally:
            del self.making[key]
            waiting.set_result(None)
        if entry is not None:
            return entry
        # Made without the cookies; what is not the same for everyone is made again with them.
        is_own = answer is None or (answer.status < 400 and scope.headers.get("cookie") is not None)
        if answer is None or is_own:
            if answer is not None:
                self.drop(answer)
            await self.pass_on(scope, proto)
        else:
            await self.send(answer, scope, proto)
        return None

    async def lead_page(self, key: Hashable, scope: Any) -> tuple[Entry | None, Answer]:
        # Taken before Django reads anything: what is counted later was perhaps not read.
        version, until = self.versions.last, rules.minute_after(time.time())
        slot = Slot()
        only = COMMON | {"x-forwarded-proto"} if self.settings.trusts_proxy else COMMON
        environ = bridge.build_environ(scope, only=only)
        environ |= {"REQUEST_METHOD": "GET", SLOT: slot}
        coding = rules.choose_coding(scope.headers.get("accept-encoding", ""))
        before: Entry | None = self.memory.get(key)
        answer, entry = await self.threads.run(
            self.maker.make_page, environ, slot, coding, version, until, before
        )
        if entry is not None and self.versions.is_current(version, entry.office):
            self.memory.put(key, entry, entry.size())
        return entry, answer

    # --- what goes to Django ---

    async def pass_on(self, scope: Any, proto: Any) -> None:
        """Let Django answer this one request, as it came."""
        slot = Slot()
        environ = bridge.build_environ(scope)
        environ[SLOT] = slot
        try:
            length = int(scope.headers.get("content-length", "0"))
            if length > ANYONE:
                await self.threads.run(receiving.admit, environ, scope.path, length)
            body = await bridge.take_body(proto, length)
        except Refused as refused:
            self.refuse(refused.status, scope, proto)
            return
        environ["wsgi.input"] = body
        coding = rules.choose_coding(scope.headers.get("accept-encoding", ""))
        try:
            answer = await self.threads.run(self.maker.answer, environ, slot, coding)
        finally:
            body.close()
        if slot.is_public and slot.page is not None:
            self.count_view(slot.page, scope)
        await self.send(answer, scope, proto)

    def refuse(self, status: int, scope: Any, proto: Any) -> None:
        """Answer with a plain page in the language of the address, and take no more."""
        content = refusals.refusal_page(status, "en" if scope.path.startswith("/en/") else "id")
        headers = [
            *self.settings.headers,
            ("content-type", "text/html; charset=utf-8"),
            ("content-length", str(len(content))),
            ("cache-control", "no-store"),
            ("connection", "close"),
        ]
        proto.response_bytes(status, headers, content)

    def lead_to_https(self, scope: Any, proto: Any) -> bool:
        """Lead who came without encryption to the same address with it; whether that was so."""
        host = bridge.hosts_of(scope)
        target = rules.https_address(
            said=scope.headers.get("x-forwarded-proto"),
            host=host,
            path=scope.path,
            query=scope.query_string,
            base_url=self.settings.base_url,
            is_served=validate_host(split_domain_port(host)[0], self.settings.hosts),
        )
        if target:
            headers = [pair for pair in self.settings.headers if pair[0] != HSTS]
            proto.response_empty(308, [*headers, ("location", target), ("content-length", "0")])
        return bool(target)

    async def send(self, answer: Answer, scope: Any, proto: Any) -> None:
        """Give an answer of Django to the server."""
        status, headers = answer.status, answer.headers
        if answer.parts is not None:
            await self.send_parts(answer, scope, proto)
        elif answer.file is not None:
            path, first, last = answer.file
            if scope.method == "HEAD" or first >= last:
                proto.response_empty(status, headers)
            else:
                proto.response_file_range(status, headers, path, first, last)
            self.drop(answer)
        elif status < 200 or status in (204, 304):
            proto.response_empty(status, [pair for pair in headers if pair[0] != "content-length"])
        else:
            content = answer.content or b""
            if not answer.header("content-length"):
                headers = [*headers, ("content-length", str(len(content)))]
            proto.response_bytes(status, headers, content)

    async def send_parts(self, answer: Answer, scope: Any, proto: Any) -> None:
        """Server-sent events, as they come, until the client goes."""
        assert answer.parts is not None
        nothing = object()
        try:
            transport = proto.response_stream(answer.status, answer.headers)
            while scope.method != "HEAD":
                part = await self.threads.run(next, answer.parts, nothing)
                if not isinstance(part, bytes):
                    break
                await transport.send_bytes(part)
        finally:
            await self.threads.run(answer.close)

    def drop(self, answer: Answer) -> None:
        """Delete a temporary file once the server has surely opened it."""
        if answer.is_temporary and answer.file is not None:
            loop = asyncio.get_running_loop()
            loop.call_later(TEMPORARY_FOR, _delete, answer.file[0])


def add_pressed(entry: Entry, done: asyncio.Future[dict[str, bytes]]) -> None:
    """Put the best compression in the place of the quick one."""
    for coding, content in done.result().items():
        bodies.add_body(entry, coding, content, best=True)


def _do_nothing() -> None: ...


def _delete(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
