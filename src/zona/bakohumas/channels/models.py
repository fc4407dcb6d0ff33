"""Channels of an office, what is said on each, and the outbox that gets it there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zona.ground.outbox.claims import Outgoing
from zona.ground.sealing.boxes import Box
from zona.ground.sealing.keys import fingerprint
from zona.offices.models import Office, User
from zona.website.site.models import BasePage

SECRETS = Box("channels.secrets")  # tokens of accounts, addresses of alerts
RECIPIENTS = Box("channels.recipients")


def hash_recipient(address: str) -> str:
    """By which an address or number is found again; 64 hexadecimal signs."""
    return fingerprint("channels.recipients", address.strip().lower())


class Kind(models.TextChoices):
    """Where news can go beside the website. The first ones are shared by a person's own hand."""

    WHATSAPP = "whatsapp", _("WhatsApp groups and channels")
    X = "x", "X"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    TELEGRAM = "telegram", "Telegram"
    FACEBOOK = "facebook", _("Facebook page")
    INSTAGRAM = "instagram", "Instagram"
    THREADS = "threads", "Threads"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    WHATSAPP_CLOUD = "whatsapp_cloud", _("WhatsApp to subscribers")
    PRESS = "press", _("Press list by e-mail")
    EMAIL = "email", _("Subscribers by e-mail")
    PUSH = "push", _("Notifications in the browser")


ASSISTED = {Kind.WHATSAPP, Kind.X, Kind.TIKTOK, Kind.YOUTUBE}


class Channel(models.Model):
    """One account of an office on one service."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(_("service"), max_length=14, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=80)
    settings = models.JSONField(default=dict, blank=True)  # what the adapter declares, not secret
    sealed = models.BinaryField(null=True, editable=False)  # what is secret, as sealed JSON
    secret_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    warned_at = models.DateTimeField(null=True, editable=False)  # of the expiry
    account_name = models.CharField(max_length=160, blank=True, editable=False)
    account_url = models.URLField(blank=True, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)
    by_default = models.BooleanField(_("ticked for every item"), default=False)
    monthly_cap = models.DecimalField(
        _("at most a month (rupiah)"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    failures = models.PositiveSmallIntegerField(default=0, editable=False)  # in a row: the breaker
    open_until = models.DateTimeField(null=True, editable=False)  # nothing is tried before
    needs_sign_in = models.BooleanField(default=False, editable=False)
    last_reason = models.CharField(max_length=500, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "name"], name="channel_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_assisted(self) -> bool:
        return self.kind in ASSISTED


class Group(models.Model):
    """A group in which a person shares by hand: WhatsApp's have no interface for programs."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name of the group"), max_length=120)
    purpose = models.CharField(_("what it is for"), max_length=250)
    admins = models.CharField(_("admins"), max_length=250, blank=True)
    rules = models.TextField(_("rules of the group"), max_length=1000, blank=True)
    members = models.PositiveIntegerField(_("members, about"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["channel", "name"], name="group_once")]

    def __str__(self) -> str:
        return self.name


class Variant(models.Model):
    """What an item says on one channel, where a person changed what Zona had prepared."""

    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="variants")
    text = models.TextField(_("text"), max_length=70_000)
    with_link = models.BooleanField(_("with the link"), default=True)
    with_picture = models.BooleanField(_("with the card"), default=True)
    edited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text for a channel")
        verbose_name_plural = _("texts for channels")
        constraints = [models.UniqueConstraint(fields=["page", "channel"], name="variant_once")]


