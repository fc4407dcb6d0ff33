"""Calling servers that a person named: one function decides, for every library that calls.

`open_publicly` looks a name up once, looks at every address it found, and connects to one of those:
no second look-up can lead elsewhere. It stands below `requests` and `httpx`, so each redirect
passes it again.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
import requests
from httpcore._backends.sync import SyncStream
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from . import networks

PORTS = frozenset({80, 443, 8080, 8443})
DEFAULT_PORTS = {"http": 80, "https": 443}


class NotPublic(OSError):
    """The name leads, or may lead, into a network that is not the open internet."""


class UnknownHost(OSError):
    """The name cannot be looked up."""


def may_fetch(url: str, *, schemes: Iterable[str] = ("http", "https")) -> bool:
    """Whether an address may be called by its form: scheme, host, usual port, no user's name.

    Where its host leads is looked at on connecting.
    """
    try:
        parts = urlsplit(url)
        port = DEFAULT_PORTS.get(parts.scheme) if parts.port is None else parts.port
    except ValueError:
        return False
    is_plain = parts.username is None and parts.password is None and "\\" not in url
    return bool(parts.hostname) and is_plain and parts.scheme in schemes and port in PORTS


def public_addresses(host: str) -> list[str]:
    """The addresses of a host, all of them public. Raises NotPublic, UnknownHost."""
    try:
        rows = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownHost(f"nama tidak ditemukan: {host}") from error
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not found or not all(networks.is_public(address) for address in found):
        raise NotPublic("alamat jaringan dalam tidak diambil")
    return found


def open_publicly(
    host: str, port: int, timeout: Any = None, options: Iterable[Any] | None = None
) -> socket.socket:
    """A connection to an address that was looked at. `timeout`: seconds an address.

    Raises NotPublic (an odd port too), UnknownHost, or OSError of the last address tried.
    """
    if port not in PORTS:
        raise NotPublic("alamat jaringan dalam tidak diambil: porta tidak lazim")
    seconds = timeout if isinstance(timeout, int | float) else None
    for address in (found := public_addresses(host)):
        try:
            made = socket.create_connection((address, port), seconds)
        except OSError:
            if address == found[-1]:
                raise
            continue
        for option in options or ():
            made.setsockopt(*option)
        return made
    raise UnknownHost(host)


# --- for requests ---------------------------------------------------------------------------


def _connect(connection: Any) -> socket.socket:
    try:
        return open_publicly(connection._dns_host, connection.port, connection.timeout)
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error


class PublicHTTPConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class PublicHTTPSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = PublicHTTPConnection


class PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = PublicHTTPSConnection


class PublicAdapter(HTTPAdapter):
    """Every connection of a session, those of redirects too, goes to the public internet alone."""

    schemes: tuple[str, ...] = ("http", "https")

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": PublicHTTPPool,
            "https": PublicHTTPSPool,
        }

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_fetch(str(request.url), schemes=self.schemes):
            raise requests.exceptions.InvalidURL("alamat ini tidak diambil", request=request)
        kwargs["proxies"] = {}  # a proxy would look names up itself
        return super().send(request, *args, **kwargs)


# --- for httpx ------------------------------------------------------------------------------


class PublicBackend(httpcore.SyncBackend):
    """Connects for httpx; names and certificates are compared by httpx as ever."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            made = open_publicly(host, port, timeout, socket_options)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return SyncStream(made)


class PublicTransport(httpx.HTTPTransport):
    """The same for httpx, each request of a redirect included."""

    schemes: tuple[str, ...] = ("http", "https")

    def __init__(self) -> None:
        super().__init__()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=PublicBackend()
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not may_fetch(str(request.url), schemes=self.schemes):
            raise httpx.UnsupportedProtocol("alamat ini tidak diambil", request=request)
        return super().handle_request(request)
