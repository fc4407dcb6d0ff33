"""Servers that an office names itself: only https, only hosts that the whole world can reach."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx
import requests
from django.utils.translation import gettext as _

from zona.ground.guard.fetching import (
    NotPublic,
    PublicAdapter,
    PublicTransport,
    UnknownHost,
    may_fetch,
    public_addresses,
)

from .base import Refused
from .outcomes import unreachable


def server_address(text: str) -> str:
    """`https://host[:port]` of what a person typed, such as `mastodon.social`.

    Raises Refused when it is not https, names no host or carries a path or a password.
    """
    parts = urlsplit(text if "://" in text else f"https://{text}")
    try:
        port = parts.port
    except ValueError:
        port = -1
    if (
        parts.scheme != "https"
        or not parts.hostname
        or port == -1
        or parts.path.strip("/")
        or parts.query
        or parts.username is not None
    ):
        raise Refused(_("The address of the server must look like https://mastodon.social."))
    return f"https://{parts.netloc.lower()}"


def require_public(host: str) -> None:
    """Refuse a host that is, or leads to, an address inside our own network (SSRF).

    For a word to the person; on connecting it is looked at once more (`guard.fetching`). Raises
    Refused, or Later when the name cannot be looked up.
    """
    try:
        public_addresses(host)
    except UnknownHost as error:
        raise unreachable() from error
    except NotPublic as error:
        raise Refused(_("This server is not on the public internet.")) from error


def require_server(url: str) -> None:
    """Refuse an address that a redirect leads to and that is not https on the public internet."""
    if not may_fetch(url, schemes=("https",)):
        raise Refused(_("The server leads to an address without https."))
    require_public(str(urlsplit(url).hostname))


class PublicOnly(PublicTransport):
    """Asks for every request, those after a redirect too, whether its host is public.

    `trusted`: the address of a server that the environment names; it may stand anywhere.
    """

    def __init__(self, trusted: str = "") -> None:
        super().__init__()
        self.trusted = httpx.URL(trusted).host if trusted else ""
        self.anywhere = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.trusted and request.url.host == self.trusted:
            return self.anywhere.handle_request(request)
        require_server(str(request.url))
        return super().handle_request(request)


class PublicSession(PublicAdapter):
    """The same for libraries that speak through `requests`."""

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> Any:
        require_server(str(request.url))
        return super().send(request, *args, **options)
