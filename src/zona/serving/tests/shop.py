"""A front with one page behind it, and stories of requests to it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from zona.serving.front.front import Front
from zona.serving.middleware import SLOT

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