class Post(Outgoing):
    """One row of the outbox: an item, in its variant, on a channel, in a revision, once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        TO_SHARE = "to_share", _("To be shared by a person")
        SENT = "sent", _("Sent")
        UNSURE = "unsure", _("Perhaps sent: look and tell")
        FAILED = "failed", _("Not sent")
        SKIPPED = "skipped", _("Not to be sent")
        DELETED = "deleted", _("Taken down")

    class Action(models.TextChoices):
        PUBLISH = "publish", _("publish")
        EDIT = "edit", _("edit")
        DELETE = "delete", _("take down")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="posts")
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="posts")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="posts")
    group = models.ForeignKey(
        Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="posts"
    )
    key = models.CharField(max_length=120, unique=True)  # item x variant x channel x revision
    action = models.CharField(max_length=7, choices=Action.choices, default=Action.PUBLISH)
    of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="later"
    )  # the post that an edit or deletion concerns
    text = models.TextField()  # as it goes out
    link = models.URLField(max_length=500, blank=True)
    with_picture = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    memory = models.JSONField(default=dict)  # what the adapter asked to keep between two calls
    sent_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # of a shared one: whose hand it was
    remote_id = models.CharField(max_length=200, blank=True)
    permalink = models.URLField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # why not, in words for staff
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # rupiah
    ordered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="post_due"),
            models.Index(fields=["office", "state", "-created_at"], name="post_office"),
            models.Index(fields=["page", "channel"], name="post_page"),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.page}"


class ShortLink(models.Model):
    """`/s/<code>`: leads to a page of ours with the origin in its address."""

    code = models.CharField(max_length=12, unique=True)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="short_links")
    channel = models.ForeignKey(
        Channel, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=20)  # utm_source
    campaign = models.CharField(max_length=60)  # utm_campaign
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "source"], name="short_link_once"),
        ]


class LinkCount(models.Model):
    """How often a short link was followed on a day; nothing of who followed it."""

    link = models.ForeignKey(ShortLink, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "day"], name="link_count_once")]


class Reaction(models.Model):
    """What people said on a channel, as a member of staff noted it. Nothing is read by machine."""

    class About(models.TextChoices):
        QUESTION = "question", _("Question")
        COMPLAINT = "complaint", _("Complaint")
        CORRECTION = "correction", _("Correction")
        HOAX = "hoax", _("False news about us")
        PRAISE = "praise", _("Praise")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="reactions")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="reactions")
    page = models.ForeignKey(
        BasePage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    about = models.CharField(_("what it is"), max_length=10, choices=About.choices)
    text = models.TextField(_("what was said, without names"), max_length=1000)
    url = models.URLField(_("address"), max_length=500, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)  # to the desk

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        ordering = ["-noted_at", "-pk"]
        indexes = [models.Index(fields=["office", "-noted_at"], name="reaction_office")]


class PressRelease(models.Model):
    """An item as a release with letterhead and number."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    page = models.OneToOneField(BasePage, on_delete=models.CASCADE, related_name="press_release")
    number = models.CharField(_("number"), max_length=80)
    issued_on = models.DateField(_("date"))
    contact_name = models.CharField(_("contact for the press"), max_length=120)
    contact_phone = models.CharField(_("phone of the contact"), max_length=40)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")
        constraints = [
            models.UniqueConstraint(fields=["office", "number"], name="press_release_number")
        ]


class Recipient(models.Model):
    """A WhatsApp number whose owner asked for news; deleted on leaving."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="recipients")
    address_hash = models.CharField(max_length=64)
    sealed = models.BinaryField()
    opted_in_at = models.DateTimeField()
    how = models.CharField(_("how they agreed"), max_length=160)
    noted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "address_hash"], name="recipient_once")
        ]


class Delivery(models.Model):
    """One post for one recipient, of channels that speak to each by itself."""

    class State(models.TextChoices):
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        UNSURE = "unsure", _("Perhaps sent")
        FAILED = "failed", _("Not sent")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="deliveries")
    who = models.CharField(max_length=64)  # hash of the address
    state = models.CharField(max_length=7, choices=State.choices, default=State.SENDING)
    remote_id = models.CharField(max_length=200, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, default=0)  # rupiah
    at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "who"], name="channel_delivery_once")
        ]


class AlertTarget(models.Model):
    """Where staff of an office are told that something waits; an address for apprise, sealed."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="alert_targets")
    name = models.CharField(_("name"), max_length=80)
    sealed = models.BinaryField(editable=False)
    topics = models.JSONField(_("about what"), default=list, blank=True)  # empty: everything
    is_active = models.BooleanField(_("in use"), default=True)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    last_reason = models.CharField(max_length=250, blank=True, editable=False)

    class Meta:
        verbose_name = _("place for alerts")
        verbose_name_plural = _("places for alerts")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="alert_target_once")]
