"""Where the screens of writing lead to in other parts of the back office."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from zona.offices.models import Office
from zona.showcase.models import BasePage

from ..models import Participation


def event_url(participation: Participation) -> str:
    """The event in the office's calendar."""
    return reverse("newsroom:event", args=[participation.pk])


def tasks_url(office: Office) -> str:
    return reverse("newsroom:tasks", args=[office.code])


def share_url(page: BasePage) -> str:
    """Where a published item goes out and what went where."""
    return _first(("channels:share", [page.pk])) or tasks_url(page.office)


def ask_url(page: BasePage) -> str:
    """Where approval of an item is asked for."""
    return _first(("newsroom:ask", [page.pk])) or tasks_url(page.office)


def _first(*names: tuple[str, list[object]]) -> str:
    for name, arguments in names:
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return ""
