"""RSS and Atom as entries; feedparser reads what real sites serve: wrong dates, encodings, XML."""

from __future__ import annotations

import calendar
import datetime as dt
import html
import io
from collections.abc import Iterator
from typing import Any

import feedparser

from .rules.items import Item, Term


class NoFeed(ValueError):
    """The text is no feed; the message (Indonesian) says so."""


def read_feed(data: bytes, source: str) -> tuple[str, Iterator[Item]]:
    """(address of the site, its entries). Raises NoFeed."""
    # Nothing is fetched here: feedparser gets bytes. It must not drop what our own cleaning lists.
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=True,
                             response_headers={"content-location": source})  # fmt: skip
    if not found.get("version") and not found.entries:
        raise NoFeed(f"{source} bukan umpan RSS atau Atom yang dapat dibaca.")
    site = str(found.feed.get("link") or source)
    return site, (_item(entry) for entry in found.entries)


def _item(entry: Any) -> Item:
    contents = [part.get("value", "") for part in entry.get("content", [])]
    summary = str(entry.get("summary", ""))
    content = max(contents, key=len, default="") or summary
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    changed = entry.get("updated_parsed")
    return Item(
        type="post",
        guid=str(entry.get("id") or entry.get("link") or ""),
        link=str(entry.get("link") or ""),
        title=" ".join(html.unescape(str(entry.get("title", ""))).split()),
        content=content + _enclosures(entry),
        author=str(entry.get("author", "")),
        date_gmt=_write(moment),
        modified_gmt=_write(changed),
        status="publish",
        terms=[
            Term("category" if number == 0 else "post_tag", str(tag.get("term", "")).lower(),
                 str(tag.get("label") or tag.get("term") or ""))
            for number, tag in enumerate(entry.get("tags", []))
        ],
    )  # fmt: skip


def _write(moment: Any) -> str:
    if not moment:
        return ""
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(moment), dt.UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _enclosures(entry: Any) -> str:
    """Pictures and recordings that go with an entry, unless its text shows them."""
    out = ""
    for enclosure in entry.get("enclosures", []):
        url, kind = str(enclosure.get("href", "")), str(enclosure.get("type", ""))
        safe = url.replace('"', "%22").replace("<", "%3C")
        if url and kind.startswith("image/"):
            out += f'<img src="{safe}">'
        elif url:
            out += f'<zona-file href="{safe}"></zona-file>'
    return out
