"""What holds for every screen of the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem

from zona.ground.house import rooms
from zona.offices.policies import has_place


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """The screens of all rooms, under /kantor/."""
    modules = [room.staff_urls for room in rooms().values() if room.staff_urls]
    return [path("", include(module)) for module in modules]


class StaffMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_place(request.user)


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("backoffice/office.css"),
        static("journal/timeline.css"),
    )


@hooks.register("insert_global_admin_js")
def add_starter() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("backoffice/start.js"))


@hooks.register("construct_homepage_summary_items", order=1000)
def drop_summary(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Totals of the whole installation concern nobody in an office."""
    if not request.user.is_superuser:
        items.clear()


@hooks.register("construct_help_menu")
def drop_foreign_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's news and guide are English pages of others; the list of keys stays."""
    menu_items[:] = [row for row in menu_items if row.name == "keyboard-shortcuts-trigger"]


@hooks.register("register_admin_menu_item")
def register_guides() -> MenuItem:
    return StaffMenuItem(
        _("Guides"),
        reverse_lazy("backoffice:guides"),
        name="guides",
        icon_name="help",
        order=900,
    )
