"""What waits for an answer, on the dashboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zona.backstage.backoffice.todos import Todo, Urgency, register_todo
from zona.offices.models import Office, User

from ..policies import may_answer, may_read
from ..queries import late_reports, stranded_answers, waiting_reports


@register_todo(when=waiting_reports)
def reports_to_answer(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """Reports of mistakes that have waited more than two working days."""
    late = late_reports(office, now)
    if not late or not may_read(user, office):
        return
    first = late[0]
    since = first.created_at.astimezone(office.tz).date()
    more = len(late) - 1
    detail = _("A reader reported it on %(date)s.") % {"date": date_format(since, "j F Y")}
    if more:
        also = ngettext("%(count)s more report waits.", "%(count)s more reports wait.", more) % {
            "count": more
        }
        detail = f"{detail} {also}"
    yield Todo(
        _("Answer the report on “%(page)s”") % {"page": first.page_title},
        detail,
        reverse("feedback_staff:show", args=[office.code, first.pk]),
        Urgency.LATE,
        since,
    )


@register_todo(when=stranded_answers)
def answers_that_did_not_arrive(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """Answers that were refused or given up, or of which nobody knows; one after the other."""
    first = stranded_answers(office, now).select_related("feedback").first()
    if first is None or not may_answer(user, office):
        return
    yield Todo(
        _("See to the answer on “%(page)s”") % {"page": first.feedback.page_title},
        _("The letter to the reader did not arrive, or perhaps not."),
        reverse("feedback_staff:show", args=[office.code, first.feedback_id]),
        Urgency.SOON,
        first.due_at.astimezone(office.tz).date(),
    )
