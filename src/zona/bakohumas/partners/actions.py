"""Keeping contacts. The journal holds numbers of rows, never names or addresses of people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.journal.naming import Target
from zona.offices.models import Office, User

from .models import Contact, Touch
from .policies import may_keep

FIELDS = (
    "kind",
    "organisation",
    "name",
    "position",
    "email",
    "phone",
    "consent",
    "consent_on",
    "on_press_list",
    "note",
)


def _tell(actor: User, verb: str, contact: Contact, changed: list[str] | None = None) -> None:
    target = Target(
        "partners.contact", str(contact.pk), _("contact %(number)s") % {"number": contact.pk}
    )
    changes = {"fields": [[], changed]} if changed else None
    record(
        actor=actor,
        verb=f"partners.{verb}",
        target=target,
        office_code=contact.office.code,
        changes=changes,
    )


@transaction.atomic
def save_contact(
    *, actor: User, office: Office, contact: Contact | None = None, today: dt.date, **fields: Any
) -> Contact:
    """Add a contact or change one; what is saved by a person counts as verified that day.

    Raises PermissionDenied for those who keep no contacts of the office.
    """
    if not may_keep(actor, office) or (contact and contact.office_id != office.pk):
        raise PermissionDenied
    is_new = contact is None
    contact = contact or Contact(office=office)
    changed = [name for name in FIELDS if getattr(contact, name) != fields[name]]
    for name in FIELDS:
        setattr(contact, name, fields[name])
    contact.verified_on = today
    contact.save()
    _tell(actor, "contact_added" if is_new else "contact_changed", contact, changed)
    return contact


@transaction.atomic
def note_touch(
    *, actor: User, contact: Contact, on: dt.date, way: str, text: str, url: str = ""
) -> Touch:
    """Write down that the office spoke with a contact."""
    if not may_keep(actor, contact.office):
        raise PermissionDenied
    touch = Touch.objects.create(contact=contact, on=on, way=way, text=text, url=url, by=actor)
    if contact.last_contact_on is None or contact.last_contact_on < on:
        contact.last_contact_on = on
        contact.save(update_fields=["last_contact_on"])
    _tell(actor, "touch_noted", contact)
    return touch


@transaction.atomic
def verify_contact(*, actor: User, contact: Contact, today: dt.date) -> None:
    """Note that a person asked whether everything still holds."""
    if not may_keep(actor, contact.office):
        raise PermissionDenied
    contact.verified_on = today
    contact.save(update_fields=["verified_on"])
    _tell(actor, "contact_verified", contact)


@transaction.atomic
def forget_contact(*, actor: User, contact: Contact) -> None:
    """Erase what identifies a person (Law 27/2022, art. 8); organisation and dates stay."""
    if not may_keep(actor, contact.office):
        raise PermissionDenied
    for name in ("name", "position", "email", "phone", "note"):
        setattr(contact, name, "")
    contact.on_press_list, contact.is_active = False, False
    contact.save()
    contact.touches.update(text="–", url="")
    _tell(actor, "contact_forgotten", contact)
