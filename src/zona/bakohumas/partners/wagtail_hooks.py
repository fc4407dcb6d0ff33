"""The room's place in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from zona.offices.policies import works_somewhere
from zona.offices.wagtail_hooks import OwnMenuItem


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("partners/office.css"))


@hooks.register("register_admin_menu_item")
def register_item() -> MenuItem:
    return OwnMenuItem(
        _("Partners"),
        reverse_lazy("partners:own"),
        works_somewhere,
        name="partners",
        icon_name="group",
        order=145,
    )
