"""Duties of coverage on the dashboard: one's own, and the office's late ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zona.backstage.backoffice.todos import Todo, Urgency, register_todo
from zona.bakohumas.agenda.models import Assignment, Form
from zona.bakohumas.agenda.queries.coverage import duties_of, items_alone, suggestions_for
from zona.bakohumas.agenda.rules.duties import LONG_LATE
from zona.offices.models import Office, User
from zona.website.site.staff.desk import desk_of

AHEAD = dt.timedelta(days=2)
AT_MOST = 5  # the list of duties shows all


def _due(office: Office, now: dt.datetime) -> QuerySet[Assignment]:
    return duties_of(office).filter(due_at__gte=now - LONG_LATE, due_at__lte=now + AHEAD)


@register_todo(when=_due)
def duties_of_coverage(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """What the person owes soon; what is late in the office, to those who see all of its work."""
    desk = desk_of(user, office)
    if desk.is_reader and not user.is_superuser:
        return
    shown = 0
    rows = _due(office, now).order_by("-due_at", "pk")[: AT_MOST * 8]
    for duty in sorted(rows, key=lambda row: row.person_id != user.pk):  # own ones and fresh ones
        is_own = duty.person_id == user.pk
        is_late = duty.due_at < now
        if shown < AT_MOST and (is_own or duty.person_id is None or (is_late and desk.sees_all)):
            shown += 1
            yield _say(duty, office, is_own=is_own, is_late=is_late)


def _say(duty: Assignment, office: Office, *, is_own: bool, is_late: bool) -> Todo:
    words = {
        "what": duty.get_form_display(),
        "event": duty.participation.event.title,
        "person": duty.person,
        "until": date_format(duty.due_at.astimezone(office.tz), "l, j F, H.i") + f" {office.zone}",
    }
    until = _("Was due %(until)s.") if is_late else _("Until %(until)s.")
    whose = "" if is_own else _("%(person)s has it.") if duty.person else _("Nobody has it yet.")
    if duty.form == Form.TEXT:
        title, url = _("Write on “%(event)s”"), _write_url(duty)
    else:
        title, url = _("%(what)s of “%(event)s”"), reverse("agenda_staff:tasks", args=[office.code])
    return Todo(
        title % words,
        f"{until % words} {whose % words}".strip(),
        url,
        Urgency.LATE if is_late else Urgency.SOON,
        duty.due_at.astimezone(office.tz).date(),
    )


def _write_url(duty: Assignment) -> str:
    return reverse("newsroom_staff:write", args=[duty.participation_id])


@register_todo(when=items_alone)
def items_without_event(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """Published items that tell of no event, where one is likely."""
    if not desk_of(user, office).may_publish:
        return
    for found in suggestions_for(office, now)[:2]:
        yield Todo(
            _("Link “%(item)s” to its event") % {"item": found.page.title},
            _("It probably tells of “%(event)s”.") % {"event": found.participation.event.title},
            reverse("agenda_staff:item_events", args=[found.page.pk]),
            Urgency.CALM,
            None,
        )
