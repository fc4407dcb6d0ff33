"""Where the screens of writing lead to in other parts of the back office."""

from __future__ import annotations

from django.urls import reverse

from zona.bakohumas.agenda.staff.places import tasks_url
from zona.bakohumas.channels.policies import may_share
from zona.offices.models import User
from zona.website.site.models import BasePage


def share_url(actor: User, page: BasePage) -> str:
    """Where a published item goes out and what went where; "" for those who do not share."""
    if not may_share(actor, page.office):
        return ""
    return reverse("channels_staff:share", args=[page.office.code, page.pk])


def after_publication(actor: User, page: BasePage) -> str:
    """Where to go on once an item is public."""
    return share_url(actor, page) or tasks_url(page.office)


def ask_url(page: BasePage) -> str:
    """Where approval of an item is asked for."""
    return reverse("newsroom_staff:ask", args=[page.pk])
