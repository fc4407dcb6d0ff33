"""The cards' place in the back office."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from zona.offices.models import User

from ..models import BasePage
from ..policies import may_edit
from . import office

urls = (
    [
        path("<int:page_id>/", office.show_cards, name="cards"),
        path("<int:page_id>/<str:size>.png", office.show_picture, name="picture"),
        path("<int:page_id>/unduh.zip", office.download_all, name="download"),
    ],
    "showcase_social",
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("kartu/", include(urls))]


@hooks.register("register_page_header_buttons")
def offer_cards(
    page: BasePage, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.office_id and may_edit(user, page):
        yield Button(
            _("Social media cards"),
            reverse("showcase_social:cards", args=[page.pk]),
            icon_name="image",
            priority=14,
        )
