"""Duties of coverage: given, taken, begun, finished, dropped; and the reminders of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.offices.models import User
from zona.website.site.models import BasePage

from ..models import Assignment, Event, Form, Participation
from ..policies.coverage import check_may_write, writers_of
from ..rules import duties as rules

State = Assignment.State
UNFINISHED = (State.OPEN, State.WORKING)


def ensure_default_duties(participation: Participation) -> list[Assignment]:
    """Give an office the duties that the kind of the event asks for, where it has none yet.

    They follow from the agenda entry, whose own record tells of them.
    """
    return ensure_duties_for([participation])


def ensure_duties_for(participations: Iterable[Participation]) -> list[Assignment]:
    """The same for many offices at once; two queries and one for each list of rows."""
    rows = [row for row in participations if _asks_for_duties(row)]
    have = set(
        Assignment.objects.filter(participation__in=[row.pk for row in rows]).values_list(
            "participation_id", flat=True
        )
    )
    wanted = [
        Assignment(
            participation=row,
            office_id=row.office_id,
            form=form,
            due_at=rules.due_at(row.event.ends_at, row.event.kind.deadline_hours),
        )
        for row in rows
        if row.pk not in have
        for form in dict.fromkeys(row.event.kind.duties)
        if form in Form.values
    ]
    return Assignment.objects.bulk_create(wanted, ignore_conflicts=True)


def _asks_for_duties(participation: Participation) -> bool:
    event = participation.event
    return event.kind.publishes and not event.is_cancelled and not participation.exception


@transaction.atomic
def follow_event(event: Event) -> None:
    """After an event has moved or was cancelled: deadlines that nobody set by hand move along."""
    duties = Assignment.objects.filter(participation__event=event, state__in=UNFINISHED)
    if event.is_cancelled:
        duties.update(state=State.DROPPED, finished_at=timezone.now())
        return
    due = rules.due_at(event.ends_at, event.kind.deadline_hours)
    duties.filter(given_by=None).exclude(due_at=due).update(due_at=due, reminded_at=None)


@transaction.atomic
def assign(
    *,
    actor: User,
    participation: Participation,
    form: str,
    person: User | None,
    due: dt.datetime | None = None,
    note: str = "",
) -> Assignment:
    """Give a duty, or give the one that exists to somebody else or with another deadline.

    Raises PermissionDenied for strangers, ValidationError for a person without a duty there.
    """
    office = participation.office
    check_may_write(actor, office)
    if person is not None and not writers_of(office).filter(pk=person.pk).exists():
        raise ValidationError(_("This person does not write for the office."))
    if form not in Form.values:
        raise ValidationError(_("Choose what is to be delivered."))
    event = participation.event
    due = due or rules.due_at(event.ends_at, event.kind.deadline_hours)
    existing = participation.assignments.select_for_update().exclude(state=State.DROPPED)
    duty = existing.filter(form=form).first()
    before = (duty.person_id, duty.due_at.isoformat()) if duty else (None, None)
    duty = duty or Assignment(participation=participation, office=office, form=form)
    duty.person, duty.due_at, duty.given_by, duty.note = person, due, actor, note
    duty.reminded_at = None
    if duty.state == State.DONE:
        duty.state, duty.finished_at = State.OPEN, None
    duty.save()
    _tell(
        actor,
        "duty_assigned",
        duty,
        person=[before[0], duty.person_id],
        due_at=[before[1], due.isoformat()],
    )
    return duty


@transaction.atomic
def take(*, actor: User, duty: Assignment) -> Assignment:
    """Take a duty oneself; from a colleague too, since in a small office anyone stands in."""
    duty = _locked(actor, duty)
    before, duty.person = duty.person_id, actor
    duty.reminded_at = None
    duty.save(update_fields=["person", "reminded_at"])
    _tell(actor, "duty_taken", duty, person=[before, actor.pk])
    return duty


@transaction.atomic
def move(*, actor: User, duty: Assignment, state: str, note: str = "") -> Assignment:
    """Begin, finish, drop or reopen a duty. ValidationError when another took its place."""
    duty = _locked(actor, duty)
    before, now = duty.state, timezone.now()
    if before == state:
        return duty
    others = duty.participation.assignments.filter(form=duty.form).exclude(state=State.DROPPED)
    if before == State.DROPPED and others.exists():
        raise ValidationError(_("The duty was given anew in the meantime."))
    duty.state, duty.note = state, note or duty.note
    if state == State.WORKING:
        duty.person = duty.person or actor
        duty.started_at = duty.started_at or now
    duty.finished_at = now if state in (State.DONE, State.DROPPED) else None
    duty.save()
    _tell(actor, "duty_moved", duty, state=[str(before), str(state)])
    return duty


def begin_text(*, actor: User, participation: Participation) -> None:
    """The text of an event is being written: its duty is in work, in the writer's hands."""
    duty = participation.assignments.filter(form=Form.TEXT, state=State.OPEN).first()
    if duty is not None:
        move(actor=actor, duty=duty, state=State.WORKING)


