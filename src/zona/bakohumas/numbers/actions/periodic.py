"""Periodic data: the duties as delivered, and that an office published what was due."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from zona.ground.guard.numbers import read_number
from zona.ground.journal.actions import record
from zona.offices.models import Office, User
from zona.website.site.models import BasePage

from ..models import PeriodicDuty, PeriodicFulfilment
from ..policies import check_may_note
from ..rules import freshness as rules

CATALOGUE = Path(__file__).resolve().parent.parent / "data" / "periodic_duties.json"


@lru_cache(maxsize=1)
def read_catalogue() -> tuple[dict[str, Any], ...]:
    """The duties as delivered: the columns of PeriodicDuty."""
    return tuple(json.loads(CATALOGUE.read_text(encoding="utf-8")))


@transaction.atomic
def ensure_periodic_duties(*, actor: object | str | None = None) -> int:
    """Add the duties whose code is missing and leave the others as edited; how many were added."""
    there = set(PeriodicDuty.objects.values_list("code", flat=True))
    missing = [row for row in read_catalogue() if row["code"] not in there]
    if not missing:
        return 0
    PeriodicDuty.objects.bulk_create(PeriodicDuty(**row) for row in missing)
    record(
        actor=actor,
        verb="numbers.periodic_duties_added",
        changes={"codes": [[], [row["code"] for row in missing]]},
    )
    return len(missing)


@transaction.atomic
def note_fulfilment(
    *,
    actor: User,
    office: Office,
    duty: PeriodicDuty,
    period: str,
    published_on: dt.date,
    today: dt.date,
    page: BasePage | None = None,
    url: str = "",
) -> PeriodicFulfilment:
    """Note that the data of a period was published, on a page of the office or elsewhere.

    A second note about the same period replaces the first. Raises PermissionDenied, and
    ValidationError where nothing shows the data, the day lies ahead or the period is none.
    """
    check_may_note(actor, office)
    if page is None and not url:
        raise ValidationError(_("Say where the data can be read: choose a page or give a link."))
    if page is not None and (page.office_id != office.pk or not page.live):
        raise ValidationError(_("Choose a published page of this office."))
    if published_on > today:
        raise ValidationError(_("The day of publication lies in the future."))
    if published_on < first_day(duty, period):
        raise ValidationError(_("The data of a period cannot be older than the period."))
    values = {"page": page, "url": url, "published_on": published_on, "noted_by": actor}
    noted = PeriodicFulfilment.objects.select_for_update()
    row = noted.filter(office=office, duty=duty, period=period).first()
    before = row and row.published_on.isoformat()
    row, _is_new = PeriodicFulfilment.objects.update_or_create(
        office=office, duty=duty, period=period, defaults=values
    )
    record(
        actor=actor,
        verb="numbers.data_noted",
        target=duty,
        office_code=office.code,
        changes={"period": [None, period], "published_on": [before, published_on.isoformat()]},
    )
    return row


def first_day(duty: PeriodicDuty, period: str) -> dt.date:
    """The first day of a period of the duty. Raises ValidationError when there is none such."""
    year, _sign, part = period.partition("-")
    in_year, number = read_number(year, most=9999), read_number(part.strip("QS") or "1", most=12)
    if in_year is not None and number is not None:
        month = (number - 1) * rules.MONTHS[duty.period] + 1
        if 1 <= month <= 12 and in_year > 1900:
            term = rules.term_of(duty.period, dt.date(in_year, month, 1))
            if term.name == period:
                return term.first
    raise ValidationError(_("There is no such period."))


@transaction.atomic
def withdraw_fulfilment(*, actor: User, office: Office, duty: PeriodicDuty, period: str) -> bool:
    """Take a note back; False when there was none. Raises PermissionDenied."""
    check_may_note(actor, office)
    rows = PeriodicFulfilment.objects.filter(office=office, duty=duty, period=period)
    if not rows.delete()[0]:
        return False
    record(
        actor=actor,
        verb="numbers.data_withdrawn",
        target=duty,
        office_code=office.code,
        changes={"period": [period, None]},
    )
    return True
