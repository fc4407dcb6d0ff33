"""Decides in Django whether an answer may be shown to others. Deny by default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from . import rules

SLOT = "zona.slot"  # where the front leaves a Slot in the environ
REVALIDATE = "public, max-age=0, must-revalidate"


@dataclass
class Slot:
    """What the front is told about the answer to one request."""

    refusal: str = "not asked"  # why it must not be kept; "" when it may
    is_public: bool = False  # the same for everyone who asks with the same query
    office: int | None = None  # whose changes end it; None: anybody's
    page: int | None = None  # the page that a reader reads with it


class KeepMiddleware:
    """Outermost but for the health path, so that it sees the answer as it leaves.

    It decides with and without the front, so that tests see the same verdict; `verdict` is also
    left on the response for them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        slot = request.META.get(SLOT) or Slot()
        if request.method not in ("GET", "HEAD"):
            return response
        slot.refusal = self._judge(request, response)
        slot.is_public = slot.refusal in ("", "query")
        slot.office = office_shown(request)
        slot.page = page_read(request, response)
        if slot.is_public:
            # Browsers ask again each time and get a 304 of a few bytes: what was published or
            # taken down a second ago is seen at once. No cache on the way may keep it unasked.
            response.headers.setdefault("Cache-Control", REVALIDATE)
        response._zona_slot = slot  # type: ignore[attr-defined]
        return response

    def _judge(self, request: HttpRequest, response: HttpResponseBase) -> str:
        if response.streaming:
            return "stream"
        headers = {name.lower(): value for name, value in response.items()}
        if response.cookies:
            headers["set-cookie"] = "1"
        size = len(getattr(response, "content", b""))
        refusal = rules.why_not_kept(response.status_code, headers, size, touched(request))
        return refusal or ("query" if request.META.get("QUERY_STRING") else "")


def touched(request: HttpRequest) -> str:
    """What of the visitor was brought along or looked at; "" when nothing was."""
    meta = request.META
    if rules.is_personal(meta.get("PATH_INFO", "")):
        return "address"
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "HTTP_AUTHORIZATION" in meta:
        return "signed in"
    session = getattr(request, "session", None)
    if session is not None and (session.accessed or session.modified):
        return "session"
    if hasattr(request, "_cached_user") or hasattr(request, "_acached_user"):
        return "user"
    if "CSRF_COOKIE" in meta or meta.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return "csrf"
    messages: Any = getattr(request, "_messages", None)
    if messages is not None and (messages.used or messages.added_new):
        return "messages"
    return ""


def page_read(request: HttpRequest, response: HttpResponseBase) -> int | None:
    """The page that this answer shows to a reader; feeds, files and errors show none."""
    if response.status_code != 200 or not response.get("Content-Type", "").startswith("text/html"):
        return None
    route = getattr(request, "_wagtail_route_for_request", None)
    return route[0].pk if route else None


def office_shown(request: HttpRequest) -> int | None:
    """The office of the page that was asked for.

    Its pages show rows of their office and rows of nobody's, never those of another office; a
    test holds them to it. Everything else depends on any change.
    """
    route = getattr(request, "_wagtail_route_for_request", None)
    page = route[0] if route else None
    return getattr(page, "office_id", None)
