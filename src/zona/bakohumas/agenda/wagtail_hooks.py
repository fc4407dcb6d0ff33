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
from zona.offices.policies import Actor, reads_somewhere, works_somewhere
from zona.offices.wagtail_hooks import OwnMenuItem
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage

from .policies.coverage import WRITERS, may_write

explain(
    "papan-pekan",
    "agenda_staff:own_agenda",
    "agenda_staff:agenda",
    "agenda_staff:event",
    "agenda_staff:import",
)
explain("kegiatan", "agenda_staff:own_tasks", "agenda_staff:tasks")


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("agenda/agenda.css"))


@hooks.register("register_admin_menu_item")
def register_agenda() -> MenuItem:
    return OwnMenuItem(
        _("Agenda"),
        reverse_lazy("agenda_staff:own_agenda"),
        reads_somewhere,
        name="agenda",
        icon_name="calendar-alt",
        order=110,
    )


@hooks.register("register_page_header_buttons")
def offer_events(
    page: BasePage, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.kind in KINDS and page.office_id and may_write(user, page.office):
        yield Button(
            _("Events"),
            reverse("agenda_staff:item_events", args=[page.pk]),
            icon_name="calendar-alt",
            priority=14,
        )


def writes_somewhere(actor: Actor) -> bool:
    return works_somewhere(actor, *WRITERS)


@hooks.register("register_admin_menu_item")
def register_duties() -> MenuItem:
    return OwnMenuItem(
        _("My duties"),
        reverse_lazy("agenda_staff:own_tasks"),
        writes_somewhere,
        name="own-duties",
        icon_name="list-ul",
        order=120,
    )
