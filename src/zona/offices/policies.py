"""Who may: the same rule as a question (`may_…`) and as a queryset (`…_offices`, `offices_where`).

A role holds in its own office; with `covers_below` also in the offices below it. The level above
sees what lies below without that. Days are counted in the installation's time zone for everyone, so
that a role begins at one moment whichever screen asks.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Level, Office, Role, RoleAssignment, User

Actor: TypeAlias = User | AnonymousUser


def today() -> dt.date:
    """The day by which roles are in force."""
    return timezone.localdate()


def _held(actor: Actor, day: dt.date | None = None) -> QuerySet[RoleAssignment]:
    """The actor's roles in force; none for those who may not sign in."""
    if not actor.is_authenticated or not actor.is_active:
        return RoleAssignment.objects.none()
    return RoleAssignment.objects.in_force(day or today()).filter(user_id=actor.pk)


def _is_superuser(actor: Actor) -> bool:
    return actor.is_authenticated and actor.is_active and actor.is_superuser


def _below(roles: QuerySet[RoleAssignment]) -> Q:
    """The offices under those of the given roles, themselves left out (the tree has 3 levels)."""
    above = roles.values("office_id")
    return Q(parent__in=above) | Q(parent__parent__in=above)


def roles_of(actor: Actor, office: Office, day: dt.date | None = None) -> set[Role]:
    """The roles the actor holds in the office on a day (today), those from above included."""
    covering = Q(office__children=office) | Q(office__children__children=office)
    held = _held(actor, day).filter(Q(office=office) | Q(covers_below=True) & covering)
    return {Role(role) for role in held.values_list("role", flat=True)}


def offices_where(actor: Actor, *roles: Role) -> QuerySet[Office]:
    """The offices in which the actor holds one of the roles (any, when none is named) today."""
    if _is_superuser(actor):
        return Office.objects.all()
    held = _held(actor)
    if roles:
        held = held.filter(role__in=roles)
    return Office.objects.filter(
        Q(pk__in=held.values("office_id")) | _below(held.filter(covers_below=True))
    )


def visible_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose staff screens the actor may read: own ones and all that lie below."""
    if _is_superuser(actor):
        return Office.objects.all()
    held = _held(actor)
    return Office.objects.filter(Q(pk__in=held.values("office_id")) | _below(held))


def administered_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose people, data and calendar the actor administers."""
    return offices_where(actor, Role.OFFICE_ADMIN)


def may_administer(actor: Actor, office: Office) -> bool:
    """Whether the actor administers this office; the same rule as `administered_offices`."""
    return _is_superuser(actor) or Role.OFFICE_ADMIN in roles_of(actor, office)


def may_edit_national(actor: Actor) -> bool:
    """Whether the actor edits what holds for the whole country: holidays, election stages."""
    return (
        _is_superuser(actor)
        or _held(actor).filter(role=Role.OFFICE_ADMIN, office__level=Level.NATIONAL).exists()
    )


def may_cover_below(actor: Actor) -> bool:
    """Whether the actor may give a role that holds for the offices below too."""
    return may_edit_national(actor)


def is_administrator(actor: Actor) -> bool:
    """Whether the actor administers anything; such people need a second factor."""
    return _is_superuser(actor) or _held(actor).filter(role=Role.OFFICE_ADMIN).exists()


def has_place(actor: Actor) -> bool:
    """Whether the back office has anything for the actor."""
    return _is_superuser(actor) or _held(actor).exists()


def known_people(actor: Actor) -> QuerySet[User]:
    """The people whom the actor may give a role: those who hold or held one in the own offices."""
    if _is_superuser(actor):
        return User.objects.filter(is_active=True)
    own = administered_offices(actor)
    return User.objects.filter(
        pk__in=RoleAssignment.objects.filter(office__in=own).values("user_id"), is_active=True
    )


def runs_demo_only(actor: Actor) -> bool:
    """Whether nothing but sample data can be reached with the actor's administration."""
    if _is_superuser(actor):
        return not Office.objects.filter(is_open=True, is_demo=False).exists()
    return not administered_offices(actor).filter(is_demo=False).exists()
