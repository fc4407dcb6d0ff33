"""Bodies ready to be sent: compressed once, with their headers."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Sequence

import brotli
import zstandard

from .memory import Body, Entry, intern_pairs

SMALLEST = 200  # bytes; below that compressing gains nothing
# (first, best): quick enough not to hold up the first reader, and as small as it gets.
QUALITY = {"br": (4, 11), "zstd": (3, 19), "gzip": (5, 9)}
OWN = {"content-length", "etag", "vary", "x-request-id", "date", "content-encoding"}
OF_CONTENT = {"content-type", "content-language", "content-disposition", "last-modified"}

Headers = Sequence[tuple[str, str]]


def compress(content: bytes, coding: str, *, best: bool = False) -> bytes:
    """`content` in a coding of HTTP (br, zstd, gzip)."""
    quality = QUALITY[coding][best]
    if coding == "br":
        return bytes(brotli.compress(content, quality=quality, mode=brotli.MODE_TEXT))
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=quality).compress(content)
    return gzip.compress(content, quality, mtime=0)


def make_entry(
    status: int,
    headers: Headers,
    content: bytes,
    *,
    version: int,
    office: int | None,
    until: float,
    page: int | None = None,
) -> Entry:
    """An entry with its plain body. Headers in lower case; those of one request are left out."""
    shared = intern_pairs((name, value) for name, value in headers if name not in OWN)
    # Sorted, because the parts of a content policy stand in another order in every process.
    said = sorted((name, sorted(value.split(";"))) for name, value in shared)
    state = hashlib.blake2b(repr((status, said)).encode(), digest_size=12)
    state.update(content)
    entry = Entry(status, state.hexdigest(), version, office, until, shared, page=page)
    add_body(entry, "identity", content)
    return entry


def add_body(entry: Entry, coding: str, content: bytes, *, best: bool = False) -> Body:
    """Put the bytes of one coding beside the others. Each has a strong ETag of its own."""
    tag = f'"{entry.digest}-{coding}{"-best" if best else ""}"'
    own = [("etag", tag), ("vary", "accept-encoding")]
    sent = [*own, ("content-length", str(len(content)))]
    if coding != "identity":
        sent.append(("content-encoding", coding))
    again = [pair for pair in entry.headers if pair[0] not in OF_CONTENT]
    body = Body([*entry.headers, *sent], [*own, *again], content)
    entry.bodies[coding] = body
    return body


def body_for(entry: Entry, coding: str) -> Body:
    """The body in a coding, compressed quickly when nobody asked for it yet."""
    body = entry.bodies.get(coding)
    if body is None:
        plain = entry.bodies["identity"]
        if len(plain.content) < SMALLEST:
            return plain
        body = add_body(entry, coding, compress(plain.content, coding))
    return body


def press(entry: Entry) -> dict[str, bytes]:
    """The best compression of each coding in use, for `add_body`; runs beside the event loop."""
    plain = entry.bodies["identity"].content
    found = {}
    for coding, body in tuple(entry.bodies.items()):
        if coding != "identity":
            content = compress(plain, coding, best=True)
            if len(content) < len(body.content):
                found[coding] = content
    return found
