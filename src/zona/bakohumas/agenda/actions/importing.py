"""Taking an agenda over from a table or another calendar; the same file again is an update."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.offices.models import Office, User

from ..exchange.rows import MOST, Row
from ..models import Event, EventKind, Participation, Visibility
from .duties import ensure_duties_for, follow_event
from .events import check_may_plan, check_times

CHUNK = 400
COPIED = (
    "title", "starts_at", "ends_at", "is_all_day", "mode", "place", "online_url", "people",
    "host", "host_name", "summary", "visibility",
)  # fmt: skip
LIMITS = {"title": 160, "place": 160, "people": 250, "host_name": 120, "summary": 1000}


@dataclass
class Outcome:
    """How many entries were added, changed, found as they are."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


@transaction.atomic
def import_events(*, actor: User, office: Office, rows: Sequence[Row], visibility: str) -> Outcome:
    """Add the good rows to the agenda, or change the entries that came with the same UID.

    visibility: of rows that do not say. Raises PermissionDenied, ValidationError.
    """
    check_may_plan(actor, office)
    good = list({row.uid: row for row in rows if row.is_good}.values())
    if len(good) > MOST:
        raise ValidationError(_("A file may hold at most 2,000 events."))
    kinds = {kind.code: kind for kind in EventKind.objects.all()}
    outcome, added = Outcome(), []
    for chunk in _chunks(good):
        there = {
            event.uid: event
            for event in Event.objects.select_related("kind", "office").filter(
                office=office, uid__in=[row.uid for row in chunk]
            )
        }
        for row in chunk:
            wanted = _facts(row, kinds, visibility)
            event = there.get(row.uid)
            if event is None:
                added.append(_new(office, actor, row, wanted))
            elif _update(event, row, wanted):
                outcome.updated += 1
            else:
                outcome.unchanged += 1
    _plant(office, added)
    outcome.added = len(added)
    record(
        actor=actor,
        verb="agenda.agenda_imported",
        office_code=office.code,
        changes={"added": [0, outcome.added], "updated": [0, outcome.updated]},
    )
    return outcome


def _chunks(rows: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def _facts(row: Row, kinds: dict[str, EventKind], visibility: str) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in COPIED}
    for name, longest in LIMITS.items():
        facts[name] = facts[name][:longest]
    if facts["visibility"] not in Visibility.values:
        facts["visibility"] = visibility
    facts["kind"] = kinds.get(row.kind) or kinds["lain"]
    return facts


def _cancel(event: Event, row: Row) -> None:
    if row.is_cancelled and not event.is_cancelled:
        event.cancelled_at = timezone.now()
        event.cancel_reason = _("Cancelled in the calendar it came from.")


def _new(office: Office, actor: User, row: Row, facts: dict[str, Any]) -> Event:
    series = uuid.uuid5(uuid.NAMESPACE_URL, f"{office.code}:{row.series}") if row.series else None
    event = Event(office=office, uid=row.uid, series=series, created_by=actor, **facts)
    check_times(event)
    _cancel(event, row)
    return event


def _update(event: Event, row: Row, facts: dict[str, Any]) -> bool:
    """Whether the entry was changed. What was set aside here stays cancelled here."""
    before = {name: getattr(event, name) for name in facts}
    if before == facts and row.is_cancelled <= event.is_cancelled:
        return False
    for name, value in facts.items():
        setattr(event, name, value)
    check_times(event)
    _cancel(event, row)
    event.save()
    follow_event(event)
    return True


def _plant(office: Office, events: list[Event]) -> None:
    """Write the new entries; duties only for what is still to come."""
    Event.objects.bulk_create(events, batch_size=CHUNK)
    rows = Participation.objects.bulk_create(
        [Participation(event=event, office=office, is_host=True) for event in events],
        batch_size=CHUNK,
    )
    yesterday = timezone.now() - dt.timedelta(days=1)
    ensure_duties_for(row for row in rows if row.event.ends_at >= yesterday)
