"""Letters: the answer to a reporter, and the week in review to an office's editors."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zona.ground.mail.letters import Letter, render
from zona.ground.mail.rules import is_letter_due
from zona.ground.mail.sending import mail_leaves, send_marked
from zona.offices.models import Office, Role, RoleAssignment
from zona.offices.policies import today
from zona.offices.queries.offices import open_offices

from . import rules
from .models import Feedback, WeeklyLetter
from .queries import look_back

READERS = (Role.EDITOR, Role.COORDINATOR, Role.CHAIR)


def make_answer(feedback: Feedback) -> Letter:
    """One answer, in the language of the page on which the report was written."""
    office = feedback.office
    with translation.override(feedback.language):
        context = {
            "feedback": feedback,
            "office": office,
            "page_url": settings.BASE_URL + feedback.page_url,
            "days": rules.retention_days("reporter_email", timezone.localdate()),
        }
        return render(
            "feedback/letters/answer",
            context,
            to=feedback.email,
            subject=_("Answer to your report on “%(page)s”") % {"page": feedback.page_title},
            reply_to=office.email,
        )


def send_weekly_letters(now: dt.datetime | None = None) -> int:
    """To every office where it is Monday, 07.30, and there is something to say."""
    now, sent = now or timezone.now(), 0
    if not mail_leaves():
        return 0
    for office in open_offices():
        local = now.astimezone(office.tz)
        last = WeeklyLetter.objects.filter(office=office).order_by("-week").first()
        if is_letter_due(local, last.week if last else None):
            sent += send_weekly_letter(office, now)
    return sent


def send_weekly_letter(office: Office, now: dt.datetime) -> int:
    """One office's letter; 1 when it was sent. Marked first: rather none than the same twice."""
    week = look_back(office, now)
    held = RoleAssignment.objects.in_force(today()).filter(
        office=office, role__in=READERS, user__is_active=True
    )
    addresses = sorted(set(held.values_list("user__email", flat=True)))
    with transaction.atomic():
        row, is_new = WeeklyLetter.objects.get_or_create(
            office=office,
            week=now.astimezone(office.tz).date(),
            defaults={"recipients": 0 if week.is_empty else len(addresses)},
        )
    if not is_new or week.is_empty or not addresses:
        return 0
    with translation.override("id"):
        context = {
            "week": week,
            "office": office,
            "from_day": week.since.astimezone(office.tz).date(),
            "to_day": now.astimezone(office.tz).date() - dt.timedelta(days=1),
            "list_url": settings.BASE_URL + reverse("feedback_staff:list", args=[office.code]),
            "base_url": settings.BASE_URL,
        }
        subject = _("What readers said this week: %(office)s") % {"office": office.short_name}
        template = "feedback/letters/weekly"
        letters = (render(template, context, to=to, subject=subject) for to in addresses)
        return send_marked(row, letters, template)
