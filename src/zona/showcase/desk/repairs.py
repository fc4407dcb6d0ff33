"""What Wagtail 8.0 gets wrong with a page model of one's own (WAGTAIL_PAGE_MODEL)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.views import chooser

WRITTEN_OUT = "wagtailcore.page"
"""What the text editor's script asks for when a link is made, whatever the page model is called."""


def understand_link_dialog() -> None:
    """Let the dialog for links open: without this it is a 404, for a model that does not exist."""
    for view in (chooser.BrowseView, chooser.SearchView):
        _heal(view)


def _heal(view: type[Any]) -> None:
    get = view.get

    def get_with_real_model(
        self: Any, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if request.GET.get("page_type") == WRITTEN_OUT:
            query = request.GET.copy()
            query["page_type"] = chooser.base_page_type_string
            request.GET = query  # type: ignore[assignment]
        answer: HttpResponseBase = get(self, request, *args, **kwargs)
        return answer

    view.get = get_with_real_model
