"""One-time links to sign in, made by whoever runs the installation."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.sealing.links import hash_token, make_token

from ..models import LoginLink, User

LINK_LASTS = dt.timedelta(minutes=15)


@transaction.atomic
def make_login_link(*, actor: object | str | None, person: User) -> str:
    """A token that signs the person in once within 15 minutes; links made before are void.

    Raises ValidationError for an account that may not sign in.
    """
    if not person.is_active:
        raise ValidationError(_("This account may not sign in."))
    LoginLink.objects.filter(user=person, used_at=None).delete()
    token = make_token()
    LoginLink.objects.create(
        user=person, token_hash=hash_token(token), expires_at=timezone.now() + LINK_LASTS
    )
    record(actor=actor, verb="offices.login_link_made", target=person)
    return token


def find_login_link(token: str, *, lock: bool = False) -> LoginLink | None:
    """The unused link that this token opens."""
    rows = LoginLink.objects.select_related("user")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(
        token_hash=hash_token(token),
        used_at=None,
        expires_at__gt=timezone.now(),
        user__is_active=True,
    ).first()
    if found and constant_time_compare(found.token_hash, hash_token(token)):
        return found
    return None


@transaction.atomic
def use_login_link(*, token: str) -> User:
    """Spend the link; the caller signs the person in within the same transaction.

    Raises ValidationError when it was used, is too old or never was.
    """
    link = find_login_link(token, lock=True)
    if link is None:
        raise ValidationError(_("This link was used already or is older than 15 minutes."))
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    record(actor=link.user, verb="offices.login_link_used", target=link.user)
    return link.user
