"""What is done to the agenda: entries, the offices named to them, papers, follow-ups."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.bakohumas.partners.models import Contact
from zona.ground.journal.actions import record
from zona.offices.models import Office, User
from zona.website.site.models import BasePage

from ..models import Assignment, Event, FollowUp, Participation
from ..policies.events import may_plan, nameable_offices, people_of
from ..rules import agenda as rules
from ..signals import risk_may_fall
from .duties import ensure_default_duties, ensure_duties_for, follow_event

# What the forms and the import may say of an event.
FIELDS = (
    "kind", "title", "summary", "starts_at", "ends_at", "is_all_day", "mode", "place",
    "online_url", "people", "host", "host_name", "visibility",
)  # fmt: skip
TIMES = ("starts_at", "ends_at")


def check_may_plan(actor: User, office: Office) -> None:
    """Raises PermissionDenied for those who do not keep the agenda of the office."""
    if not may_plan(actor, office):
        raise PermissionDenied


@transaction.atomic
def add_event(
    *,
    actor: User,
    office: Office,
    facts: dict[str, Any],
    contacts: Collection[Contact] = (),
    every: str = "",
    until: dt.date | None = None,
) -> Event:
    """Add an entry, with its repeats when `every` is said; the first one is returned.

    facts: values of FIELDS. Raises PermissionDenied, ValidationError.
    """
    check_may_plan(actor, office)
    rows = _repeated(office, facts, every, until)
    for event in rows:
        check_times(event)
        event.save()
        event.contacts.set(contacts)
        part = Participation.objects.create(event=event, office=office, is_host=True)
        ensure_default_duties(part)
    _tell(actor, "event_added", rows[0], **_repeats(rows))
    return rows[0]


def _repeated(
    office: Office, facts: dict[str, Any], every: str, until: dt.date | None
) -> list[Event]:
    """The entry and its repeats, at the same time of the day by the office's clock."""
    first = facts["starts_at"].astimezone(office.tz)
    if not every:
        return [Event(office=office, **facts)]
    if until is None or until <= first.date():
        raise ValidationError({"until": _("Say until which day it is repeated.")})
    days = rules.repeats(first.date(), rules.Every(every), until)
    series = uuid.uuid4() if len(days) > 1 else None
    return [
        Event(office=office, series=series, **(facts | _moved(facts, office, day - first.date())))
        for day in days
    ]


def _moved(facts: dict[str, Any], office: Office, by: dt.timedelta) -> dict[str, Any]:
    """The times some days later, at the same time by the clock."""
    local = {name: facts[name].astimezone(office.tz) for name in TIMES}
    # Adding days to a local time keeps the clock; the three zones know no summer time anyway.
    return {name: value + by for name, value in local.items()}


def check_times(event: Event) -> None:
    """Raises ValidationError for an event that ends before it begins or lasts for months."""
    if event.ends_at < event.starts_at:
        raise ValidationError({"ends_at": _("The event ends before it begins.")})
    if event.ends_at - event.starts_at > dt.timedelta(days=62):
        raise ValidationError({"ends_at": _("An entry lasts at most two months.")})


