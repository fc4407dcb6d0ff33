"""Keeping the accounts of an office and its register of groups. Secrets stay out of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from zona.journal.actions import record
from zona.journal.naming import Target
from zona.offices.models import Office, User
from zona.subscriptions.sealing import hash_address, seal

from . import secrets
from .adapters import build
from .adapters.base import Account, Failure, SignInAgain
from .adapters.whatsapp_cloud import phone_number
from .models import Channel, Group, Kind, Recipient
from .policies import may_keep

GROUP_FIELDS = ("name", "purpose", "admins", "rules", "members", "is_active")


def _tell(actor: User, verb: str, channel: Channel, fields: list[str] | None = None) -> None:
    record(
        actor=actor,
        verb=f"channels.{verb}",
        target=Target("channels.channel", str(channel.pk), channel.name),
        office_code=channel.office.code,
        changes={"fields": [[], fields]} if fields else None,
    )


@transaction.atomic
def save_channel(
    *,
    actor: User,
    office: Office,
    kind: str,
    name: str,
    settings: Mapping[str, str],
    secret: Mapping[str, str],
    by_default: bool,
    monthly_cap: Decimal | None = None,
    channel: Channel | None = None,
) -> Channel:
    """Add an account or change one; a secret that is not given again stays.

    Raises PermissionDenied for those who keep no accounts of the office.
    """
    if not may_keep(actor, office) or (channel and channel.office_id != office.pk):
        raise PermissionDenied
    is_new = channel is None
    channel = channel or Channel(office=office, kind=kind)
    given = {
        "name": name,
        "settings": channel.settings | dict(settings),
        "by_default": by_default,
        "monthly_cap": monthly_cap,
    }
    changed = [field for field, value in given.items() if getattr(channel, field) != value]
    for field, value in given.items():
        setattr(channel, field, value)
    if secret:
        channel.sealed = secrets.keep(secrets.read(channel) | dict(secret))
        changed.append("secret")
    if secret or "settings" in changed:  # another account, perhaps: all that was known is over
        channel.needs_sign_in, channel.failures, channel.open_until = False, 0, None
        channel.secret_expires_at = channel.warned_at = channel.checked_at = None
        channel.last_reason = channel.account_name = channel.account_url = ""
    channel.save()
    _tell(actor, "account_added" if is_new else "account_changed", channel, changed)
    return channel


def check_channel(*, actor: User, channel: Channel) -> bool:
    """Ask the service whose account this is and whether it may post; False: `last_reason` says why.

    Takes as long as the service does (at most some 20 s), outside any transaction.
    """
    if not may_keep(actor, channel.office):
        raise PermissionDenied
    if channel.is_assisted:
        return True
    try:
        found = build(channel.kind, channel.settings, secrets.read(channel)).check()
    except Failure as failure:
        with transaction.atomic():
            channel.needs_sign_in = isinstance(failure, SignInAgain) or channel.needs_sign_in
            channel.last_reason = failure.reason[:500]
            channel.checked_at = timezone.now()
            channel.save(update_fields=["needs_sign_in", "last_reason", "checked_at"])
            _tell(actor, "account_checked", channel)
        return False
    with transaction.atomic():
        note_account(channel, found)
        _tell(actor, "account_checked", channel)
    return True


def note_account(channel: Channel, found: Account) -> None:
    """Keep what a service told of an account; the breaker closes, since it answers."""
    channel.account_name, channel.account_url = found.name[:160], found.url
    channel.secret_expires_at = found.expires_at
    if found.secret:
        channel.sealed = secrets.keep(secrets.read(channel) | dict(found.secret))
    if found.settings:
        channel.settings = channel.settings | dict(found.settings)
    channel.needs_sign_in, channel.failures, channel.open_until = False, 0, None
    channel.warned_at, channel.last_reason, channel.checked_at = None, "", timezone.now()
    channel.save()


@transaction.atomic
def set_active(*, actor: User, channel: Channel, is_active: bool) -> None:
    """Pause an account, or use it again; posts that wait go on waiting."""
    if not may_keep(actor, channel.office):
        raise PermissionDenied
    channel.is_active = is_active
    channel.save(update_fields=["is_active"])
    _tell(actor, "account_resumed" if is_active else "account_paused", channel)


@transaction.atomic
def save_group(
    *, actor: User, channel: Channel, group: Group | None = None, **fields: Any
) -> Group:
    """Add a group to the register or change one."""
    if not may_keep(actor, channel.office) or (group and group.channel_id != channel.pk):
        raise PermissionDenied
    is_new = group is None
    group = group or Group(channel=channel)
    for name in GROUP_FIELDS:
        setattr(group, name, fields[name])
    group.save()
    _tell(actor, "group_added" if is_new else "group_changed", channel)
    return group


# --- people who asked for news by WhatsApp ---


@transaction.atomic
def note_recipient(*, actor: User, channel: Channel, number: str, how: str) -> bool:
    """Enter somebody who asked for news; False: the number is in the list already.

    Meta wants a consent that can be shown: its day and way are kept (`how`), the number sealed.
    Raises PermissionDenied, Refused for what is no number.
    """
    if not may_keep(actor, channel.office) or channel.kind != Kind.WHATSAPP_CLOUD:
        raise PermissionDenied
    plain = phone_number(number)
    given = {"sealed": seal(plain), "opted_in_at": timezone.now(), "how": how, "noted_by": actor}
    _row, is_new = Recipient.objects.get_or_create(
        channel=channel, address_hash=hash_address("whatsapp", plain), defaults=given
    )
    if is_new:
        _tell(actor, "recipient_noted", channel)
    return is_new


@transaction.atomic
def drop_recipient(*, actor: User, channel: Channel, number: str) -> bool:
    """Delete a number whose owner wants no more news; False: it is not in the list.

    Raises PermissionDenied, Refused for what is no number.
    """
    if not may_keep(actor, channel.office):
        raise PermissionDenied
    who = hash_address("whatsapp", phone_number(number))
    count, _rows = Recipient.objects.filter(channel=channel, address_hash=who).delete()
    if count:
        _tell(actor, "recipient_dropped", channel)
    return bool(count)
