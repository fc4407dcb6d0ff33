"""What screens and channels read of the contacts. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zona.offices.models import Office

from . import rules
from .models import Consent, Contact, Kind


def contacts_of(office: Office, kind: str = "", words: str = "") -> QuerySet[Contact]:
    """The contacts in use, narrowed to a kind and to words of organisation, name or position."""
    rows = Contact.objects.filter(office=office, is_active=True)
    if kind:
        rows = rows.filter(kind=kind)
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(organisation__icontains=word) | Q(name__icontains=word) | Q(position__icontains=word)
        )
    return rows


def press_list(office: Office) -> QuerySet[Contact]:
    """Who receives press releases: on the list, in use, and not merely asked."""
    return Contact.objects.filter(office=office, on_press_list=True, is_active=True).exclude(
        consent=Consent.ASKED
    )


@dataclass(frozen=True)
class Breadth:
    """With how many kinds of partners the office spoke within half a year."""

    kinds: int
    of: int
    missing: list[str]  # names of the kinds nobody spoke with


def breadth_of(office: Office, today: dt.date) -> Breadth:
    """One query."""
    rows = Contact.objects.filter(office=office, is_active=True).values_list(
        "kind", "last_contact_on"
    )
    talked = list(rows)
    wanted = [kind for kind in Kind if kind != Kind.OTHER]
    kinds, of = rules.breadth(talked, wanted, today)
    lately = {kind for kind, last in talked if rules.is_recent(last, today)}
    return Breadth(kinds, of, [str(kind.label) for kind in wanted if kind not in lately])


def to_verify(office: Office, today: dt.date) -> QuerySet[Contact]:
    """Entries of the press list that nobody verified for half a year."""
    before = today - dt.timedelta(days=rules.VERIFY_DAYS)
    return press_list(office).filter(Q(verified_on=None) | Q(verified_on__lt=before))
