"""Who reads the numbers of an office, and who notes that its periodic data was published."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from zona.offices.models import Office, User
from zona.offices.policies import Actor, visible_offices
from zona.website.site.staff.desk import desk_of


def measured_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose numbers the actor reads: own ones and all that lie below."""
    return visible_offices(actor).filter(is_open=True, abolished_on=None)


def get_office_for(actor: Actor, code: str) -> Office:
    """The office whose numbers the actor reads; for others there is none. Raises Http404."""
    office = measured_offices(actor).select_related("parent").filter(code=code).first()
    if office is None:
        raise Http404
    return office


def may_note(actor: User, office: Office) -> bool:
    """Whether the actor says what the office has published."""
    return desk_of(actor, office).may_publish


def check_may_note(actor: User, office: Office) -> None:
    """Raises PermissionDenied for those who do not publish in the office."""
    if not may_note(actor, office):
        raise PermissionDenied
