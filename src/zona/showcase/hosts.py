"""An office with a host name of its own is shown there alone: its path elsewhere leads to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponsePermanentRedirect
from wagtail import hooks
from wagtail.models import Site

from .frame import home_above
from .models import BasePage


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
    return HttpResponsePermanentRedirect(f"{home.get_url(request)}{tail}")
