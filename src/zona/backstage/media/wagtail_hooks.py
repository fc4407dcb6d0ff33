"""The room's place in the back office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from zona.offices.wagtail_hooks import OwnMenuItem

from . import policies
from .chooser import RecordingChooserViewSet, recording_chooser


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("zona.backstage.media.office_urls"))]


@hooks.register("register_admin_viewset")
def register_chooser() -> RecordingChooserViewSet:
    return recording_chooser


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return OwnMenuItem(
        _("Recordings"),
        reverse_lazy("media_office:recordings"),
        policies.may_record,
        name="recordings",
        icon_name="media",
        order=350,
    )
