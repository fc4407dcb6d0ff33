"""Where the screens of writing lead to in other parts of the back office."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from zona.channels.policies import may_share
from zona.offices.models import Office, User
from zona.showcase.models import BasePage

from ..models import Participation


def event_url(participation: Participation) -> str:
    """The event in the office's calendar."""
    return reverse("newsroom:event", args=[participation.pk])


def tasks_url(office: Office) -> str:
    return reverse("newsroom:tasks", args=[office.code])


def after_publication(actor: User, page: BasePage) -> str:
    """Where a published item goes out and what went where, for those who share."""
    if may_share(actor, page.office):
        return reverse("channels:share", args=[page.office.code, page.pk])
    return tasks_url(page.office)


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
