"""What may be kept, in which coding it is sent, and which changes were seen. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, urlsplit

# Smallest first: what a client takes equally gladly is sent in the first of these.
CODINGS = ("br", "zstd", "gzip", "identity")
LARGEST = 1_000_000  # bytes of a page that is kept
KEPT_STATUS = {200, 301, 302, 308}
KEPT_TYPES = {
    "text/html", "text/css", "text/plain", "text/javascript", "application/javascript",
    "application/json", "application/feed+json", "application/ld+json",
    "application/manifest+json", "application/xml", "application/rss+xml", "application/atom+xml",
    "text/xml", "text/calendar", "image/svg+xml",
}  # fmt: skip
# Never kept, whatever their answers say: people, staff, files that have ways of their own.
PERSONAL = ("/kantor/", "/akun/", "/-/", "/media/", "/dokumen/", "/rekaman/", "/_util/")
MINUTE = 60  # seconds
HEALTH = "/-/sehat/"
PATH_SAFE = "/:@!$&'()*+,;=~-._"


# --- requests ---


def is_personal(path: str) -> bool:
    """Whether a path (with or without language) lies where nothing is kept."""
    return path.removeprefix("/en").startswith(PERSONAL)


def https_address(
    *, said: str | None, host: str, path: str, query: str, base_url: str, is_served: bool
) -> str:
    """Where a request that came without encryption belongs; "" when it is right where it is.

    said: X-Forwarded-Proto of a proxy that is trusted; without it the request came from this
    machine itself. A host that is not served is led nowhere, for Django refuses it. The port of
    `base_url` is that of its own host; other hosts have their own addresses at the usual one.
    """
    if said is None or said.split(",", 1)[0].strip() == "https" or path == HEALTH:
        return ""
    if not is_served:
        return ""
    base = urlsplit(base_url)
    name = urlsplit(f"//{host}").hostname or ""
    netloc = base.netloc if name == base.hostname else (f"[{name}]" if ":" in name else name)
    address = f"https://{netloc}{quote(path, safe=PATH_SAFE)}"
    return f"{address}?{query}" if query else address


def minute_after(now: float) -> float:
    """The next full minute after `now` (seconds): pages say "open until" and "today"."""
    return now - now % MINUTE + MINUTE


@lru_cache(maxsize=512)
def choose_coding(accept: str) -> str:
    """The content coding for an Accept-Encoding header (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, _, parameters = part.partition(";")
        match = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", parameters)
        weight = float(match[1]) if match else (0.0 if parameters.strip() else 1.0)
        if name := name.strip().removeprefix("x-"):
            weights[name] = min(weight, 1.0)
    rest = weights.pop("*", 0.0)
    found = {coding: weights.get(coding, rest) for coding in CODINGS[:-1]}
    # Acceptable unless it is said not to be, but only as the last resort unless asked for.
    found["identity"] = weights.get("identity", 0.0)
    best = max(found.values())
    if best <= 0:
        return "identity"
    return next(coding for coding in CODINGS if found[coding] == best)


def matches(if_none_match: str, digest: str) -> bool:
    """Whether a client holds the page with this digest, in whatever coding it was sent."""
    return if_none_match.strip() == "*" or digest in if_none_match


# --- answers ---


def why_not_kept(status: int, headers: Mapping[str, str], size: int, touched: str) -> str:
    """Why an answer to an anonymous GET must not be shown to others; "" when it may.

    headers: names in lower case. touched: what of the visitor the view has looked at.
    """
    if touched:
        return touched
    if status not in KEPT_STATUS:
        return f"status {status}"
    if size > LARGEST:
        return "size"
    if "set-cookie" in headers:
        return "cookie"
    if {"content-encoding", "content-range", "www-authenticate"} & headers.keys():
        return "coded"
    control = headers.get("cache-control", "").lower()
    if any(word in control for word in ("private", "no-store", "no-cache")):
        return "cache-control"
    varies = {name.strip().lower() for name in headers.get("vary", "").split(",")}
    if varies - {"", "accept-encoding"}:
        return "vary"
    if "nonce-" in headers.get("content-security-policy", ""):
        return "nonce"
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if status == 200 and kind not in KEPT_TYPES:
        return "type"
    return ""


# --- changes ---


@dataclass
class Sequence:
    """Which numbers of a growing table were seen.

    On PostgreSQL a transaction that took its number early may commit late, so the gaps are
    remembered and asked for again for `patience` seconds. A transaction that lasts longer than
    that is no harm beyond a minute: no page is kept longer.
    """

    last: int = 0
    patience: float = 900.0
    gaps: dict[int, float] = field(default_factory=dict)  # number -> when it was missed

    def learn(self, numbers: Collection[int], now: float) -> bool:
        """Take note of numbers read at `now` (seconds). False: too many gaps, some were given up.

        Numbers up to `last` fill gaps; larger ones are new and may leave gaps between them.
        """
        for number in numbers:
            self.gaps.pop(number, None)
        new = sorted(number for number in numbers if number > self.last)
        whole = True
        if new:
            missed = new[-1] - self.last - len(new)
            if missed > 10_000:
                whole = False  # a jump of the sequence, not transactions under way
            elif missed:
                self.gaps |= dict.fromkeys(set(range(self.last + 1, new[-1])) - set(new), now)
            self.last = new[-1]
        for number in [n for n, since in self.gaps.items() if now - since > self.patience]:
            del self.gaps[number]
        return whole


# --- writes ---

_WRITE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM"
    r"|TRUNCATE(?:\s+TABLE)?)\s+\"?(\w+)",
    re.IGNORECASE,
)
_COLUMN = re.compile(r'"(\w+)" = ')


def table_written(sql: str) -> str:
    """The table that a statement writes to; "" when it only reads or makes tables."""
    match = _WRITE.match(sql)
    return match[1].lower() if match else ""


def columns_set(sql: str) -> set[str]:
    """The columns that an UPDATE of Django sets; empty for every other statement."""
    if sql[:6].upper() != "UPDATE":
        return set()
    assigned = sql.partition(" SET ")[2].rpartition(" WHERE ")[0] or sql.partition(" SET ")[2]
    return set(_COLUMN.findall(assigned))


def shows(sql: str, hidden: Mapping[str, Iterable[str]]) -> bool:
    """Whether a write may change what the public sees.

    hidden: table -> columns that nobody sees; no columns: nothing of the table is seen. What is
    not named is seen.
    """
    table = table_written(sql)
    if not table:
        # A write behind a WITH; Django itself makes none.
        return bool(re.match(r"\s*WITH\b.*\b(INSERT|UPDATE|DELETE)\b", sql, re.I | re.S))
    if table not in hidden:
        return True
    columns, changed = set(hidden[table]), columns_set(sql)
    return bool(columns) and not (changed and changed <= columns)
