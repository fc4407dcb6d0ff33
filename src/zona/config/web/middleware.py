"""What every answer carries, and the English interface under /en/."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponseBase]
HEALTH_PATH = "/-/sehat/"
BACK_OFFICE = "/kantor/"


class HealthMiddleware:
    """Answers the health path before host names, sessions or the database are looked at."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == HEALTH_PATH:
            return HttpResponse("sehat\n", content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class HeadersMiddleware:
    """Headers that Django has no setting for, and the back office's wider content policy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", settings.CROSS_ORIGIN_RESOURCE_POLICY
        )
        if request.path_info.startswith(BACK_OFFICE):
            response.headers.setdefault("Cache-Control", "private, no-store")
            # Wagtail's editor writes styles into the page; its scripts in the page are replaced
            # (backoffice/workshop/repairs.py). Only signed-in staff ever see these addresses.
            response._csp_update = {  # type: ignore[attr-defined]
                "style-src": ["'unsafe-inline'"],
                "img-src": ["blob:"],
            }
        return response


class LanguageMiddleware:
    """Indonesian, unless the address starts with /en/.

    The language is part of the address, not of a cookie: it can be shared and cached, and an
    anonymous visitor carries nothing. The prefix becomes the script prefix, so that every
    address made while answering keeps the language.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/en/"):
            with translation.override("id"):
                request.LANGUAGE_CODE = "id"
                return self.get_response(request)
        before = get_script_prefix()
        request.path_info = request.path_info[3:]
        set_script_prefix("/en/")
        try:
            with translation.override("en"):
                request.LANGUAGE_CODE = "en"
                return self.get_response(request)
        finally:
            set_script_prefix(before)
