"""What of the agenda waits for somebody, on the dashboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zona.backstage.backoffice.todos import Todo, Urgency, register_todo
from zona.offices.models import Office, User

from ..models import FollowUp, Participation
from ..policies.events import may_plan

MOST = 3


def _unseen(office: Office, now: dt.datetime) -> QuerySet[Participation]:
    return Participation.objects.filter(
        office=office,
        is_host=False,
        seen_at=None,
        event__cancelled_at=None,
        event__ends_at__gte=now,
    )


@register_todo(when=_unseen)
def new_from_above(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """Events that KPU RI or KPU Provinsi put into the calendar and nobody has opened."""
    if not may_plan(user, office):
        return
    rows = _unseen(office, now).select_related("event__office")
    for row in rows.order_by("event__starts_at")[:MOST]:
        day = row.event.starts_at.astimezone(office.tz)
        yield Todo(
            _("New on the agenda, from %(office)s") % {"office": row.event.office.short_name},
            f"{row.event.title} · {date_format(day, 'l, j F Y')}",
            reverse("agenda_staff:event", args=[row.pk]),
            Urgency.SOON,
            day.date(),
        )


def _agreed(office: Office, now: dt.datetime) -> QuerySet[FollowUp]:
    today = now.astimezone(office.tz).date()
    return FollowUp.objects.filter(office=office, done_at=None, due_on__lte=today)


@register_todo(when=_agreed)
def late_follow_ups(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """What was agreed at an event and should be done by today."""
    if not may_plan(user, office):
        return
    today = now.astimezone(office.tz).date()
    entry = Participation.objects.filter(event=OuterRef("event"), office=OuterRef("office"))
    rows = _agreed(office, now).annotate(entry=Subquery(entry.values("pk")[:1]))
    rows = rows.exclude(entry=None).select_related("event", "person")
    for row in rows.order_by("due_on")[:MOST]:
        who = f"{row.person} · " if row.person else ""
        yield Todo(
            row.text,
            who + _("agreed at “%(event)s”") % {"event": row.event.title},
            reverse("agenda_staff:event", args=[row.entry]),
            Urgency.LATE if row.due_on < today else Urgency.SOON,
            row.due_on,
        )
