"""Who may: the same rule as a question (`may_…`) and as a queryset (`…_offices`, `offices_where`).

A role holds in its own office; with `covers_below` also in the offices below it. The level above
sees what lies below without that. Days are counted in the installation's time zone for everyone, so
that a role begins at one moment whichever screen asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from .models import Level, Office, Role, RoleAssignment, User

Actor: TypeAlias = User | AnonymousUser


class Held(NamedTuple):
    """One role in force."""

    role: Role
    office_id: int
    level: Level
    is_open: bool  # whether this installation serves the office
    covers_below: bool

    def lies_above(self, office: Office) -> bool:
        """Whether the office is one of those under the one where the role is held (3 levels)."""
        if self.level == Level.NATIONAL:
            return office.level != Level.NATIONAL
        return self.level == Level.PROVINCE and office.parent_id == self.office_id


ABOVE = (Level.NATIONAL, Level.PROVINCE)  # those with offices below
Memory: TypeAlias = dict[tuple[int | None, dt.date], tuple[Held, ...]]

_memory: ContextVar[Memory | None] = ContextVar("roles_held", default=None)


@contextmanager
def remember_roles() -> Iterator[None]:
    """Ask for a person's roles once within the block: one request asks dozens of policies."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


@receiver([post_save, post_delete], sender=RoleAssignment)
def forget_roles(**_: object) -> None:
    memory = _memory.get()
    if memory is not None:
        memory.clear()


def today() -> dt.date:
    """The day by which roles are in force."""
    return timezone.localdate()


def _held(actor: Actor, day: dt.date | None = None) -> tuple[Held, ...]:
    """The actor's roles in force; none for those who may not sign in."""
    if not actor.is_authenticated or not actor.is_active:
        return ()
    day = day or today()
    memory = _memory.get()
    if memory is not None and (actor.pk, day) in memory:
        return memory[actor.pk, day]
    columns = ("role", "office_id", "office__level", "office__is_open", "covers_below")
    rows = RoleAssignment.objects.in_force(day).filter(user_id=actor.pk).values_list(*columns)
    held = tuple(
        Held(Role(role), office, Level(level), is_open, below)
        for role, office, level, is_open, below in rows
    )
    if memory is not None:
        memory[actor.pk, day] = held
    return held


def _held_as(actor: Actor, roles: Collection[Role]) -> list[Held]:
    """The actor's roles among some; any, when none is named."""
    return [row for row in _held(actor) if not roles or row.role in roles]


def _is_superuser(actor: Actor) -> bool:
    return actor.is_authenticated and actor.is_active and actor.is_superuser


def leads_others(actor: Actor) -> bool:
    """Whether offices lie below one in which the actor holds a role."""
    return _is_superuser(actor) or any(row.level in ABOVE for row in _held(actor))


def _below(held: Collection[Held]) -> Q:
    """The offices under those of the given roles, themselves left out."""
    above = {row.office_id for row in held if row.level in ABOVE}
    return Q(parent__in=above) | Q(parent__parent__in=above)


def _offices(held: Collection[Held], above: Collection[Held]) -> QuerySet[Office]:
    """The offices of some roles, and those that lie under others of them."""
    own = Office.objects.filter(Q(pk__in={row.office_id for row in held}) | _below(above))
    return own if held else Office.objects.none()


def roles_of(actor: Actor, office: Office, day: dt.date | None = None) -> set[Role]:
    """The roles the actor holds in the office on a day (today), those from above included."""
    return {
        row.role
        for row in _held(actor, day)
        if row.office_id == office.pk or (row.covers_below and row.lies_above(office))
    }


def holds(actor: Actor, office: Office, *roles: Role) -> bool:
    """Whether the actor holds one of the roles in the office; the same rule as `offices_where`."""
    return _is_superuser(actor) or not roles_of(actor, office).isdisjoint(roles)


def offices_where(actor: Actor, *roles: Role) -> QuerySet[Office]:
    """The offices in which the actor holds one of the roles (any, when none is named) today."""
    if _is_superuser(actor):
        return Office.objects.all()
    held = _held_as(actor, roles)
    return _offices(held, [row for row in held if row.covers_below])


def works_somewhere(actor: Actor, *roles: Role) -> bool:
    """Whether there is such an office that this installation serves; mostly without a query."""
    if not _is_superuser(actor) and any(row.is_open for row in _held_as(actor, roles)):
        return True
    return offices_where(actor, *roles).filter(is_open=True).exists()


def visible_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose staff screens the actor may read: own ones and all that lie below."""
    if _is_superuser(actor):
        return Office.objects.all()
    held = _held(actor)
    return _offices(held, held)


def reads_somewhere(actor: Actor) -> bool:
    """Whether there is such an office that this installation serves; mostly without a query."""
    return works_somewhere(actor) or visible_offices(actor).filter(is_open=True).exists()


def administered_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose people, data and calendar the actor administers."""
    return offices_where(actor, Role.OFFICE_ADMIN)


def may_administer(actor: Actor, office: Office) -> bool:
    """Whether the actor administers this office; the same rule as `administered_offices`."""
    return holds(actor, office, Role.OFFICE_ADMIN)


def may_edit_national(actor: Actor) -> bool:
    """Whether the actor edits what holds for the whole country: holidays, election stages."""
    return _is_superuser(actor) or any(
        row.role is Role.OFFICE_ADMIN and row.level == Level.NATIONAL for row in _held(actor)
    )


def may_cover_below(actor: Actor) -> bool:
    """Whether the actor may give a role that holds for the offices below too."""
    return may_edit_national(actor)


def is_administrator(actor: Actor) -> bool:
    """Whether the actor administers anything; such people need a second factor."""
    return _is_superuser(actor) or bool(_held_as(actor, {Role.OFFICE_ADMIN}))


def has_place(actor: Actor) -> bool:
    """Whether the back office has anything for the actor."""
    return _is_superuser(actor) or bool(_held(actor))


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
