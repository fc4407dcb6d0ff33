"""The website's place in the back office: what choosers, filters and menus offer to whom."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from zona.backstage.rights.isolation import is_open, visible_pages
from zona.offices.wagtail_hooks import OwnMenuItem

from .models import BasePage
from .staff import overview
from .staff.explorer import OfficePageViewSet

FRAME = {"directory", "home", "index"}


@hooks.register("register_admin_viewset", order=100)
def register_page_screens() -> OfficePageViewSet:
    """After Wagtail's own of the same model, which it replaces."""
    return OfficePageViewSet()


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages: QuerySet[BasePage], request: HttpRequest) -> QuerySet[BasePage]:
    return pages if request.user.is_superuser else pages & visible_pages(request.user)


@hooks.register("construct_main_menu")
@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
def drop_closed_screens(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """No entry that leads to a screen which `isolation` closes."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if _is_open(item)]


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_move_page")
def keep_the_frame(
    request: HttpRequest, page: BasePage, destination: BasePage | None = None
) -> None:
    """An office's home and news list stay where they are; only a superuser takes them away."""
    if page.kind in FRAME and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_bulk_action")
def keep_the_frame_in_bulk(
    request: HttpRequest, action_type: str, things: list[Any], action: object
) -> None:
    if action_type in {"delete", "unpublish", "move"}:
        for thing in things:
            if isinstance(thing, BasePage):
                keep_the_frame(request, thing)


def _is_open(item: MenuItem) -> bool:
    if hasattr(item, "menu"):
        return True
    try:
        name = resolve(item.url).view_name
    except Resolver404:
        return True
    return is_open(name)


@hooks.register("register_office_menu_item")
def register_overview_item() -> MenuItem:
    return OwnMenuItem(
        _("Offices below"),
        reverse_lazy("site_staff:own_offices_below"),
        overview.has_offices_below,
        name="offices-below",
        icon_name="list-ul",
        order=60,
    )


from .staff import hooks as desk_hooks  # noqa: E402, F401  registers the hooks of the own screens
