"""Which items tell of which events, early or late, and why an event has none."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.offices.models import User
from zona.website.site.models import BasePage

from ..models import Assignment, Coverage, EventKind, NoCoverage, Participation
from ..policies.coverage import check_may_write
from ..queries.coverage import day_of
from ..signals import risk_may_fall
from .duties import UNFINISHED, begin_text, ensure_default_duties, settle_duties
from .events import add_event

State = Assignment.State


@transaction.atomic
def link_item(*, actor: User, participation: Participation, page: BasePage) -> Coverage:
    """Note that an item tells of an event; what is published settles the duties at once.

    Raises PermissionDenied where item and calendar are not of one office the actor writes for.
    """
    check_may_write(actor, participation.office)
    if page.office_id != participation.office_id:
        raise PermissionDenied
    link, is_new = Coverage.objects.get_or_create(
        participation=participation, page_id=page.pk, defaults={"linked_by": actor}
    )
    if not is_new:
        return link
    if page.live:
        settle_duties(page)
    elif page.kind == "article":
        begin_text(actor=actor, participation=participation)
    _tell(actor, "item_linked", participation, page=[None, page.pk])
    return link


@transaction.atomic
def unlink_item(*, actor: User, participation: Participation, page: BasePage) -> None:
    """Take the link back; nothing happens to the item, and its risk does not fall.

    Whoever loosens an item from a grave event would else be rid of the second pair of eyes.
    """
    check_may_write(actor, participation.office)
    risk_may_fall.send(BasePage, page=page)
    gone, _rows = Coverage.objects.filter(participation=participation, page_id=page.pk).delete()
    if gone:
        _tell(actor, "item_unlinked", participation, page=[page.pk, None])


@transaction.atomic
def event_from_item(*, actor: User, page: BasePage, kind: EventKind) -> Participation:
    """Story first: put what the item tells of into the agenda afterwards, and link the two.

    The hour is a guess, nine o'clock by the office's clock, and can be mended in the entry.
    Raises PermissionDenied for strangers, ValidationError for an item whose day lies ahead.
    """
    office, day = page.office, day_of(page)
    check_may_write(actor, office)
    starts = dt.datetime.combine(day, dt.time(9), tzinfo=office.tz)
    if starts > timezone.now():
        raise ValidationError(_("The day of the item lies ahead; write the event in the agenda."))
    article = page.specific
    event = add_event(
        actor=actor,
        office=office,
        facts={
            "kind": kind,
            "title": (page.draft_title or page.title)[:160],
            "starts_at": starts,
            "ends_at": starts + dt.timedelta(hours=2),
            "place": getattr(article, "place", ""),
            "people": getattr(article, "people", ""),
        },
    )
    participation = event.participations.select_related("office").get(office=office)
    link_item(actor=actor, participation=participation, page=page)
    return participation


@transaction.atomic
def except_event(
    *, actor: User, participation: Participation, reason: str, note: str = ""
) -> Participation:
    """Say why the office publishes nothing of an event; its open duties are dropped.

    Raises ValidationError without a reason, or where something is published already.
    """
    check_may_write(actor, participation.office)
    if reason not in NoCoverage.values:
        raise ValidationError(_("Choose the reason."))
    if participation.coverages.filter(page__live=True).exists():
        raise ValidationError(_("An item on this event is published already."))
    before = participation.exception
    participation.exception, participation.exception_note = reason, note.strip()
    participation.excepted_by = actor
    participation.save(update_fields=["exception", "exception_note", "excepted_by"])
    participation.assignments.filter(state__in=UNFINISHED).update(
        state=State.DROPPED, finished_at=timezone.now()
    )
    _tell(actor, "event_excepted", participation, exception=[before, reason])
    return participation


@transaction.atomic
def undo_exception(*, actor: User, participation: Participation) -> Participation:
    """The office covers the event after all: what was dropped is to be done again."""
    check_may_write(actor, participation.office)
    before = participation.exception
    if not before:
        return participation
    participation.exception, participation.exception_note = "", ""
    participation.excepted_by = None
    participation.save(update_fields=["exception", "exception_note", "excepted_by"])
    _reopen(participation)
    _tell(actor, "exception_undone", participation, exception=[before, ""])
    return participation


def _reopen(participation: Participation) -> None:
    duties = participation.assignments.all()
    standing = set(duties.exclude(state=State.DROPPED).values_list("form", flat=True))
    for duty in duties.filter(state=State.DROPPED).order_by("-finished_at", "-pk"):
        if duty.form not in standing:
            standing.add(duty.form)
            duty.state, duty.finished_at = State.OPEN, None
            duty.save(update_fields=["state", "finished_at"])
    ensure_default_duties(participation)


def _tell(actor: User, verb: str, participation: Participation, **changes: list[object]) -> None:
    record(
        actor=actor,
        verb=f"agenda.{verb}",
        target=participation,
        office_code=participation.office.code,
        changes=changes,
    )
