"""The agenda: what happens, where, who is named to it, and what comes of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zona.backstage.media.files import private_storage
from zona.bakohumas.partners.models import Contact
from zona.offices.models import Office, User


class Risk(models.TextChoices):
    """How much harm a mistake in an item about it can do; decides who must approve."""

    LOW = "low", _("Low: routine, officials on duty")
    MEDIUM = "medium", _("Medium: guests, figures, partners")
    HIGH = "high", _("High: private persons, children, disputes, results")


class EventKind(models.Model):
    """What kinds of activity there are and what each asks for; rows that KPU RI may edit."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("kind of activity"), max_length=80)
    group = models.CharField(_("group"), max_length=60)
    publishes = models.BooleanField(_("is told to the public"), default=True)
    is_routine = models.BooleanField(
        _("routine: may be told in a weekly roundup with others"), default=False
    )
    deadline_hours = models.PositiveSmallIntegerField(_("publish within (hours)"), default=24)
    photo_brief = models.TextField(_("what to photograph"), blank=True)
    skeleton = models.TextField(_("skeleton of the article"), blank=True)
    risk = models.CharField(_("risk"), max_length=6, choices=Risk.choices, default=Risk.LOW)
    privacy_note = models.CharField(_("what to mind about people"), max_length=250, blank=True)
    duties = models.JSONField(_("duties"), default=list)  # values of Form
    channels = models.JSONField(_("channels"), default=list)  # kinds of channel
    legal_base = models.CharField(_("legal base"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("in force until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("kind of activity")
        verbose_name_plural = _("kinds of activity")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Mode(models.TextChoices):
    ONSITE = "onsite", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("On site and online")


class Host(models.TextChoices):
    """Who holds the event."""

    OWN = "own", _("This office")
    PROVINCE = "province", _("KPU Provinsi")
    NATIONAL = "national", _("KPU RI")
    EXTERNAL = "external", _("Somebody outside KPU")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("On the public agenda")
    CLOSED = "closed", _("Internal: staff only")


class Event(models.Model):
    """One entry of the agenda, kept by one office; `Participation` puts it into calendars.

    Held is what has ended and was not cancelled.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="events")
    kind = models.ForeignKey(
        EventKind, on_delete=models.PROTECT, related_name="events", verbose_name=_("kind")
    )
    title = models.CharField(_("what"), max_length=160)
    summary = models.TextField(_("what it is about"), max_length=1000, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    is_all_day = models.BooleanField(_("all day"), default=False)
    mode = models.CharField(_("how"), max_length=6, choices=Mode.choices, default=Mode.ONSITE)
    place = models.CharField(_("where"), max_length=160, blank=True)
    online_url = models.URLField(_("address of the meeting, for staff only"), blank=True)
    people = models.CharField(_("who takes part"), max_length=250, blank=True)
    host = models.CharField(_("held by"), max_length=8, choices=Host.choices, default=Host.OWN)
    host_name = models.CharField(_("name of the host"), max_length=120, blank=True)
    visibility = models.CharField(
        _("who may see it"),
        max_length=6,
        choices=Visibility.choices,
        default=Visibility.PUBLIC,
    )
    contacts = models.ManyToManyField(
        Contact, blank=True, related_name="events", verbose_name=_("contacts")
    )
    uid = models.CharField(max_length=255, default=uuid.uuid4, editable=False)
    series = models.UUIDField(null=True, editable=False)  # shared by the repeats of one entry
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancel_reason = models.CharField(max_length=250, blank=True, editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("agenda entry")
        verbose_name_plural = _("agenda entries")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["office", "starts_at"], name="event_office_start"),
            models.Index(fields=["starts_at"], name="event_start"),
            models.Index(fields=["series"], name="event_series"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["office", "uid"], name="event_uid_in_office"),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="event_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class EventDocument(models.Model):
    """A paper of the event: invitation, material, minutes. For staff only."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("file"), upload_to="agenda/", storage=private_storage)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("document of the event")
        verbose_name_plural = _("documents of the event")
        ordering = ["pk"]


class FollowUp(models.Model):
    """What was agreed at an event: who does what until when."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="follow_ups")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("what is to be done"), max_length=250)
    person = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by whom"),
    )
    due_on = models.DateField(_("until"))
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["office", "done_at", "due_on"], name="followup_open")]
