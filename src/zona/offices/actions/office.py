"""What changes an office: its particulars, its accounts, the end of its first set-up."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from zona.ground.journal.actions import record
from zona.ground.outbox.letting_go import let_go

from .. import policies, signals
from ..models import Office, SocialAccount, User
from ..queries import offices as queries

EDITABLE = frozenset(
    [
        *("short_name", "address", "latitude", "longitude"),
        *("phone", "whatsapp", "email", "accent", "logo"),
    ]
)
"""What an office says about itself; the rest comes from the list of regions or the operator."""

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")

LOGO_SIDE = 512  # pixels; the largest place it is shown in is 128 px at triple density


@transaction.atomic
def update_office(*, actor: User, office: Office, **values: Any) -> Office:
    """Change what an office says about itself (fields of EDITABLE).

    `logo` is an uploaded picture, or False to take it away. Writes nothing when nothing differs.
    PermissionDenied; ValidationError with the fields at fault.
    """
    unknown = set(values) - EDITABLE
    if unknown:
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    office = _lock_for(actor, office)
    changes: dict[str, list[Any]] = {}
    if "logo" in values:
        changes |= _replace_logo(office, values.pop("logo"))
    for name, value in values.items():
        old = getattr(office, name)
        if old != value:
            changes[name] = [_plain(old), _plain(value)]
            setattr(office, name, value)
    if changes:
        office.full_clean(exclude={f.name for f in Office._meta.fields} - set(changes))
        office.save(update_fields=list(changes))
        _tell(actor, "offices.update", office, changes)
    return office


@transaction.atomic
def save_accounts(
    *, actor: User, office: Office, accounts: Iterable[tuple[str, str]]
) -> list[SocialAccount]:
    """Make the office's accounts exactly these pairs of service and address (URL)."""
    office = _lock_for(actor, office)
    wanted = {url: service for service, url in accounts}
    known = {account.url: account for account in office.accounts.all()}
    before = sorted(str(account) for account in known.values())
    for url in set(known) - set(wanted):
        known.pop(url).delete()
    for url, service in wanted.items():
        account = known.setdefault(url, SocialAccount(office=office, url=url))
        account.service = service
        account.full_clean(exclude=["office"], validate_unique=False, validate_constraints=False)
        account.save()
    after = sorted(str(account) for account in known.values())
    if before != after:
        _tell(actor, "offices.update", office, {"accounts": [before, after]})
    return sorted(known.values(), key=lambda account: account.service)


@transaction.atomic
def finish_setup(*, actor: User, office: Office) -> Office:
    """End the first set-up: the website may be shown. ValidationError names what is missing."""
    office = _lock_for(actor, office)
    missing = queries.setup_missing(office)
    if missing:
        raise ValidationError(
            _("Still missing: %(parts)s.") % {"parts": ", ".join(str(part) for part in missing)},
            code="incomplete",
        )
    if not office.is_ready:
        office.is_ready = True
        office.save(update_fields=["is_ready"])
        _tell(actor, "offices.finish_setup", office, {})
    return office


def _lock_for(actor: User, office: Office) -> Office:
    """The office as it stands in the database, held until the transaction ends."""
    if not policies.may_administer(actor, office):
        raise PermissionDenied
    return Office.objects.select_for_update().get(pk=office.pk)


@transaction.atomic
def set_host(*, actor: str, office: Office, host: str) -> Office:
    """Give the office a host name of its own ("" takes it away); for the operator's command line.

    ValidationError when the name is none, or another office's.
    """
    office = Office.objects.select_for_update().get(pk=office.pk)
    old, office.host = office.host, host.strip().lower()
    if office.host and not HOST.fullmatch(office.host):
        raise ValidationError(_("“%(host)s” is no host name.") % {"host": host})
    office.full_clean(exclude={f.name for f in Office._meta.fields} - {"host"})
    if office.host != old:
        office.save(update_fields=["host"])
        _tell(actor, "offices.update", office, {"host": [old, office.host]})
    return office


def _tell(actor: User | str, verb: str, office: Office, changes: dict[str, list[Any]]) -> None:
    record(actor=actor, verb=verb, target=office, office_code=office.code, changes=changes)
    signals.office_changed.send(sender=Office, office=office)


def _replace_logo(office: Office, logo: File | bool | None) -> dict[str, list[Any]]:
    """Put the picture in place of the old one, whose file goes once the change is sure."""
    if logo is None or logo is True or (logo is False and not office.logo):
        return {}
    old = office.logo.name
    if logo is False:
        office.logo = ""
    else:
        office.logo.save(f"{secrets.token_hex(8)}.png", shrink_logo(logo), save=False)
    let_go(Office, "logo", old or "")
    return {"logo": [old or "", office.logo.name or ""]}


def shrink_logo(upload: File) -> ContentFile:
    """The picture as PNG of at most LOGO_SIDE pixels, upright, without hidden data (place, time).

    ValidationError when it is no picture.
    """
    try:
        with Image.open(upload) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise ValidationError({"logo": _("This file is not a picture we can read.")}) from error
    upright.thumbnail((LOGO_SIDE, LOGO_SIDE))
    made = BytesIO()
    upright.save(made, "PNG", optimize=True)
    return ContentFile(made.getvalue())


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str) else str(value)
