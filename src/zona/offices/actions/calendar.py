"""What changes the times of an office and the calendar of the country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from zona.ground.journal.actions import record

from .. import policies, rules, signals
from ..models import ClosedDay, ElectionStage, Holiday, Office, ServiceHours, User


@transaction.atomic
def save_hours(*, actor: User, office: Office, hours: rules.WeekHours) -> None:
    """Make the office's week exactly these hours; a weekday that is absent is closed."""
    _require_administrator(actor, office)
    Office.objects.select_for_update().get(pk=office.pk)  # one writer of a week at a time
    rows = {row.weekday: row for row in ServiceHours.objects.filter(office=office)}
    changes: dict[str, list[Any]] = {}
    for weekday in range(7):
        row, wanted = rows.get(weekday), hours.get(weekday)
        old = _hours_of(row) if row else None
        if old == wanted:
            continue
        changes[f"day_{weekday}"] = [_say(old), _say(wanted)]
        if wanted is None:
            rows[weekday].delete()
            continue
        ServiceHours.objects.update_or_create(
            office=office,
            weekday=weekday,
            defaults={
                "opens": wanted.opens,
                "closes": wanted.closes,
                "break_starts": wanted.break_starts,
                "break_ends": wanted.break_ends,
            },
        )
    if changes:
        _tell_office(actor, "offices.save_hours", office, office, changes)


@transaction.atomic
def add_closed_day(
    *, actor: User, office: Office, starts_on: dt.date, ends_on: dt.date, reason: str
) -> ClosedDay:
    """Close the office on these days (both included). ValidationError for days out of order."""
    _require_administrator(actor, office)
    closed = ClosedDay(office=office, starts_on=starts_on, ends_on=ends_on, reason=reason.strip())
    closed.full_clean()
    closed.save()
    _tell_office(actor, "offices.add_closed_day", office, closed, _made(closed))
    return closed


@transaction.atomic
def remove_closed_day(*, actor: User, closed: ClosedDay) -> None:
    """Take back a closing of the office."""
    _require_administrator(actor, closed.office)
    _tell_office(actor, "offices.remove_closed_day", closed.office, closed, _unmade(closed))
    closed.delete()


@transaction.atomic
def save_holiday(*, actor: User, date: dt.date, name: str, kind: str, decree: str) -> Holiday:
    """Put a row over one date of the national calendar, or change the one that is there."""
    _require_national(actor)
    holiday = Holiday.objects.select_for_update().filter(date=date).first() or Holiday(date=date)
    _save_national(
        actor,
        "offices.save_holiday",
        holiday,
        {"name": name.strip(), "kind": kind, "decree": decree.strip()},
    )
    return holiday


@transaction.atomic
def remove_holiday(*, actor: User, holiday: Holiday) -> None:
    """Take the row away: what the library knows of the date holds again."""
    _remove_national(actor, "offices.remove_holiday", holiday)


@transaction.atomic
def save_stage(*, actor: User, stage: ElectionStage | None = None, **values: Any) -> ElectionStage:
    """Make an election stage or change one. ValidationError with the fields at fault."""
    _require_national(actor)
    _save_national(actor, "offices.save_stage", stage := stage or ElectionStage(), values)
    return stage


@transaction.atomic
def remove_stage(*, actor: User, stage: ElectionStage) -> None:
    """Take an election stage away."""
    _remove_national(actor, "offices.remove_stage", stage)


def _require_administrator(actor: User, office: Office) -> None:
    if not policies.may_administer(actor, office):
        raise PermissionDenied


def _require_national(actor: User) -> None:
    if not policies.may_edit_national(actor):
        raise PermissionDenied


def _save_national(
    actor: User, verb: str, row: Holiday | ElectionStage, values: Mapping[str, Any]
) -> None:
    before = _facts(type(row).objects.get(pk=row.pk)) if row.pk else {}
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    changes = {
        name: [before.get(name), value]
        for name, value in _facts(row).items()
        if before.get(name) != value
    }
    if changes:
        record(actor=actor, verb=verb, target=row, changes=changes)
        _tell_calendar(row)


def _remove_national(actor: User, verb: str, row: Holiday | ElectionStage) -> None:
    _require_national(actor)
    record(actor=actor, verb=verb, target=row, changes=_unmade(row))
    row.delete()
    _tell_calendar(row)


def _tell_office(
    actor: User, verb: str, office: Office, target: models.Model, changes: dict[str, list[Any]]
) -> None:
    record(actor=actor, verb=verb, target=target, office_code=office.code, changes=changes)
    signals.office_changed.send(sender=Office, office=office)


def _tell_calendar(row: models.Model) -> None:
    signals.calendar_changed.send(sender=type(row))


def _facts(row: models.Model) -> dict[str, str]:
    """The row's own fields as plain values."""
    fields = [
        field for field in row._meta.fields if not field.primary_key and not field.is_relation
    ]
    return {field.name: str(getattr(row, field.name)) for field in fields}


def _made(row: models.Model) -> dict[str, list[Any]]:
    return {name: [None, value] for name, value in _facts(row).items()}


def _unmade(row: models.Model) -> dict[str, list[Any]]:
    return {name: [value, None] for name, value in _facts(row).items()}


def _hours_of(row: ServiceHours) -> rules.DayHours:
    return rules.DayHours(row.opens, row.closes, row.break_starts, row.break_ends)


def _say(day: rules.DayHours | None) -> str | None:
    if day is None:
        return None
    return ", ".join(f"{opens:%H.%M}–{closes:%H.%M}" for opens, closes in day.periods)
