"""Keeping the accounts of an office and its register of groups. Secrets stay out of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.journal.naming import Target
from zona.offices.models import Office, User

from ..adapters import build
from ..adapters.base import Account, Failure, SignInAgain
from ..adapters.whatsapp_cloud import phone_number
from ..delivery import secrets
from ..models import RECIPIENTS, Channel, Group, Kind, Recipient, hash_recipient
from ..policies import may_keep

# What is known of an account besides what a person writes down.
OF_THE_ACCOUNT = (
    *("sealed", "secret_expires_at", "account_name", "account_url", "needs_sign_in"),
    *("failures", "open_until", "last_reason", "checked_at"),
)
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
    channel = (
        Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
        if channel
        else Channel(office=office, kind=kind)
    )
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
    channel.save(update_fields=None if is_new else [*given, "warned_at", *OF_THE_ACCOUNT])
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
            is_noted = note_failure(channel, failure)
            _tell(actor, "account_checked", channel)
        return _say(channel, is_noted, is_good=False)
    with transaction.atomic():
        is_noted = note_account(channel, found)
        Channel.objects.filter(pk=channel.pk).update(warned_at=None)
        _tell(actor, "account_checked", channel)
    return _say(channel, is_noted, is_good=True)


def _say(channel: Channel, is_noted: bool, *, is_good: bool) -> bool:
    if not is_noted:
        channel.last_reason = _("The account was changed meanwhile. Please check it again.")
    return is_noted and is_good


@transaction.atomic
def note_account(channel: Channel, found: Account) -> bool:
    """Keep what a service told of an account; the breaker closes, since it answers.

    False: the account was changed while the service was asked, or is gone: what it told is of
    another one. `channel` is brought up to date.
    """
    row = hold_unchanged(channel)
    if row is None:
        return False
    row.account_name, row.account_url = found.name[:160], found.url
    row.secret_expires_at = found.expires_at
    if found.secret:
        row.sealed = secrets.keep(secrets.read(row) | dict(found.secret))
    if found.settings:
        row.settings = row.settings | dict(found.settings)
    row.needs_sign_in, row.failures, row.open_until = False, 0, None
    row.last_reason, row.checked_at = "", timezone.now()
    row.save(update_fields=["settings", *OF_THE_ACCOUNT])
    channel.refresh_from_db()
    return True


@transaction.atomic
def note_failure(channel: Channel, failure: Failure) -> bool:
    """Keep why a service did not answer for an account; False as for `note_account`."""
    row = hold_unchanged(channel)
    if row is None:
        return False
    row.needs_sign_in = isinstance(failure, SignInAgain) or row.needs_sign_in
    row.last_reason, row.checked_at = failure.reason[:500], timezone.now()
    row.save(update_fields=["needs_sign_in", "last_reason", "checked_at"])
    channel.refresh_from_db()
    return True


def hold_unchanged(channel: Channel) -> Channel | None:
    """The row as it is now, locked; None when it was given another account or secret meanwhile."""
    row = Channel.objects.select_for_update(of=("self",)).filter(pk=channel.pk).first()
    if row is None:
        return None
    is_same = bytes(row.sealed or b"") == bytes(channel.sealed or b"")
    if is_same and row.settings == channel.settings:
        return row
    channel.refresh_from_db()
    return None


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
    given = {
        "sealed": RECIPIENTS.seal(plain),
        "opted_in_at": timezone.now(),
        "how": how,
        "noted_by": actor,
    }
    _row, is_new = Recipient.objects.get_or_create(
        channel=channel, address_hash=hash_recipient(plain), defaults=given
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
    who = hash_recipient(phone_number(number))
    count, _rows = Recipient.objects.filter(channel=channel, address_hash=who).delete()
    if count:
        _tell(actor, "recipient_dropped", channel)
    return bool(count)
