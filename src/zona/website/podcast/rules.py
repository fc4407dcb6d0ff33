"""What a podcast must be, by PSP-1 and the podcast namespace: plain values in, plain values out."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

# https://podcasting2.org/docs/podcast-namespace/tags/guid
NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
COVER = (1400, 3000)  # px, shortest and longest side that directories take
DESCRIPTION_LIMIT = 4000  # bytes

CLOCK = re.compile(r"(?:(\d{1,2})[:.])?(\d{1,3})[:.]([0-5]?\d)")


class BadClock(ValueError):
    """The text is no time of the form 12:30 or 1:02:30."""


def guid_of(feed_url: str) -> uuid.UUID:
    """The podcast's guid: UUIDv5 of its feed's address without protocol and closing slashes."""
    return uuid.uuid5(NAMESPACE, re.sub(r"^\w+://", "", feed_url).rstrip("/"))


def parse_clock(text: str) -> int:
    """Seconds of "3:20", "03.20" or "1:02:30". Raises BadClock."""
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        raise BadClock(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if hours and minutes > 59:
        raise BadClock(text)
    return hours * 3600 + minutes * 60 + seconds


def chapters_out_of_place(starts: Sequence[int], duration: float | None) -> list[int]:
    """Which chapters (their places in the list) begin no later than one before, or after the end.

    starts: seconds, in the order of the list; duration: seconds, None while nobody knows.
    """
    wrong, latest = [], -1
    for place, start in enumerate(starts):
        if start <= latest or (duration is not None and start >= duration):
            wrong.append(place)
        latest = max(latest, start)
    return wrong


def is_good_cover(width: int, height: int) -> bool:
    """Square and large enough as it is."""
    return width == height and min(width, height) >= COVER[0]


def cover_filter(width: int, height: int) -> str:
    """Wagtail's filter that makes a square JPEG of 1400 to 3000 px of any picture."""
    side = min(width, height)
    target = max(COVER[0], min(side, COVER[1]))
    enlarge = -(-target * 100 // side)  # percent, rounded up
    scale = f"scale-{enlarge}|" if enlarge > 100 else ""
    return f"{scale}fill-{target}x{target}|format-jpeg|jpegquality-80"


def cut_bytes(text: str, limit: int = DESCRIPTION_LIMIT) -> str:
    """At most `limit` bytes of UTF-8, cut between letters, with an ellipsis where it was cut."""
    data = text.encode()
    if len(data) <= limit:
        return text
    return data[: limit - 3].decode(errors="ignore").rstrip() + "…"
