"""Who may read what readers say, and who may answer: the rule as a question and as a queryset."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zona.backstage.rights.grants import CAPABILITY, PUBLISHER
from zona.offices.models import Office, Role, RoleAssignment
from zona.offices.policies import (
    Actor,
    holds,
    offices_where,
    today,
    visible_offices,
    works_somewhere,
)

from .models import Feedback

PUBLISHING = tuple(role for role, capability in CAPABILITY.items() if capability == PUBLISHER)


def answering_offices(actor: Actor) -> QuerySet[Office]:
    """The offices for which the actor answers readers: those who publish there."""
    return offices_where(actor, *PUBLISHING).filter(is_open=True)


def may_answer(actor: Actor, office: Office) -> bool:
    return office.is_open and holds(actor, office, *PUBLISHING)


def readable_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose feedback the actor reads: where they publish or direct, and those below."""
    held = RoleAssignment.objects.in_force(today()).filter(user_id=actor.pk or 0)
    own = held.values("office_id")
    leading = offices_where(actor, *PUBLISHING, Role.DIRECTOR).values("pk")
    below = visible_offices(actor).exclude(pk__in=own).values("pk")
    return Office.objects.filter(Q(pk__in=leading) | Q(pk__in=below), is_open=True)


def reads_somewhere(actor: Actor) -> bool:
    """Whether the menu has the entry for the actor; mostly without a query."""
    return works_somewhere(actor, *PUBLISHING, Role.DIRECTOR) or readable_offices(actor).exists()


def may_read(actor: Actor, office: Office) -> bool:
    return readable_offices(actor).filter(pk=office.pk).exists()


def readable_feedback(actor: Actor) -> QuerySet[Feedback]:
    return Feedback.objects.filter(office__in=readable_offices(actor).values("pk"))
