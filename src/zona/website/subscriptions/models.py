"""Who follows what, what has been sent to whom, and the keys of web push."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zona.ground.outbox.claims import Outgoing
from zona.ground.sealing.boxes import Box
from zona.ground.sealing.keys import fingerprint
from zona.ground.sealing.links import Ticket
from zona.offices.models import Office
from zona.website.site.models import BasePage, Rubric
from zona.website.site.models.base import Tag

ADDRESSES = Box("subscriptions.addresses")
PUSH_KEYS = Box("subscriptions.push_keys")
LINKS = Ticket("subscriptions.links")


def make_nonce() -> str:
    return secrets.token_urlsafe(12)


def hash_address(channel: str, address: str) -> str:
    """64 hexadecimal signs; of e-mail addresses without regard to case."""
    plain = address.strip().lower() if channel == "email" else address.strip()
    return fingerprint("subscriptions.addresses", channel, plain)


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PUSH = "push", _("Notifications in the browser")


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", _("At once, one letter an item")
    DAILY = "daily", _("Every day, all in one letter")
    WEEKLY = "weekly", _("Every Monday, all in one letter")


class Subscriber(models.Model):
    """One address: an e-mail address, or a browser that takes pushes. Deleted on leaving."""

    channel = models.CharField(max_length=5, choices=Channel.choices)
    address_hash = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()  # the address; of push its endpoint and keys as JSON
    nonce = models.CharField(max_length=24, default=make_nonce)
    language = models.CharField(max_length=2, default="id")
    frequency = models.CharField(max_length=7, choices=Frequency.choices, default=Frequency.AT_ONCE)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)  # hard ones, in a row
    paused_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["confirmed_at", "created_at"], name="subscriber_waiting")]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"

    @property
    def address(self) -> str:
        return ADDRESSES.unseal(self.sealed)

    @property
    def token(self) -> str:
        """What stands in the secret links; the same as long as the nonce is."""
        return LINKS.sign([self.pk, self.nonce])


class Subscription(models.Model):
    """One thing a subscriber follows: an office, or of it one rubric or one tag."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20)  # rules.Topic as text
    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, null=True, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "confirmed_at"], name="subscription_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "office", "topic"], name="subscription_once"
            ),
            models.CheckConstraint(
                condition=Q(rubric=None) | Q(tag=None), name="subscription_one_thing"
            ),
        ]


class Forgotten(models.Model):
    """The hash of an address whose owner left, so that others cannot have letters sent there."""

    address_hash = models.CharField(max_length=64, unique=True)
    left_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)  # the last letter that asked to confirm


class Announced(models.Model):
    """That a published item was turned into deliveries; it happens once."""

    page = models.OneToOneField(BasePage, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Delivery(Outgoing):
    """One item for one subscriber: the outbox. A row stays, without its subscriber, as a count."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Perhaps sent: the machine stopped meanwhile")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="+")
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.SET_NULL, null=True, related_name="deliveries"
    )
    channel = models.CharField(max_length=5, choices=Channel.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)

    wagtail_reference_index_ignore = True  # as many rows as items times readers

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_due"),
            models.Index(fields=["office", "state", "-sent_at"], name="delivery_office"),
            models.Index(fields=["claim"], name="delivery_claim"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["page", "subscriber"], name="delivery_once"),
        ]


class PushKey(models.Model):
    """The key pair by which push services know this installation (VAPID); made on first use.

    In the database, so that all machines share it; sealed, because whoever has it can send.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="push_key_alone")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        kwargs["force_insert"] = True  # browsers are tied to it: it is never replaced
        super().save(*args, **kwargs)
