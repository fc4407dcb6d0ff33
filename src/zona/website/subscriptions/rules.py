"""When letters are due, what a topic is called, whom we send pushes to. Pure: plain values only."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

MORNING = dt.time(7, 0)
HARD_FAILURES = 3  # refusals in a row after which an address is left alone
ATTEMPTS = 5
PUSH_BYTES = 3_000  # push services take about 4,000 once encrypted

# Where browsers have their pushes delivered. Nothing else is ever called: the address comes from
# a stranger, and our server must not be led to other machines.
PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.services.mozilla.com",
    ".notify.windows.com",
    ".push.apple.com",
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What one follows of an office: all of it ("kantor"), a rubric or a tag, by number."""

    kind: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.kind}-{self.number}" if self.number else self.kind

    @classmethod
    def parse(cls, text: str) -> Topic:
        """Raises ValueError."""
        match = re.fullmatch(r"kantor|(rubrik|topik)-([1-9]\d{0,11})", text)
        if match is None:
            raise ValueError(text)
        return cls(match[1] or "kantor", int(match[2] or 0))


def next_due(frequency: str, local: dt.datetime) -> dt.datetime:
    """When a new item goes out: at once, or at seven the next morning, or on Monday at seven.

    `local` is aware and in the office's zone, and so is the answer.
    """
    if frequency == "at_once":
        return local
    day = local.date()
    if frequency == "weekly":
        day += dt.timedelta(days=-day.weekday() % 7)
    due = dt.datetime.combine(day, MORNING, tzinfo=local.tzinfo)
    if due <= local:
        due += dt.timedelta(days=7 if frequency == "weekly" else 1)
    return due


def parse_retry_after(text: str) -> dt.timedelta | None:
    """A Retry-After in seconds, at most a day; None for anything else."""
    if not (text.isascii() and text.strip().isdigit()):
        return None
    return min(dt.timedelta(seconds=int(text.strip()[:9])), dt.timedelta(days=1))


def is_push_service(url: str, hosts: tuple[str, ...] = PUSH_HOSTS) -> bool:
    """Whether an endpoint is HTTPS at a known push service, at its usual port."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    name = (parts.hostname or "").lower()
    known = any(name == host or (host[0] == "." and name.endswith(host)) for host in hosts)
    is_plain = not (parts.username or parts.password) and port in (None, 443)
    return parts.scheme == "https" and known and is_plain and len(url) <= 1_000


def shorten_bytes(text: str, most: int) -> str:
    """At most `most` bytes of UTF-8, cut between characters, with an ellipsis where cut."""
    raw = text.encode()
    if len(raw) <= most:
        return text
    return raw[: max(most - 3, 0)].decode(errors="ignore").rstrip() + "…"
