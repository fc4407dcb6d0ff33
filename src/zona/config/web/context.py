"""What every page has, those without a page in the tree (errors, sign-in) too."""

from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.functional import SimpleLazyObject

from zona.website.site.pages.frame import language_links


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Inputs of ui/base.html; pages of an office say them anew with more."""
    return {
        "home_url": get_script_prefix(),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
    }
