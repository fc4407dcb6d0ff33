"""Following and leaving.

What visitors do is not journalled: the journal holds nothing of citizens.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zona.ground.guard.actions import count
from zona.ground.sealing.links import Ticket
from zona.offices.models import Office

from . import rules
from .models import (
    ADDRESSES,
    Channel,
    Delivery,
    Forgotten,
    Frequency,
    Subscriber,
    Subscription,
    hash_address,
)
from .queries import topics_of
from .rules import Topic

CONFIRM_WITHIN = dt.timedelta(days=3)
CONFIRMATIONS = Ticket("subscriptions.confirmations", CONFIRM_WITHIN)
LETTERS_A_DAY = 3  # that ask one address to confirm
QUIET = dt.timedelta(days=7)  # between such letters to an address that left
KEEP_DELIVERIES = dt.timedelta(days=400)


@transaction.atomic
def ask(*, office: Office, email: str, topics: list[str], frequency: str) -> None:
    """Note a wish and send a letter that asks to confirm it; tells nobody who is subscribed.

    Nothing happens, in silence, when the address had enough such letters.
    """
    from .tasks import send_confirmation

    rows = _check_topics(office, topics)
    address_hash = hash_address(Channel.EMAIL, email)
    if not _may_ask(address_hash):
        return
    subscriber, _new = Subscriber.objects.get_or_create(
        address_hash=address_hash,
        defaults={
            "channel": Channel.EMAIL,
            "sealed": ADDRESSES.seal(email.strip()),
            "language": (get_language() or "id")[:2],
        },
    )
    wished = [_follow(subscriber, office, topic).pk for topic in rows]
    send_confirmation.enqueue(subscriber.pk, wished, frequency)


def _may_ask(address_hash: str) -> bool:
    if count("subscriptions.ask", address_hash) > LETTERS_A_DAY:
        return False
    now = timezone.now()
    left = Forgotten.objects.filter(address_hash=address_hash).first()
    if left is None:
        return True
    if left.asked_at and left.asked_at > now - QUIET:
        return False
    Forgotten.objects.filter(pk=left.pk).update(asked_at=now)
    return True


def _check_topics(office: Office, topics: list[str]) -> list[Topic]:
    """Topics the office has; the whole office makes others needless. Raises ValidationError."""
    known = {topic for topic, _name in topics_of(office, topics)}
    chosen = [Topic.parse(topic) for topic in dict.fromkeys(topics) if topic in known]
    if not chosen:
        raise ValidationError(_("Choose at least one topic."))
    whole = [topic for topic in chosen if topic.kind == "kantor"]
    return whole or chosen


def _follow(
    subscriber: Subscriber, office: Office, topic: Topic, at: dt.datetime | None = None
) -> Subscription:
    row, _new = Subscription.objects.get_or_create(
        subscriber=subscriber,
        office=office,
        topic=str(topic),
        defaults={
            "rubric_id": topic.number if topic.kind == "rubrik" else None,
            "tag_id": topic.number if topic.kind == "topik" else None,
            "confirmed_at": at,
        },
    )
    return row


def confirmation_token(subscriber: Subscriber, wished: list[int], frequency: str) -> str:
    """What stands in the letter's link; valid three days."""
    given = {"s": subscriber.pk, "n": subscriber.nonce, "w": wished, "f": frequency}
    return CONFIRMATIONS.sign(given)


def read_confirmation(token: str) -> tuple[Subscriber, list[Subscription], str] | None:
    """Who wishes what; None for a link that is too old, broken, or of one who left."""
    given = CONFIRMATIONS.read(token)
    if given is None:
        return None
    subscriber = Subscriber.objects.filter(pk=given["s"], nonce=given["n"]).first()
    if subscriber is None:
        return None
    rows = subscriber.subscriptions.filter(pk__in=given["w"])
    wished = list(rows.select_related("office", "rubric", "tag"))
    return (subscriber, wished, given["f"]) if wished else None


