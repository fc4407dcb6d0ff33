"""What is made in a thread: Django's answers, and entries of them that may be shown to others."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from typing import Any

from .. import rules
from ..middleware import Slot
from . import bodies, bridge, refusals
from .bridge import Answer, Application
from .memory import Entry

LARGEST_FILE = 512 * 1024  # bytes of a static file that is kept
FOREVER = sys.maxsize

logger = logging.getLogger(__name__)


@dataclass
class Maker:
    """Calls the application; `headers` are those that no answer leaves without."""

    application: Application
    headers: tuple[tuple[str, str], ...]

    def call(self, environ: dict[str, Any]) -> Answer:
        """In a thread: what Django answers, with the headers that every answer has."""
        try:
            answer = bridge.call(self.application, environ)
        except Exception:
            logger.exception("Nothing was answered")
            answer = Answer(500, [("content-type", "text/html; charset=utf-8")])
            answer.content = refusals.refusal_page(500, "id")
        said = {name for name, _ in answer.headers}
        answer.headers += [pair for pair in self.headers if pair[0] not in said]
        return answer

    def answer(self, environ: dict[str, Any], slot: Slot, coding: str) -> Answer:
        """In a thread: Django's answer; compressed when it holds nothing of one person."""
        answer = self.call(environ)
        content = answer.content or b""
        if slot.is_public and coding != "identity" and len(content) >= bodies.SMALLEST:
            answer.content = bodies.compress(content, coding)
            answer.headers = [
                pair for pair in answer.headers if pair[0] not in ("content-length", "vary")
            ]
            answer.headers += [("content-encoding", coding), ("vary", "accept-encoding")]
        return answer

    def make_page(
        self,
        environ: dict[str, Any],
        slot: Slot,
        coding: str,
        version: int,
        until: float,
        before: Entry | None,
    ) -> tuple[Answer, Entry | None]:
        """In a thread: the answer, and an entry made of it when Django allows to keep it."""
        answer = self.call(environ)
        if slot.refusal or answer.content is None:
            return answer, None
        entry = bodies.make_entry(
            answer.status,
            answer.headers,
            answer.content,
            version=version,
            office=slot.office,
            until=until,
            page=slot.page,
        )
        if before is not None and before.digest == entry.digest:
            entry.bodies, entry.hits = before.bodies, before.hits  # compressed before
            entry.is_pressed = before.is_pressed
        bodies.body_for(entry, coding)
        return answer, entry

    def load_file(self, scope: Any) -> Entry | None:
        """In a thread: a static file with the codings that lie beside it on disk."""
        entry = None
        for coding in ("identity", "gzip", "br"):
            environ = bridge.build_environ(scope, only=frozenset())
            environ |= {"REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": coding}
            answer = self.call(environ)
            content = read_whole(answer)
            if answer.status != 200 or content is None:
                return None
            if entry is None:
                entry = bodies.make_entry(
                    200, answer.headers, content, version=FOREVER, office=None, until=FOREVER
                )
                entry.is_pressed = True
            elif answer.header("content-encoding") == coding:
                bodies.add_body(entry, coding, content, best=True)
        if entry is not None:
            plain = entry.bodies["identity"]
            for coding in rules.CODINGS:  # a coding that gains nothing is sent as it is
                entry.bodies.setdefault(
                    coding, entry.bodies.get("br", plain) if coding == "br" else plain
                )
        return entry


def read_whole(answer: Answer) -> bytes | None:
    """The bytes of a small answer, be it a file; None for a large one."""
    if answer.file is None:
        content = answer.content
        return content if content is not None and len(content) <= LARGEST_FILE else None
    path, first, last = answer.file
    if last - first > LARGEST_FILE:
        return None
    with open(path, "rb") as file:
        file.seek(first)
        return file.read(last - first)
