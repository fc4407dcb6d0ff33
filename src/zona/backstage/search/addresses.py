"""Where an entry is reached from here: the index keeps paths on the installation's own host."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from wagtail.models import Site


def make_linker(request: HttpRequest) -> Callable[[str], str]:
    """A function from paths of the index to addresses on the host asked; one query a request."""
    site = Site.find_for_request(request)
    main = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    prefix = "/"
    if site and main and site.pk != main.pk:
        prefix = site.root_page.url_path[len(main.root_page.url_path) - 1 :]

    def link(path: str) -> str:
        if path.startswith(prefix):
            return get_script_prefix() + path[len(prefix) :]
        return f"{settings.BASE_URL}{get_script_prefix()}{path[1:]}"

    return link
