"""Who may: everyone with a role in an office reads its contacts, its newsroom keeps them."""

from __future__ import annotations

from django.db.models import QuerySet

from zona.offices.models import Office, Role
from zona.offices.policies import Actor, holds, offices_where

from .models import Contact

KEEPERS = (
    Role.CHAIR,
    Role.COORDINATOR,
    Role.EDITOR,
    Role.REPORTER,
    Role.CHANNEL_ADMIN,
    Role.OFFICE_ADMIN,
    Role.SERVICE_DESK,
    Role.PPID,
)


def readable_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose contacts the actor reads: personal data stays with the office itself."""
    return offices_where(actor).filter(is_open=True)


def kept_offices(actor: Actor) -> QuerySet[Office]:
    """The offices whose contacts the actor keeps."""
    return offices_where(actor, *KEEPERS).filter(is_open=True)


def may_keep(actor: Actor, office: Office) -> bool:
    return office.is_open and holds(actor, office, *KEEPERS)


def readable_contacts(actor: Actor) -> QuerySet[Contact]:
    return Contact.objects.filter(office__in=readable_offices(actor).values("pk"))
