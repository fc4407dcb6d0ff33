"""The room's place in the back office."""

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

from zona.backstage.backoffice.guides import explain
from zona.offices.models import User
from zona.offices.policies import reads_somewhere
from zona.offices.wagtail_hooks import OwnMenuItem
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage

from .policies import may_share

explain("kanal", "channels_staff:")


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("channels/office.css"))


@hooks.register("register_admin_menu_item")
def register_item() -> MenuItem:
    return OwnMenuItem(
        _("Channels"),
        reverse_lazy("channels_staff:own"),
        reads_somewhere,
        name="channels",
        icon_name="link-external",
        order=140,
    )


@hooks.register("register_page_header_buttons")
def offer_sharing(
    page: BasePage, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.live and page.kind in KINDS and page.office_id and may_share(user, page.office):
        yield Button(
            _("Share"),
            reverse("channels_staff:share", args=[page.office.code, page.pk]),
            icon_name="link-external",
            priority=11,
        )
