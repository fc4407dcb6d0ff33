"""The secret address under which a person's calendar fetches the agenda of an office.

Its seal depends on the person's password, so a new password ends all addresses given out.
"""

from __future__ import annotations

from django.utils.crypto import constant_time_compare

from zona.ground.guard.numbers import read_number
from zona.ground.sealing.keys import fingerprint
from zona.offices.models import Office, User

from ..policies.events import agenda_offices


def token_for(person: User, office: Office) -> str:
    """What stands in the address: person, office, seal."""
    return f"{person.pk}-{office.code}-{_seal(person, office.code)}"


def _seal(person: User, code: str) -> str:
    return fingerprint("newsroom.calendars", str(person.pk), code, person.password)[:40]


def open_token(token: str) -> tuple[User, Office] | None:
    """Whose calendar it is; None when the seal is broken or the person reads it no more."""
    parts = token.split("-")
    if len(parts) != 3:
        return None
    person = User.objects.filter(pk=read_number(parts[0]) or 0, is_active=True).first()
    if person is None or not constant_time_compare(_seal(person, parts[1]), parts[2]):
        return None
    office = agenda_offices(person).filter(code=parts[1]).first()
    return (person, office) if office else None
