"""Servers that an office names itself: only https, only hosts that the whole world can reach."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

import httpx
from django.utils.translation import gettext as _

from zona.channels.adapters.base import Refused
from zona.channels.adapters.outcomes import unreachable


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

    That a name may lead elsewhere a moment later is no way in: https demands a certificate for
    that very name. Raises Refused, or Later when the name cannot be looked up.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise unreachable() from error
    for *_rest, place in found:
        address = ipaddress.ip_address(str(place[0]).partition("%")[0])
        inner = getattr(address, "ipv4_mapped", None) or address
        if not inner.is_global or inner.is_multicast:
            raise Refused(_("This server is not on the public internet."))


class PublicOnly(httpx.HTTPTransport):
    """Asks for every request, those after a redirect too, whether its host is public."""

    def __init__(self, trusted: str = "") -> None:
        super().__init__()
        self.trusted = httpx.URL(trusted).host if trusted else ""  # named by the environment

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self.trusted or request.url.host != self.trusted:
            if request.url.scheme != "https":
                raise Refused(_("The server leads to an address without https."))
            require_public(request.url.host)
        return super().handle_request(request)
