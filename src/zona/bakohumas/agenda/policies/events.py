"""Who may plan and who may read: the rule as a question and as a queryset.

An event stands in the calendars of the offices that take part. Whoever reads the calendar of one
of them reads the event, the internal ones too; nobody else does.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from zona.offices.models import Office, Role, RoleAssignment, User
from zona.offices.policies import Actor, holds, offices_where, today, visible_offices

from ..models import Event, EventDocument, FollowUp, Participation

# Everyone with a duty in the office but the director, who reads along.
PLANNERS = tuple(role for role in Role if role is not Role.DIRECTOR)


def agenda_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose agenda the actor reads: own ones and all that lie below."""
    return visible_offices(actor).filter(is_open=True)


def planned_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose agenda the actor keeps."""
    return offices_where(actor, *PLANNERS).filter(is_open=True)


def may_plan(actor: Actor, office: Office) -> bool:
    return office.is_open and holds(actor, office, *PLANNERS)


def visible_events(actor: Actor) -> QuerySet[Event]:
    """The events in the calendars that the actor reads."""
    taking_part = Participation.objects.filter(
        event=OuterRef("pk"), office__in=agenda_offices(actor).values("pk")
    )
    return Event.objects.filter(Exists(taking_part))


def get_calendar_for(actor: Actor, code: str) -> Office:
    """The office whose agenda the actor reads; for others there is none."""
    office = agenda_offices(actor).select_related("parent").filter(code=code).first()
    if office is None:
        raise Http404
    return office


def get_planned_for(actor: Actor, code: str) -> Office:
    """The office whose agenda the actor keeps. Raises Http404, or PermissionDenied for readers."""
    office = get_calendar_for(actor, code)
    if not may_plan(actor, office):
        raise PermissionDenied
    return office


def get_entry_for(actor: Actor, participation_id: int) -> Participation:
    """One event as it stands in the calendar of an office that the actor reads. Raises Http404."""
    entry = (
        Participation.objects.filter(
            office__in=agenda_offices(actor).values("pk"), pk=participation_id
        )
        .select_related("event__kind", "event__office", "event__created_by", "office__parent")
        .first()
    )
    if entry is None:
        raise Http404
    return entry


def get_document_for(
    actor: Actor, participation_id: int, document_id: int
) -> tuple[Participation, EventDocument]:
    """A paper of an event, for those who read the event. Raises Http404."""
    entry = get_entry_for(actor, participation_id)
    document = EventDocument.objects.filter(event=entry.event_id, pk=document_id).first()
    if document is None:
        raise Http404
    return entry, document


def get_follow_up_for(
    actor: Actor, participation_id: int, follow_up_id: int
) -> tuple[Participation, FollowUp]:
    """What is to be done after an event, in the office's own calendar. Raises Http404."""
    entry = get_entry_for(actor, participation_id)
    rows = FollowUp.objects.filter(event=entry.event_id, office=entry.office_id)
    found = rows.select_related("office", "event").filter(pk=follow_up_id).first()
    if found is None:
        raise Http404
    return entry, found


def visible_follow_ups(entry: Participation) -> QuerySet[FollowUp]:
    """What the office itself has to do after an event; the host sees what all have to do."""
    rows = FollowUp.objects.filter(event=entry.event_id).select_related("person", "office")
    return rows if entry.is_host else rows.filter(office=entry.office_id)


def people_of(office: Office) -> QuerySet[User]:
    """The people who hold a role in the office and can be given something to do."""
    held = RoleAssignment.objects.in_force(today()).filter(office=office)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True)


def nameable_offices(event: Event) -> QuerySet[Office]:
    """The open offices below the host, whose calendars its agenda may flow into."""
    office = event.office_id
    below = Q(parent=office) | Q(parent__parent=office)
    return Office.objects.filter(below, is_open=True, abolished_on=None)
