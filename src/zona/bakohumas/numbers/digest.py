"""The week in numbers: a letter on Monday to an office's staff and to its Sekretaris."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zona.ground.mail.letters import render
from zona.ground.mail.rules import is_letter_due
from zona.ground.mail.sending import mail_leaves, send_marked
from zona.offices.models import Office, Role, RoleAssignment
from zona.offices.policies import today
from zona.offices.queries.offices import open_offices

from .mending import Mend, list_mends, say_term
from .models import NumbersLetter
from .queries.coverage import Measures, measure
from .queries.freshness import Standing, history_of, standing_of

READERS = (Role.CHAIR, Role.COORDINATOR, Role.EDITOR, Role.REPORTER)
AT_MOST = 5
DATA_AHEAD = dt.timedelta(days=14)


@dataclass(frozen=True)
class Week:
    """What the letter tells of one office."""

    standing: Standing
    measures: Measures  # of the last seven days
    before: Decimal | None  # the score a week ago
    mends: list[Mend]

    @property
    def is_empty(self) -> bool:
        return self.standing.score.value is None and not self.measures.events

    @property
    def minutes(self) -> int:
        return sum(mend.minutes for mend in self.mends)

    @property
    def change(self) -> Decimal | None:
        """Points since a week ago; None while one of both is not known."""
        value = self.standing.score.value
        return None if value is None or self.before is None else value - self.before

    @property
    def data(self) -> list[str]:
        """Periodic data that falls due in the coming two weeks."""
        day = self.standing.today
        return [
            f"{row.duty.title}, {say_term(row)}"
            for row in self.standing.data
            if row.fulfilment is None and day <= row.due <= day + DATA_AHEAD
        ]


def look_back(office: Office, now: dt.datetime) -> Week:
    """The numbers of an office at the end of a week."""
    standing = standing_of(office, now)
    older = [
        value
        for day, value in history_of(office, standing.today, days=14)
        if day <= standing.today - dt.timedelta(days=6)
    ]
    mends = [mend for mend in list_mends(standing) if mend.is_mendable][:AT_MOST]
    return Week(standing, measure(office, now, 7), older[-1] if older else None, mends)


def send_letters(now: dt.datetime | None = None) -> int:
    """To every office where it is Monday, 07.30, and there is something to say; how many."""
    now, sent = now or timezone.now(), 0
    if not mail_leaves():
        return 0
    for office in open_offices():
        local = now.astimezone(office.tz)
        last = NumbersLetter.objects.filter(office=office).order_by("-week").first()
        if is_letter_due(local, last.week if last else None):
            sent += send_letter(office, now)
    return sent


def send_letter(office: Office, now: dt.datetime) -> int:
    """One office's letter. Marked first: rather none than the same twice."""
    with translation.override("id"):
        week = look_back(office, now)
        held = RoleAssignment.objects.in_force(today()).filter(
            office=office, role__in=READERS, user__is_active=True
        )
        addresses = sorted(set(held.values_list("user__email", flat=True)))
        with transaction.atomic():
            row, is_new = NumbersLetter.objects.get_or_create(
                office=office,
                week=now.astimezone(office.tz).date(),
                defaults={"recipients": 0 if week.is_empty else len(addresses)},
            )
        if not is_new or week.is_empty or not addresses:
            return 0
        context = {
            "week": week,
            "office": office,
            "base_url": settings.BASE_URL,
            "score": week.standing.score.value,
            "untold": week.measures.untold[:AT_MOST],
            "told": len(week.measures.events) - len(week.measures.untold),
            "freshness_url": settings.BASE_URL + reverse("numbers:freshness", args=[office.code]),
            "coverage_url": settings.BASE_URL + reverse("numbers:coverage", args=[office.code]),
        }
        subject = _("The week in numbers: %(office)s") % {"office": office.short_name}
        template = "numbers/letters/numbers"
        letters = (render(template, context, to=to, subject=subject) for to in addresses)
        return send_marked(row, letters, template)
