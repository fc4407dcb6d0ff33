"""An office with a host name of its own is shown there alone: its path elsewhere leads to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import get_script_prefix
from wagtail import hooks
from wagtail.models import Site

from ..models import BasePage
from .frame import home_above


@hooks.register("before_serve_page")
def lead_to_own_host(
    page: BasePage, request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponsePermanentRedirect | None:
    office = page.office
    if office is None or not office.host or request.get_host().split(":")[0] == office.host:
        return None
    home, site = home_above(page), Site.find_for_request(request)
    if home is None or site is None or site.root_page_id == home.pk:
        return None
    prefix = home.url_path[len(site.root_page.url_path) - 1 :]
    query = request.META.get("QUERY_STRING", "")
    tail = request.path_info[len(prefix) :] + (f"?{query}" if query else "")
    scheme = "https" if settings.IS_HTTPS else "http"
    # Not get_url: the home also lies below the site asked, and would be given a path there.
    return HttpResponsePermanentRedirect(f"{scheme}://{office.host}{get_script_prefix()}{tail}")
