"""The room's place in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from zona.backstage.backoffice.guides import explain
from zona.offices.wagtail_hooks import OwnMenuItem

from .policies import reads_somewhere

explain("umpan-balik", "feedback_staff:")


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("feedback/office.css"))


@hooks.register("register_admin_menu_item")
def register_item() -> MenuItem:
    return OwnMenuItem(
        _("What readers say"),
        reverse_lazy("feedback_staff:own"),
        reads_somewhere,
        name="feedback",
        icon_name="comment",
        order=155,
    )
