"""The room's place in the back office."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from zona.offices.policies import has_place
from zona.offices.wagtail_hooks import OwnMenuItem


@hooks.register("register_office_menu_item")
def register_item() -> MenuItem:
    return OwnMenuItem(
        _("Subscriptions"),
        reverse_lazy("subscriptions_staff:own"),
        has_place,
        name="subscriptions",
        icon_name="mail",
        order=70,
    )
