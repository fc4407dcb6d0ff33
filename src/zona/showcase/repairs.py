"""What Wagtail 8.0 gets wrong with a page model of one's own (WAGTAIL_PAGE_MODEL)."""

from __future__ import annotations

from django.db.models import Model
from wagtail.admin.views import chooser

WRITTEN_OUT = "wagtailcore.page"
"""What the text editor's script asks for when a link is made, whatever the page model is called."""


def understand_link_dialog() -> None:
    """Let the dialog for links open: without this it is a 404, for a model that does not exist."""
    ask = chooser.page_models_from_string

    def page_models_from_string(text: str) -> tuple[type[Model], ...]:
        models: tuple[type[Model], ...] = ask(
            chooser.base_page_type_string if text == WRITTEN_OUT else text
        )
        return models

    chooser.page_models_from_string = page_models_from_string