@transaction.atomic
def confirm(*, token: str) -> Subscriber | None:
    """The second step of subscribing; None when the link does not hold. Twice does no harm."""
    found = read_confirmation(token)
    if found is None:
        return None
    subscriber, wished, frequency = found
    now = timezone.now()
    for row in wished:
        if row.confirmed_at is None:
            row.confirmed_at = now
            row.save(update_fields=["confirmed_at"])
    subscriber.confirmed_at = subscriber.confirmed_at or now
    subscriber.frequency, subscriber.failures, subscriber.paused_at = frequency, 0, None
    subscriber.save()
    Forgotten.objects.filter(address_hash=subscriber.address_hash).delete()
    return subscriber


@transaction.atomic
def change_preferences(
    *, subscriber: Subscriber, topics: dict[Office, list[str]], frequency: str
) -> None:
    """Follow exactly these topics of these offices, at this rhythm. No topic at all: leave."""
    if not any(topics.values()):
        leave(subscriber=subscriber)
        return
    kept, now = [], timezone.now()
    for office, names in topics.items():
        for topic in _check_topics(office, names) if names else []:
            row = _follow(subscriber, office, topic, now)
            if row.confirmed_at is None:
                row.confirmed_at = now
                row.save(update_fields=["confirmed_at"])
            kept.append(row.pk)
    subscriber.subscriptions.exclude(pk__in=kept).delete()
    subscriber.frequency, subscriber.failures = Frequency(frequency).value, 0
    subscriber.paused_at = None
    subscriber.save(update_fields=["frequency", "failures", "paused_at"])


@transaction.atomic
def leave(*, subscriber: Subscriber) -> None:
    """Delete the address and what still waits for it; of e-mail a hash stays."""
    Delivery.objects.filter(subscriber=subscriber, state=Delivery.State.WAITING).delete()
    if subscriber.channel == Channel.EMAIL:
        Forgotten.objects.update_or_create(
            address_hash=subscriber.address_hash,
            defaults={"left_at": timezone.now(), "asked_at": None},
        )
    subscriber.delete()


@transaction.atomic
def register_push(*, office: Office, topic: str, endpoint: str, keys: dict[str, str]) -> Subscriber:
    """Follow by web push; the browser's own permission is the consent. Raises ValidationError."""
    if not rules.is_push_service(endpoint):
        raise ValidationError(_("This push service is not known here."))
    if not (40 <= len(keys.get("p256dh", "")) <= 200 and 16 <= len(keys.get("auth", "")) <= 100):
        raise ValidationError(_("The browser sent no keys."))
    rows, now = _check_topics(office, [topic]), timezone.now()
    info: dict[str, Any] = {"endpoint": endpoint, "keys": {k: keys[k] for k in ("p256dh", "auth")}}
    subscriber, _new = Subscriber.objects.update_or_create(
        address_hash=hash_address(Channel.PUSH, endpoint),
        defaults={
            "channel": Channel.PUSH,
            "sealed": ADDRESSES.seal(json.dumps(info)),
            "language": (get_language() or "id")[:2],
            "confirmed_at": now,
            "failures": 0,
            "paused_at": None,
        },
    )
    for row in rows:
        _follow(subscriber, office, row, now)
    return subscriber


@transaction.atomic
def unregister_push(*, endpoint: str) -> bool:
    """Forget a browser; whether it was known."""
    address_hash = hash_address(Channel.PUSH, endpoint)
    subscriber = Subscriber.objects.filter(address_hash=address_hash).first()
    if subscriber:
        leave(subscriber=subscriber)
    return subscriber is not None


@transaction.atomic
def tidy_up() -> int:
    """Forget wishes that nobody confirmed, and old rows of the outbox."""
    now = timezone.now()
    stale = Subscription.objects.filter(confirmed_at=None, created_at__lt=now - CONFIRM_WITHIN)
    removed = stale.delete()[0]
    removed += Subscriber.objects.filter(
        created_at__lt=now - CONFIRM_WITHIN, subscriptions=None
    ).delete()[0]
    old = Delivery.objects.filter(due_at__lt=now - KEEP_DELIVERIES)
    return removed + old.delete()[0]
