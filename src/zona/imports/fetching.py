"""Fetching from old sites: only the public web, never long, never much, and politely."""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection
from urllib3.util.retry import Retry

AGENT = "Zona-Impor/1.0 (memindahkan situs kantor sendiri)"
TIMEOUT = (6, 20)  # seconds: connect, each read
LONGEST = 120  # seconds for one file
CHUNK = 1 << 16


class NotFetched(ValueError):
    """It could not be had; the message (Indonesian) says why."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not private, local, reserved."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if mapped is not None:
        return is_public(str(mapped))
    return found.is_global and not found.is_multicast


def connect_publicly(connection: Any) -> socket.socket:
    """Connect to an address that was looked at, so that no second lookup can lead elsewhere."""
    try:
        rows = socket.getaddrinfo(connection._dns_host, connection.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NewConnectionError(connection, f"nama tidak ditemukan: {error}") from error
    found = [row[4][0] for row in rows]
    if not found or not all(is_public(str(address)) for address in found):
        raise NewConnectionError(connection, "alamat jaringan dalam tidak diambil")
    try:
        return create_connection((str(found[0]), connection.port), connection.timeout)
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error


class PublicHTTPConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return connect_publicly(self)


class PublicHTTPSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return connect_publicly(self)


class PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = PublicHTTPConnection


class PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = PublicHTTPSConnection


class PublicAdapter(HTTPAdapter):
    """Every connection, those of redirects too, goes to the public internet alone."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": PublicHTTPPool,
            "https": PublicHTTPSPool,
        }


def open_session() -> requests.Session:
    """A session that takes nothing from the environment and asks again, slower, when told so."""
    session = requests.Session()
    session.trust_env = False  # a proxy would look names up itself
    session.max_redirects = 4
    session.headers["User-Agent"] = AGENT
    retry = Retry(
        total=2, connect=1, backoff_factor=1, status_forcelist=(429, 502, 503, 504),
        allowed_methods=("GET",), respect_retry_after_header=True, backoff_max=20,
    )  # fmt: skip
    for scheme in ("http://", "https://"):
        session.mount(scheme, PublicAdapter(max_retries=retry))
    return session


def fetch(
    session: requests.Session, url: str, *, limit: int, headers: dict[str, str] | None = None
) -> tuple[bytes, requests.Response]:
    """The body (at most `limit` bytes) and its response. Raises NotFetched."""
    if not url.startswith(("http://", "https://")):
        raise NotFetched("bukan alamat http atau https")
    started = time.monotonic()
    try:
        with session.get(url, stream=True, timeout=TIMEOUT, headers=headers) as response:
            if response.status_code == 304:
                return b"", response
            if response.status_code != 200:
                raise NotFetched(f"jawaban server {response.status_code}")
            data = bytearray()
            for chunk in response.iter_content(CHUNK):
                data += chunk
                if len(data) > limit:
                    raise NotFetched(f"lebih besar dari {limit // 1_000_000} MB")
                if time.monotonic() - started > LONGEST:
                    raise NotFetched(f"lebih lama dari {LONGEST} detik")
            return bytes(data), response
    except requests.RequestException as error:
        raise NotFetched(explain(error)) from error


def explain(error: Exception) -> str:
    text = str(error)
    if "jaringan dalam" in text:
        return "alamat jaringan dalam tidak diambil"
    if isinstance(error, requests.Timeout):
        return "server tidak menjawab pada waktunya"
    if isinstance(error, requests.TooManyRedirects):
        return "terlalu banyak pengalihan"
    return f"tidak terhubung ({type(error).__name__})"
