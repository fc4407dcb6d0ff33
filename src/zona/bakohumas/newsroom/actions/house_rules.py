"""How an office works: its newsroom's settings, and who decides for whom while away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from zona.bakohumas.agenda.policies.events import people_of
from zona.bakohumas.checker.models import CheckerSettings
from zona.ground.journal.actions import record
from zona.offices.models import Office, User
from zona.offices.policies import may_administer

from ..models import Deputy, NewsroomSettings
from ..policies.approval import may_name_deputy

OF_APPROVAL = ("approval_low", "approval_medium", "approval_high", "weekly_target")
OF_TEXTS = ("blocking_rules", "dateline", "title_length")


@transaction.atomic
def save_settings(*, actor: User, office: Office, values: Mapping[str, Any]) -> None:
    """Change how the office works. Raises PermissionDenied, ValidationError for bad values."""
    if not may_administer(actor, office):
        raise PermissionDenied
    changes = {
        **_write(NewsroomSettings, office, OF_APPROVAL, values),
        **_write(CheckerSettings, office, OF_TEXTS, values),
    }
    if changes:
        record(
            actor=actor,
            verb="newsroom.settings_changed",
            target=office,
            office_code=office.code,
            changes=changes,
        )


def _write(
    model: type[NewsroomSettings] | type[CheckerSettings],
    office: Office,
    names: tuple[str, ...],
    values: Mapping[str, Any],
) -> dict[str, list[object]]:
    """Save what of the names is said, in a row that is there afterwards; what changed."""
    row: Any = model.objects.select_for_update().filter(office=office).first()
    row = row or model(office=office)
    said = {name: values[name] for name in names if name in values}
    changes = {
        name: [getattr(row, name), value]
        for name, value in said.items()
        if getattr(row, name) != value
    }
    for name, value in said.items():
        setattr(row, name, value)
    row.full_clean(exclude=["office"])
    row.save()
    return changes


@transaction.atomic
def name_deputy(
    *,
    actor: User,
    office: Office,
    person: User,
    deputy: User,
    starts_on: dt.date,
    ends_on: dt.date,
) -> Deputy:
    """Somebody decides for a person who is away, from a day until and including another."""
    if not may_name_deputy(actor, office, person):
        raise PermissionDenied
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first day.")})
    if person.pk == deputy.pk:
        raise ValidationError({"deputy": _("Choose another person than the one who is away.")})
    if people_of(office).filter(pk__in=[person.pk, deputy.pk]).count() < 2:
        raise PermissionDenied
    row = Deputy.objects.create(
        office=office, person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on
    )
    record(
        actor=actor,
        verb="newsroom.deputy_named",
        target=deputy,
        office_code=office.code,
        changes={
            "person": [None, str(person)],
            "starts_on": [None, starts_on.isoformat()],
            "ends_on": [None, ends_on.isoformat()],
        },
    )
    return row


@transaction.atomic
def dismiss_deputy(*, actor: User, row: Deputy) -> None:
    """The person is back, or it was a mistake."""
    if not may_name_deputy(actor, row.office, row.person):
        raise PermissionDenied
    record(
        actor=actor,
        verb="newsroom.deputy_dismissed",
        target=row.deputy,
        office_code=row.office.code,
        changes={"person": [str(row.person), None]},
    )
    row.delete()
