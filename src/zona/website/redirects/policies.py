"""Who may: those who publish in an office keep its old addresses."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from zona.backstage.rights.grants import CAPABILITY, PUBLISHER
from zona.offices.models import Office, User
from zona.offices.policies import Actor, holds, offices_where, works_somewhere

ROLES = tuple(role for role, capability in CAPABILITY.items() if capability == PUBLISHER)


def redirecting_offices(actor: Actor) -> QuerySet[Office]:
    """The open offices whose old addresses the actor keeps."""
    return offices_where(actor, *ROLES).filter(is_open=True)


def may_redirect(actor: Actor, office: Office) -> bool:
    return office.is_open and holds(actor, office, *ROLES)


def may_redirect_anywhere(actor: Actor) -> bool:
    """Whether the menu has the entry for the actor."""
    return works_somewhere(actor, *ROLES)


def get_office_for(actor: User, code: str) -> Office:
    """The office of this code, if the actor keeps its old addresses. Raises Http404."""
    return get_object_or_404(redirecting_offices(actor), code=code)
