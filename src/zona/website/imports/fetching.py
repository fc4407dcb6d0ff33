"""Fetching from old sites: only the public web, never long, never much, and politely."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import requests
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from zona.ground.files.reader.limits import TooMuch, Unreadable
from zona.ground.files.reader.unpacking import unpack
from zona.ground.guard.fetching import PublicAdapter, may_fetch

AGENT = "Zona-Impor/1.0 (memindahkan situs kantor sendiri)"
TIMEOUT = (6, 20)  # seconds: connect, each read
LONGEST = 120  # seconds for one file
CHUNK = 1 << 16


class NotFetched(ValueError):
    """It could not be had; the message (Indonesian) says why."""


def open_session() -> requests.Session:
    """A session that takes nothing from the environment and asks again, slower, when told so."""
    session = requests.Session()
    session.trust_env = False  # a proxy would look names up itself
    session.max_redirects = 4
    session.headers["User-Agent"] = AGENT
    session.headers["Accept-Encoding"] = "gzip"
    session.hooks["response"].append(_leave_body)
    retry = Retry(
        total=2, connect=1, backoff_factor=1, status_forcelist=(429, 502, 503, 504),
        allowed_methods=("GET",), respect_retry_after_header=True, backoff_max=20,
    )  # fmt: skip
    for scheme in ("http://", "https://"):
        session.mount(scheme, PublicAdapter(max_retries=retry))
    return session


def _leave_body(response: requests.Response, **_: Any) -> None:
    """Of a redirect nothing is read: requests would take in its whole body, unpacked."""
    if response.is_redirect:
        response._content = b""
        response.raw.close()


def fetch(
    session: requests.Session, url: str, *, limit: int, headers: dict[str, str] | None = None
) -> tuple[bytes, requests.Response]:
    """The body (at most `limit` bytes) and its response. Raises NotFetched."""
    if not may_fetch(url):
        raise NotFetched("bukan alamat http atau https yang lazim")
    started = time.monotonic()
    try:
        with session.get(url, stream=True, timeout=TIMEOUT, headers=headers) as response:
            if response.status_code == 304:
                return b"", response
            if response.status_code != 200:
                raise NotFetched(f"jawaban server {response.status_code}")
            data = bytearray()
            for chunk in _unpacked(response, limit):
                data += chunk
                if len(data) > limit:
                    raise NotFetched(f"lebih besar dari {limit // 1_000_000} MB")
                if time.monotonic() - started > LONGEST:
                    raise NotFetched(f"lebih lama dari {LONGEST} detik")
            return bytes(data), response
    except TooMuch as error:
        raise NotFetched(f"lebih besar dari {limit // 1_000_000} MB") from error
    except Unreadable as error:
        raise NotFetched("isinya terpotong atau rusak") from error
    except (requests.RequestException, HTTPError) as error:
        raise NotFetched(explain(error)) from error


def _unpacked(response: requests.Response, limit: int) -> Iterator[bytes]:
    """The body in pieces. Unpacked here: a library would hold all that one piece unpacks to."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    pieces = response.raw.stream(CHUNK, decode_content=False)
    if coding in ("identity", ""):
        return iter(pieces)
    if coding in ("gzip", "x-gzip", "deflate"):
        return unpack(pieces, limit)
    raise NotFetched(f"pengodean {coding[:40]} tidak dikenal")


def explain(error: Exception) -> str:
    text = str(error)
    if "jaringan dalam" in text:
        return "alamat jaringan dalam tidak diambil"
    if isinstance(error, requests.Timeout):
        return "server tidak menjawab pada waktunya"
    if isinstance(error, requests.TooManyRedirects):
        return "terlalu banyak pengalihan"
    return f"tidak terhubung ({type(error).__name__})"
