"""What the contacts put on the dashboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zona.backstage.backoffice.todos import Todo, Urgency, register_todo
from zona.offices.models import Office, User

from ..policies import may_keep
from ..queries import to_verify


@register_todo(when=lambda office, now: to_verify(office, now.astimezone(office.tz).date()))
def press_list_to_verify(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """Entries of the press list that nobody verified for half a year, as one thing to do."""
    count = to_verify(office, now.astimezone(office.tz).date()).count()
    if count and may_keep(user, office):
        detail = ngettext(
            "%(count)s entry was not verified for half a year.",
            "%(count)s entries were not verified for half a year.",
            count,
        )
        yield Todo(
            _("Verify the press list"),
            detail % {"count": count},
            reverse("partners:list", args=[office.code]) + "?jenis=media",
            Urgency.CALM,
        )
