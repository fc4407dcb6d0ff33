"""The website's place in the back office: dashboard, checklist, reviews, rubrics, styles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.rich_text import RichText
from wagtail.signals import init_new_page

from zona.backstage.backoffice.wagtail_hooks import StaffMenuItem
from zona.offices.models import User

from ..models import BasePage
from ..policies import may_edit
from . import cautions  # noqa: F401  registers its warnings
from .dashboard import Dashboard
from .duties import ASKED, prefill
from .viewsets import MandatoryPageViewSet, RubricViewSet


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [RubricViewSet(), MandatoryPageViewSet()]


@hooks.register("construct_homepage_panels", order=-10)
def put_dashboard(request: HttpRequest, panels: list[Component]) -> None:
    """Ours instead of Wagtail's, which tell what happened rather than what to do."""
    panels[:] = [row for row in panels if not type(row).__module__.startswith("wagtail.")]
    panels.append(Dashboard())


@hooks.register("register_admin_menu_item")
def register_checklist() -> MenuItem:
    return StaffMenuItem(
        _("Mandatory pages"),
        reverse_lazy("site_staff:own_duties"),
        name="mandatory-pages",
        icon_name="clipboard-list",
        order=150,
    )


@hooks.register("register_page_header_buttons")
def offer_review(
    page: BasePage, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.live and page.review_days and page.office_id and may_edit(user, page):
        yield Button(
            _("Review the page"),
            reverse("site_staff:review", args=[page.pk]),
            icon_name="check",
            priority=12,
        )


@hooks.register("before_create_page")
def note_asked_duty(request: HttpRequest, parent: BasePage, page_class: type[BasePage]) -> None:
    """Wagtail tells `prepare_new_page` of the parent alone, so the wish travels on it."""
    if request.method == "GET":
        parent.asked_duty = request.GET.get(ASKED, "")


def prepare_new_page(page: BasePage, parent: BasePage, **kwargs: Any) -> None:
    """Show in the empty form what will hold: class and interval of the kind, and of the duty.

    A body begins with an empty text, so that one can simply start to write.
    """
    page.settle()
    if hasattr(page, "body"):
        page.body = [("paragraph", RichText(""))]
    if code := getattr(parent, "asked_duty", ""):
        prefill(page, code)


init_new_page.connect(prepare_new_page, dispatch_uid="site.prepare_new_page")
