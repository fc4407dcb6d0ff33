"""Keeps the secrets that stand in addresses out of the log and from other sites.

Which addresses have one their patterns tell (`sealing.addresses`); a room cannot forget to.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# A token as `sealing.make_token` draws it, wherever it stands; and what forms hand on in queries.
TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")
LONGEST = 16_000
QUERY = re.compile(r"([?&](?:tiket|token|key|kunci)=)[^&\s\"']+")


@cache
def _in_addresses(root: str) -> re.Pattern[str]:
    """Where a secret follows in an address of the patterns of `root`; matches nothing if none."""
    from zona.ground.sealing.addresses import secret_prefixes

    parts = "|".join(map(re.escape, secret_prefixes(root))) or "(?!)"
    return re.compile(rf"(/(?:{parts}))[^\s\"'<>?]+")


def hide(text: str) -> str:
    """The text without secrets. Before the addresses are known it holds none of them."""
    if settings.ROOT_URLCONF in sys.modules:
        text = _in_addresses(settings.ROOT_URLCONF).sub(r"\1…", text)
    return TOKEN.sub("…", QUERY.sub(r"\1…", text))


class HidingFormatter(logging.Formatter):
    """Hides in the finished line, so in values of any type and in tracebacks too.

    What a visitor can set off at will fills no disk: no traceback of a request that was refused,
    no entry longer than LONGEST characters.
    """

    def format(self, record: logging.LogRecord) -> str:
        said = hide(super().format(record))
        return said if len(said) <= LONGEST else f"{said[: LONGEST // 2]} … {said[-LONGEST // 2 :]}"

    def formatException(self, ei: Any) -> str:
        return "" if issubclass(ei[0], SuspiciousOperation) else super().formatException(ei)


class KeepReferrers:
    """A secret address is told to no other site, whatever its page links to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if hide(request.path) != request.path:
            # Not `no-referrer`: browsers then send no origin either, and forms would be refused.
            response.headers.setdefault("Referrer-Policy", "same-origin")
            response.headers.setdefault("Cache-Control", "no-store")
        return response
