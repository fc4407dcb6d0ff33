"""Old addresses lead on; addresses that nobody can answer are noted."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase

from . import queries, rules
from .models import Redirect
from .notes import notes

NOT_PAGES = (
    "/kantor/", "/akun/", "/static/", "/media/", "/dokumen/", "/-/", "/rekaman/",
    "/tinjau/",  # the address is a secret, one mistyped is nearly one
)  # fmt: skip
KEPT_BY_BROWSERS = 3600  # seconds: without a limit a mistake could never be taken back


class RedirectMiddleware:
    """Looks only when a GET found nothing, or asks the home for a page by number (`/?p=12`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        query = request.META.get("QUERY_STRING", "")
        if query and _asks_home(request.path_info, query):
            place = queries.locate(request)
            if place and rules.names_page_in_query(place.path, query):
                found = queries.find_redirect(place, query, by_query_only=True)
                if found and (target := target_of(found, request)):
                    return _lead_on(found, target)
        response = self.get_response(request)
        if response.status_code != 404 or request.path_info.startswith(NOT_PAGES):
            return response
        return self._answer_missing(request, query) or response

    def _answer_missing(self, request: HttpRequest, query: str) -> HttpResponseBase | None:
        if "\0" in request.path_info:
            return None
        place = queries.locate(request)
        if place is None:
            return None
        found = queries.find_redirect(place, query)
        if found and (target := target_of(found, request)):
            return _lead_on(found, target)
        if request.method == "GET":
            notes.note_missing(place.office_id, place.path, request.headers.get("referer", ""))
        return None


def _asks_home(path: str, query: str) -> bool:
    """Cheap, before any query: at most two steps (the home of an office) and a telling name."""
    return path.count("/") <= 4 and bool(rules.clean_query(query, rules.TELLING))


def target_of(found: Redirect, request: HttpRequest) -> str:
    """Where it leads; "" when that is not public or is the very address asked."""
    if found.page is None:
        target = found.url
    else:
        target = (found.page.get_url(request) or "") if found.page.live else ""
        target = f"{target}{found.route}" if target else ""
    return "" if target in (request.path, request.get_full_path()) else target


def _lead_on(found: Redirect, target: str) -> HttpResponseBase:
    notes.note_hit(found.pk)
    kind = HttpResponsePermanentRedirect if found.permanent else HttpResponseRedirect
    response = kind(target)
    response["Cache-Control"] = f"public, max-age={KEPT_BY_BROWSERS if found.permanent else 0}"
    return response
