"""The room's place in the back office."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from . import policies


class OwnMenuItem(MenuItem):
    """A menu item that stands only for those a policy admits."""

    def __init__(
        self,
        label: str | Promise,
        url: str | Promise,
        admits: Callable[[policies.Actor], bool],
        **options: object,
    ) -> None:
        super().__init__(label, url, **options)
        self.admits = admits

    def is_shown(self, request: HttpRequest) -> bool:
        # Asked twice for each item of a page; a policy's answer holds for the request.
        answers = request.__dict__.setdefault("offices_admits", {})
        if self.admits not in answers:
            answers[self.admits] = self.admits(request.user)
        return bool(answers[self.admits])


office_menu = Menu(register_hook_name="register_office_menu_item")


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return SubmenuMenuItem(_("Office"), office_menu, name="office", icon_name="home", order=600)


@hooks.register("register_office_menu_item")
def register_office() -> MenuItem:
    return OwnMenuItem(
        _("Particulars"),
        reverse_lazy("offices:own_office"),
        policies.is_administrator,
        name="office-particulars",
        icon_name="home",
        order=10,
    )


@hooks.register("register_office_menu_item")
def register_hours() -> MenuItem:
    return OwnMenuItem(
        _("Service hours"),
        reverse_lazy("offices:own_hours"),
        policies.is_administrator,
        name="office-hours",
        icon_name="time",
        order=20,
    )


@hooks.register("register_office_menu_item")
def register_holidays() -> MenuItem:
    return OwnMenuItem(
        _("Holidays"),
        reverse_lazy("offices:holidays"),
        policies.has_place,
        name="office-holidays",
        icon_name="calendar-alt",
        order=40,
    )


@hooks.register("register_office_menu_item")
def register_stages() -> MenuItem:
    return OwnMenuItem(
        _("Election stages"),
        reverse_lazy("offices:stages"),
        policies.has_place,
        name="office-stages",
        icon_name="list-ol",
        order=50,
    )


@hooks.register("register_office_menu_item")
def register_people() -> MenuItem:
    return OwnMenuItem(
        _("People and roles"),
        reverse_lazy("offices:own_people"),
        policies.has_place,
        name="office-people",
        icon_name="group",
        order=30,
    )
