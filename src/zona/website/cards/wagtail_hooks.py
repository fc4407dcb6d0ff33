"""The cards' place in the back office."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from zona.offices.models import User
from zona.website.site.models import BasePage
from zona.website.site.policies import may_edit


@hooks.register("register_page_header_buttons")
def offer_cards(
    page: BasePage, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.office_id and may_edit(user, page):
        yield Button(
            _("Social media cards"),
            reverse("cards_staff:cards", args=[page.pk]),
            icon_name="image",
            priority=14,
        )
