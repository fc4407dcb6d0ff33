"""The room's place in the back office."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from zona.offices.wagtail_hooks import OwnMenuItem

from . import policies
from .staff.chooser import RecordingChooserViewSet, recording_chooser


@hooks.register("register_admin_viewset")
def register_chooser() -> RecordingChooserViewSet:
    return recording_chooser


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return OwnMenuItem(
        _("Recordings"),
        reverse_lazy("media_staff:recordings"),
        policies.may_record,
        name="recordings",
        icon_name="media",
        order=350,
    )
