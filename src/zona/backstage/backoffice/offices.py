"""Which office a person looks at in the back office."""

from __future__ import annotations

from zona.offices.models import Office, RoleAssignment, User
from zona.offices.policies import today, visible_offices


def own_offices(user: User) -> list[Office]:
    """The open offices in which the person holds a role; for a superuser all open ones."""
    offices = Office.objects.filter(is_open=True, abolished_on=None)
    if not user.is_superuser:
        held = RoleAssignment.objects.in_force(today()).filter(user=user)
        offices = offices.filter(pk__in=held.values("office_id"))
    return list(offices)


def choose_office(user: User, code: str, own: list[Office]) -> Office | None:
    """The office asked for if the person may see it, else the first own one, else none."""
    for office in own:
        if office.code == code:
            return office
    seen = visible_offices(user).filter(is_open=True, abolished_on=None)
    asked = seen.filter(code=code).first() if code else None
    return asked or (own[0] if own else seen.first())
