"""Letters: the answer to a reporter, and the week in review to an office's editors."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zona.mail.letters import render
from zona.mail.sending import mail_leaves, try_to_send
from zona.offices.models import Office, Role, RoleAssignment
from zona.offices.policies import today
from zona.offices.queries import open_offices

from . import rules
from .models import Feedback, WeeklyLetter
from .queries import look_back

STUCK_AFTER = dt.timedelta(minutes=10)
READERS = (Role.EDITOR, Role.COORDINATOR, Role.CHAIR)


def send_answers() -> int:
    """Send every answer that waits for it; one that fails is tried again later."""
    now, sent = timezone.now(), 0
    waiting = Feedback.objects.filter(
        Q(answer_claimed_at=None) | Q(answer_claimed_at__lt=now - STUCK_AFTER),
        state=Feedback.State.ANSWERED,
        answer_sent_at=None,
    ).exclude(email="")
    for feedback in waiting.select_related("office"):
        unchanged = Feedback.objects.filter(
            pk=feedback.pk, answer_claimed_at=feedback.answer_claimed_at
        )
        if unchanged.update(answer_claimed_at=now) and send_answer(feedback):
            Feedback.objects.filter(pk=feedback.pk).update(answer_sent_at=timezone.now())
            sent += 1
    return sent


def send_answer(feedback: Feedback) -> bool:
    """One answer, in the language of the page on which the report was written."""
    office = feedback.office
    with translation.override(feedback.language):
        context = {
            "feedback": feedback,
            "office": office,
            "page_url": settings.BASE_URL + feedback.page_url,
            "days": rules.retention_days("reporter_email", timezone.localdate()),
        }
        return _send(
            _("Answer to your report on “%(page)s”") % {"page": feedback.page_title},
            "feedback/letters/answer",
            context,
            feedback.email,
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
        if rules.is_letter_due(local, last.week if last else None):
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
        _row, is_new = WeeklyLetter.objects.get_or_create(
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
            "list_url": settings.BASE_URL + reverse("feedback_office:list", args=[office.code]),
            "base_url": settings.BASE_URL,
        }
        subject = _("What readers said this week: %(office)s") % {"office": office.short_name}
        return sum(
            _send(subject, "feedback/letters/weekly", context, address) for address in addresses
        )


def _send(subject: str, template: str, context: dict[str, Any], to: str, **options: Any) -> bool:
    return try_to_send(render(template, context, to=to, subject=subject, **options), template)
