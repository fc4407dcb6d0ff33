"""Which service a link to a video leads to: told by its address alone, nobody is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

YOUTUBE = "youtube"
EMBED_ORIGIN = "https://www.youtube-nocookie.com"
HOSTS = {
    "youtube.com": (YOUTUBE, "YouTube"),
    "youtu.be": (YOUTUBE, "YouTube"),
    "youtube-nocookie.com": (YOUTUBE, "YouTube"),
    "vimeo.com": ("vimeo", "Vimeo"),
    "facebook.com": ("facebook", "Facebook"),
    "fb.watch": ("facebook", "Facebook"),
    "tiktok.com": ("tiktok", "TikTok"),
    "instagram.com": ("instagram", "Instagram"),
}
YOUTUBE_ID = re.compile(r"[\w-]{11}")
YOUTUBE_FOLDERS = {"embed", "shorts", "live", "v"}


@dataclass(frozen=True)
class ExternalVideo:
    """A video elsewhere. `service` is a word for code, `label` the name people know."""

    url: str
    service: str
    label: str
    host: str
    embed_url: str = ""  # may be shown in a frame once the visitor asks; "" where none may


class NotALink(ValueError):
    """The text is no web address."""


def recognise(url: str) -> ExternalVideo:
    """Raises NotALink."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if parts.scheme not in ("http", "https") or "." not in host:
        raise NotALink(url)
    found = next(
        (row for known, row in HOSTS.items() if host == known or host.endswith(f".{known}")), None
    )
    if found is None:
        return ExternalVideo(url, "web", host, host)
    service, label = found
    embed = _embed_of_youtube(host, parts.path, parts.query) if service == YOUTUBE else ""
    return ExternalVideo(url, service, label, host, embed)


def _embed_of_youtube(host: str, path: str, query: str) -> str:
    steps = [step for step in path.split("/") if step]
    if host.endswith("youtu.be"):
        key = steps[0] if steps else ""
    elif steps[:1] and steps[0] in YOUTUBE_FOLDERS:
        key = steps[1] if len(steps) > 1 else ""
    else:
        key = parse_qs(query).get("v", [""])[0]
    return f"{EMBED_ORIGIN}/embed/{key}" if YOUTUBE_ID.fullmatch(key) else ""
