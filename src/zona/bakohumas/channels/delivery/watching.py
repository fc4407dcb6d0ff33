"""Accesses that end: renewed where the service lets us, else announced two weeks ahead, once."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..actions.accounts import note_account, note_failure
from ..adapters import build
from ..adapters.base import Failure, SignInAgain
from ..models import Channel
from . import outcomes, secrets

logger = logging.getLogger("zona.bakohumas.channels")

AHEAD = dt.timedelta(days=14)


def run(now: dt.datetime | None = None) -> int:
    """Look after the accounts whose access ends within two weeks; how many ended up announced."""
    now = now or timezone.now()
    ending = Channel.objects.filter(
        is_active=True, needs_sign_in=False, secret_expires_at__lte=now + AHEAD
    )
    announced = 0
    with translation.override("id"):
        for channel in ending.select_related("office").order_by("pk"):
            renew(channel)
            announced += announce(channel, now)
    return announced


def renew(channel: Channel) -> None:
    """Ask the service; some count the days of an access anew when it is used."""
    try:
        note_account(channel, build(channel.kind, channel.settings, secrets.read(channel)).check())
    except SignInAgain as failure:
        with transaction.atomic():
            if note_failure(channel, failure):
                said = _("%(channel)s asks to sign in again: posts wait. %(why)s")
                outcomes.alert(channel, said % {"channel": channel.name, "why": failure.reason})
    except Failure as failure:  # it does not answer today
        logger.warning("The access of channel %s was not renewed: %s", channel.pk, failure.reason)


def announce(channel: Channel, now: dt.datetime) -> bool:
    """Tell staff once when an access ends."""
    ends = channel.secret_expires_at
    if channel.needs_sign_in or ends is None or ends > now + AHEAD:
        Channel.objects.filter(pk=channel.pk).update(warned_at=None)
        return False
    rows = Channel.objects.filter(pk=channel.pk, warned_at=None)
    if not rows.update(warned_at=now):
        return False
    day = date_format(ends.astimezone(channel.office.tz), "j F Y")
    said = _("The access of %(channel)s ends on %(day)s. Please sign in again before that day.")
    outcomes.alert(channel, said % {"channel": channel.name, "day": day})
    return True