def _following(event: Event, following: bool) -> list[Event]:
    """The event itself, or it and the later ones of its series; locked, in the order of time."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("office", "kind")
    if following and event.series:
        rows = rows.filter(series=event.series, starts_at__gte=event.starts_at)
        return list(rows.filter(office=event.office_id).order_by("starts_at", "pk"))
    return [rows.get(pk=event.pk)]


@transaction.atomic
def change_event(
    *,
    actor: User,
    event: Event,
    facts: dict[str, Any],
    contacts: Collection[Contact] | None = None,
    following: bool = False,
) -> Event:
    """Change an entry, with `following` the later ones of its series too.

    Each keeps its own distance in days; time of the day and length become those of the first.
    """
    check_may_plan(actor, event.office)
    rows = _following(event, following)
    office, first = event.office, rows[0]
    old_day = first.starts_at.astimezone(office.tz).date()
    before = {name: getattr(first, name) for name in FIELDS}
    if facts.get("kind", first.kind) != first.kind:
        for page in BasePage.objects.filter(coverages__participation__event__in=rows).distinct():
            risk_may_fall.send(BasePage, page=page)
    for row in rows:
        own_day = row.starts_at.astimezone(office.tz).date()
        wanted = facts | _moved(facts, office, own_day - old_day)
        for name in FIELDS:
            if name in wanted:
                setattr(row, name, wanted[name])
        check_times(row)
        row.save()
        follow_event(row)
        if contacts is not None:
            row.contacts.set(contacts)
    changes: dict[str, list[object]] = {
        name: [_plain(before[name]), _plain(getattr(first, name))]
        for name in FIELDS
        if _plain(before[name]) != _plain(getattr(first, name))
    }
    _tell(actor, "event_changed", first, **changes)
    return first


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)


@transaction.atomic
def cancel_event(*, actor: User, event: Event, reason: str, following: bool = False) -> Event:
    """Note that it does not take place; the entry stays. Raises ValidationError without reason."""
    check_may_plan(actor, event.office)
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": _("Write why it does not take place.")})
    rows, now = _following(event, following), timezone.now()
    for row in rows:
        row.cancelled_at, row.cancel_reason = row.cancelled_at or now, reason[:250]
        row.save()
        follow_event(row)
    _tell(actor, "event_cancelled", rows[0], reason, **_repeats(rows))
    return rows[0]


@transaction.atomic
def restore_event(*, actor: User, event: Event) -> Event:
    """Take a cancellation back: it takes place after all, with its duties."""
    check_may_plan(actor, event.office)
    row = _following(event, False)[0]
    if not row.is_cancelled:
        return row
    row.cancelled_at, row.cancel_reason = None, ""
    row.save()
    duties = Assignment.objects.filter(participation__event=row)
    kept = duties.exclude(state="dropped").values("participation_id")
    by_rule = duties.filter(given_by=None).values("participation_id")
    dropped = duties.filter(participation__in=by_rule).exclude(participation__in=kept)
    numbers = list(dropped.values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=numbers).update(state="open", finished_at=None)
    follow_event(row)
    _tell(actor, "event_restored", row)
    return row


# --- the offices that take part ---


@transaction.atomic
def name_offices(*, actor: User, event: Event, offices: Iterable[Office]) -> list[Office]:
    """Put the event into the calendars of exactly these offices below its host; the new ones.

    An office that has an item or a reason for the event keeps it. Raises ValidationError for
    offices that do not lie below.
    """
    check_may_plan(actor, event.office)
    wanted = {office.pk: office for office in offices}
    if nameable_offices(event).filter(pk__in=wanted).count() != len(wanted):
        raise ValidationError(_("Name offices below your own only."))
    guests = event.participations.filter(is_host=False)
    there = dict(guests.values_list("office_id", "office__code"))
    gone = guests.exclude(office__in=wanted).filter(exception="", coverages=None)
    gone = gone.exclude(assignments__state__in=["working", "done"])
    gone_ids = list(gone.values_list("office_id", flat=True))
    guests.filter(office__in=gone_ids).delete()
    new = [office for pk, office in wanted.items() if pk not in there]
    made = Participation.objects.bulk_create(
        [Participation(event=event, office=office) for office in new], ignore_conflicts=True
    )
    if made:
        rows = event.participations.filter(office__in=[office.pk for office in new])
        ensure_duties_for(rows.select_related("event__kind"))
    if new or gone_ids:
        now = sorted(
            [code for pk, code in there.items() if pk not in gone_ids] + [row.code for row in new]
        )
        _tell(actor, "offices_named", event, offices=[sorted(there.values()), now])
    return new


def mark_seen(participation: Participation, *, actor: User) -> None:
    """Note that somebody of the office itself opened an entry from above, once."""
    if participation.is_host or participation.seen_at is not None:
        return
    if people_of(participation.office).filter(pk=actor.pk).exists():
        rows = Participation.objects.filter(pk=participation.pk, seen_at=None)
        rows.update(seen_at=timezone.now())


# --- what was agreed ---


@transaction.atomic
def add_follow_up(
    *,
    actor: User,
    participation: Participation,
    text: str,
    due_on: dt.date,
    person: User | None = None,
) -> FollowUp:
    """Note who does what until when, in the office's own calendar."""
    office = participation.office
    check_may_plan(actor, office)
    text = " ".join(text.split())
    if not text:
        raise ValidationError({"text": _("Write what is to be done.")})
    if person is not None and not people_of(office).filter(pk=person.pk).exists():
        raise ValidationError({"person": _("This person has no role in the office.")})
    row = FollowUp.objects.create(
        event=participation.event, office=office, text=text[:250], person=person, due_on=due_on
    )
    record(
        actor=actor,
        verb="agenda.follow_up_added",
        target=participation.event,
        office_code=office.code,
        changes={"due_on": [None, due_on.isoformat()]},
    )
    return row


@transaction.atomic
def finish_follow_up(*, actor: User, follow_up: FollowUp, done: bool = True) -> FollowUp:
    """Tick what is done, or take the tick back."""
    check_may_plan(actor, follow_up.office)
    row = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if done == (row.done_at is not None):
        return row
    row.done_at, row.done_by = (timezone.now(), actor) if done else (None, None)
    row.save(update_fields=["done_at", "done_by"])
    record(
        actor=actor,
        verb="agenda.follow_up_done" if done else "agenda.follow_up_reopened",
        target=follow_up.event,
        office_code=follow_up.office.code,
    )
    return row


def _repeats(rows: Sequence[Event]) -> dict[str, list[object]]:
    """How many entries an act was about, for the journal; one alone goes without saying."""
    return {"count": [0, len(rows)]} if len(rows) > 1 else {}


def _tell(
    actor: User, verb: str, event: Event, reason: str = "", /, **changes: list[object]
) -> None:
    record(
        actor=actor,
        verb=f"agenda.{verb}",
        target=event,
        office_code=event.office.code,
        reason=reason,
        changes=changes,
    )
