"""Who covers events: those who may add pages to the office's website."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from zona.backstage.rights.grants import CAPABILITY, READER
from zona.offices.models import Office, Role, RoleAssignment, User
from zona.offices.policies import today
from zona.website.site.models import BasePage
from zona.website.site.staff.desk import desk_of

from ..models import Assignment, Participation

WRITERS = [role for role, capability in CAPABILITY.items() if capability != READER]


def may_write(actor: User, office: Office) -> bool:
    """Whether the actor covers the events of the office."""
    return desk_of(actor, office).may_add


def check_may_write(actor: User, office: Office) -> None:
    """Raises PermissionDenied for those who do not cover the office's events."""
    if not may_write(actor, office):
        raise PermissionDenied


def writers_of(office: Office) -> QuerySet[User]:
    """The people who can be given a duty in the office."""
    roles: list[Role] = WRITERS
    held = RoleAssignment.objects.in_force(today()).filter(office=office, role__in=roles)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True)


def get_participation_for(actor: User, participation_id: int) -> Participation:
    """The office's part in an event, for those who cover it; for others there is none."""
    rows = Participation.objects.select_related("event__kind", "event__office", "office")
    participation = rows.filter(pk=participation_id, office__is_open=True).first()
    if participation is None or not may_write(actor, participation.office):
        raise Http404
    return participation


def get_assignment_for(actor: User, assignment_id: int) -> Assignment:
    rows = Assignment.objects.select_related("participation__event__kind", "office", "person")
    assignment = rows.filter(pk=assignment_id).first()
    if assignment is None or not may_write(actor, assignment.office):
        raise Http404
    return assignment


def get_item_for(actor: User, page_id: int) -> BasePage:
    """An item of an office whose events the actor covers."""
    page = BasePage.objects.select_related("office").filter(pk=page_id, depth__gt=1).first()
    if page is None or page.office is None or not may_write(actor, page.office):
        raise Http404
    return page
