"""What the people screens read."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from ..models import Invitation, Office, RoleAssignment, User

FORMER_SHOWN = 50


def people_of(office: Office, day: dt.date) -> list[tuple[User, list[RoleAssignment]]]:
    """Everyone with a role in force or to come, by name, with these roles (one query)."""
    roles = (
        RoleAssignment.objects.filter(office=office)
        .filter(Q(ends_on=None) | Q(ends_on__gte=day))
        .select_related("user")
        .order_by("user__name", "user_id", "starts_on", "pk")
    )
    found: dict[User, list[RoleAssignment]] = {}
    for role in roles:
        found.setdefault(role.user, []).append(role)
    return list(found.items())


def former_roles(office: Office, day: dt.date) -> QuerySet[RoleAssignment]:
    """The newest of the roles that have ended."""
    ended = RoleAssignment.objects.filter(office=office, ends_on__lt=day)
    return ended.select_related("user").order_by("-ends_on", "-pk")[:FORMER_SHOWN]


def roles_from_above(office: Office, day: dt.date) -> QuerySet[RoleAssignment]:
    """Roles of a higher office that hold in this one too."""
    above = Q(office__children=office) | Q(office__children__children=office)
    return (
        RoleAssignment.objects.in_force(day)
        .filter(above, covers_below=True, user__is_active=True)
        .select_related("user", "office")
    )


def open_invitations(office: Office) -> QuerySet[Invitation]:
    """Invitations nobody has answered yet."""
    return office.invitations.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )


def say_day(day: dt.date) -> str:
    return date_format(day, "j F Y")
