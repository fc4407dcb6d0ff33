"""What Wagtail 8.0 does in ways that cannot stay.

With a page model of one's own (WAGTAIL_PAGE_MODEL) its dialog for links is a 404; its choosers
write scripts into the page, which would force the content policy open for everything.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.views import chooser
from wagtail.admin.widgets import BaseChooser

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


def start_choosers_from_outside() -> None:
    """Let choosers be made by site/start.js from data, without a script in the page."""
    BaseChooser.render = _render_chooser


def _render_chooser(
    self: Any, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    key = (attrs or {})["id"]
    data = self.get_value_data(value)
    return format_html(
        '{}<span hidden data-start="{}" data-arguments="{}"></span>',
        self.render_html(name, data, attrs),
        self.js_constructor,
        json.dumps([key, self.get_js_init_options(key, name, data)]),
    )