DELIVERS = {
    "article": (Form.TEXT,),
    "announcement": (Form.TEXT,),
    "infographic": (Form.PHOTO,),
    "photo_story": (Form.PHOTO,),
    "video": (Form.VIDEO,),
    "podcast_episode": (Form.AUDIO,),
}


@transaction.atomic
def settle_duties(page: BasePage) -> int:
    """A published item has delivered what it holds, for every event that it tells of."""
    forms = {*DELIVERS.get(page.kind, ())} | ({Form.PHOTO} if page.photo_id else set())
    now = timezone.now()
    duties = Assignment.objects.filter(
        participation__coverages__page_id=page.pk, form__in=forms, state__in=UNFINISHED
    )
    keys = list(duties.values_list("pk", flat=True))
    changed = Assignment.objects.filter(pk__in=keys)
    changed.filter(started_at=None).update(started_at=now)
    return changed.update(state=State.DONE, finished_at=now)


# --- reminders ---------------------------------------------------------------------------------


def remind(now: dt.datetime) -> list[tuple[Assignment, str]]:
    """Mark the duties of which somebody is to be reminded at `now`: (duty, "soon" or "late")."""
    _add_missing(now)
    rows = Assignment.objects.filter(
        Q(reminded_at=None) | Q(reminded_at__lt=F("due_at"), due_at__lte=now),
        state__in=UNFINISHED,
        due_at__lte=now + rules.REMIND_BEFORE,
        due_at__gte=now - dt.timedelta(days=7),  # older ones stand on the dashboard
        office__is_open=True,
    ).select_related("participation__event", "office", "person")
    found = [(duty, rules.needs_reminder(now, duty.due_at, duty.reminded_at)) for duty in rows]
    found = [(duty, what) for duty, what in found if what]
    keys = [duty.pk for duty, _what in found]
    Assignment.objects.filter(pk__in=keys).update(reminded_at=now)
    return found


def _add_missing(now: dt.datetime) -> None:
    """Duties for calendars filled in bulk: such rows send no signal."""
    bare = Participation.objects.filter(
        event__ends_at__gte=now - dt.timedelta(days=1),
        event__kind__publishes=True,
        event__cancelled_at=None,
        exception="",
        assignments=None,
        office__is_open=True,
    ).exclude(event__kind__duties=[])
    ensure_duties_for(bare.select_related("event__kind")[:1000])


def _locked(actor: User, duty: Assignment) -> Assignment:
    check_may_write(actor, duty.office)
    rows = Assignment.objects.select_for_update(of=("self",))
    return rows.select_related("participation__event", "office").get(pk=duty.pk)


def _tell(actor: User, verb: str, duty: Assignment, **changes: list[object]) -> None:
    record(
        actor=actor,
        verb=f"agenda.{verb}",
        target=duty,
        office_code=duty.office.code,
        changes=changes,
    )
