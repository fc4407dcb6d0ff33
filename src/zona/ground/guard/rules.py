"""The arithmetic of the guard. Pure: plain values only."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Limit:
    """How often one network may send one form on one day.

    `proven`: with a proof of work; `unproven`: without, as a browser without script sends it.
    Many phones share one address of their provider, so the first is wide.
    """

    proven: int
    unproven: int


def name_network(address: str) -> str:
    """The network an address belongs to: an IPv4 address itself, of IPv6 the /64; else ""."""
    try:
        found = ip_address(address.strip().strip("[]"))
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return f"{IPv6Address(int(found) >> 64 << 64)}/64"
    return str(found)


def pick_address(remote: str, forwarded: str, proxies: int) -> str:
    """The visitor's address as the outermost trusted proxy saw it.

    `forwarded` is X-Forwarded-For; each proxy adds at its right end. Only `proxies` entries are
    believed; what stands further left anyone can have written.
    """
    entries = [entry.strip() for entry in forwarded.split(",") if entry.strip()]
    if proxies < 1 or not entries:
        return remote
    return entries[-min(proxies, len(entries))]


def hash_key(salt: bytes, *parts: str) -> str:
    """64 hexadecimal signs for what is counted; the parts cannot run into each other."""
    return hashlib.blake2b("\0".join(parts).encode(), key=salt[:64], digest_size=32).hexdigest()


def is_own_site(host: str, fetch_site: str, origin: str) -> bool:
    """Whether a form came from a page of the host itself.

    `fetch_site` (Sec-Fetch-Site) decides where the browser sends it, else `origin`. A request
    with neither is no browser of this decade: no other site can have made a visitor send it.
    """
    if fetch_site:
        return fetch_site in {"same-origin", "none"}
    if origin:
        return urlsplit(origin).netloc.lower() == host.lower()
    return True


# Robots that say so, previews of chat services, and programs; the rest are taken for people.
_ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|headless|lighthouse|facebookexternalhit|whatsapp"
    r"|curl|wget|python|java/|go-http|httpclient|okhttp|axios|node-fetch|scrapy|feed",
    re.IGNORECASE,
)


@lru_cache(maxsize=2_048)
def is_robot(agent: str) -> bool:
    """Whether a User-Agent names a program rather than a reader; none at all is a program's."""
    return not agent or _ROBOTS.search(agent) is not None
