"""Coverage in Wagtail's screens: styles, the way from an item to its events, the menu."""

from __future__ import annotations

from collections.abc import Iterator

from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from zona.bakohumas.newsroom.policies_coverage import WRITERS, may_write
from zona.offices.models import User
from zona.offices.policies import Actor, works_somewhere
from zona.offices.wagtail_hooks import OwnMenuItem
from zona.website.showcase.kinds import KINDS
from zona.website.showcase.models import BasePage


@hooks.register("insert_global_admin_css")
def add_writing_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/writing.css"))


@hooks.register("register_page_header_buttons")
def offer_events(
    page: BasePage, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.kind in KINDS and page.office_id and may_write(user, page.office):
        yield Button(
            _("Events"),
            reverse("newsroom:item_events", args=[page.pk]),
            icon_name="calendar-alt",
            priority=14,
        )


def writes_somewhere(actor: Actor) -> bool:
    return works_somewhere(actor, *WRITERS)


@hooks.register("register_admin_menu_item")
def register_duties() -> MenuItem:
    return OwnMenuItem(
        _("My duties"),
        reverse_lazy("newsroom:own_tasks"),
        writes_somewhere,
        name="own-duties",
        icon_name="list-ul",
        order=120,
    )
