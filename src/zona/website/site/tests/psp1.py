"""What PSP-1 and the directories demand of a podcast feed, rule by rule.

https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TRANSCRIPTS = {"text/vtt", "text/html", "application/x-subrip", "text/plain", "application/json"}
KINDS = {"full", "trailer", "bonus"}


def find_faults(rss: Element) -> list[str]:
    """Every rule that the feed breaks; [] for a good one."""
    channel = rss.find("channel")
    if rss.tag != "rss" or rss.get("version") != "2.0" or channel is None:
        return ["rss"]
    faults = list(_faults_of_channel(channel))
    items = channel.findall("item")
    if not items:
        faults.append("item")
    for item in items:
        faults += _faults_of_item(item)
    if len({item.findtext("guid") for item in items}) != len(items):
        faults.append("guid twice")
    return faults


def _faults_of_channel(channel: Element) -> Iterator[str]:
    for name in ("title", "link", "description", "language"):
        if not channel.findtext(name):
            yield name
    if len((channel.findtext("description") or "").encode()) > 4000:
        yield "description too long"
    link = channel.find(f"{ATOM}link")
    if (
        link is None
        or link.get("rel") != "self"
        or link.get("type") != "application/rss+xml"
        or not (link.get("href") or "").startswith("http")
    ):
        yield "atom:link"
    category = channel.find(f"{ITUNES}category")
    if category is None or not category.get("text"):
        yield "itunes:category"
    yield from _explicit(channel)
    image = channel.find(f"{ITUNES}image")
    if image is None or not (image.get("href") or "").startswith("http"):
        yield "itunes:image"
    if not channel.findtext(f"{ITUNES}author"):
        yield "itunes:author"
    if not channel.findtext(f"{ITUNES}owner/{ITUNES}email"):
        yield "itunes:owner"
    if not UUID.fullmatch(channel.findtext(f"{PODCAST}guid") or ""):
        yield "podcast:guid"
    locked = channel.find(f"{PODCAST}locked")
    if locked is None or locked.text not in {"yes", "no"} or not locked.get("owner"):
        yield "podcast:locked"
    if channel.findtext(f"{PODCAST}medium") != "podcast":
        yield "podcast:medium"
    update = channel.find(f"{PODCAST}updateFrequency")
    if update is None or not (update.get("rrule") or "").startswith("FREQ="):
        yield "podcast:updateFrequency"


def _explicit(part: Element) -> Iterator[str]:
    if part.findtext(f"{ITUNES}explicit") not in {"true", "false"}:
        yield "itunes:explicit"


def _faults_of_item(item: Element) -> Iterator[str]:
    for name in ("title", "guid", "link"):
        if not item.findtext(name):
            yield f"item {name}"
    if len((item.findtext("description") or "").encode()) > 4000:
        yield "item description too long"
    enclosure = item.find("enclosure")
    if (
        enclosure is None
        or not re.fullmatch(r"[1-9]\d*", enclosure.get("length") or "")
        or not (enclosure.get("type") or "").startswith(("audio/", "video/"))
        or not (enclosure.get("url") or "").startswith("http")
    ):
        yield "enclosure"
    try:
        parsedate_to_datetime(item.findtext("pubDate") or "")
    except ValueError:
        yield "pubDate"
    if not re.fullmatch(r"[1-9]\d*", item.findtext(f"{ITUNES}duration") or ""):
        yield "itunes:duration"
    if item.findtext(f"{ITUNES}episodeType") not in KINDS:
        yield "itunes:episodeType"
    for name in ("season", "episode"):
        if not (item.findtext(f"{ITUNES}{name}") or "").isdigit():
            yield f"itunes:{name}"
    yield from _explicit(item)
    for person in item.findall(f"{PODCAST}person"):
        if not person.text or person.get("role") not in {"host", "guest"}:
            yield "podcast:person"
    for transcript in item.findall(f"{PODCAST}transcript"):
        if transcript.get("type") not in TRANSCRIPTS or not transcript.get("url"):
            yield "podcast:transcript"
    chapters = item.find(f"{PODCAST}chapters")
    if chapters is not None and chapters.get("type") != "application/json+chapters":
        yield "podcast:chapters"
