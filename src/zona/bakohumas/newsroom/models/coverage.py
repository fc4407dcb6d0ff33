"""What one office makes of an event: duties, items, or the reason why there is none."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Office, User
from zona.website.showcase.models import BasePage

from .agenda import Event, Risk


class NoCoverage(models.TextChoices):
    """Why an office publishes nothing of an event; these leave the coverage's denominator."""

    CLOSED = "closed", _("Closed meeting")
    EXCLUDED = "excluded", _("Excluded information (Law 14/2008, art. 17)")
    INTERNAL = "internal", _("Of no use to the public")
    CANCELLED = "cancelled", _("Did not take place")


class Participation(models.Model):
    """One event in one office's calendar; the host has one too.

    An event of KPU RI or KPU Provinsi flows down as one row an office that it names; each office
    answers with its own coverage.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participations")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="participations")
    is_host = models.BooleanField(default=False)
    exception = models.CharField(
        _("no coverage because"), max_length=9, choices=NoCoverage.choices, blank=True
    )
    exception_note = models.CharField(_("note"), max_length=250, blank=True)
    excepted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, editable=False)  # somebody there opened it
    pages = models.ManyToManyField(BasePage, through="Coverage", related_name="participations")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        indexes = [models.Index(fields=["office", "event"], name="participation_office")]
        constraints = [
            models.UniqueConstraint(fields=["event", "office"], name="participation_once"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(is_host=True), name="participation_one_host"
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)


class Coverage(models.Model):
    """That an item tells of an event; linked before or after publishing, either way round."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="coverages"
    )
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="coverages")
    linked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    linked_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        constraints = [
            models.UniqueConstraint(fields=["participation", "page"], name="coverage_once")
        ]


class ItemPlan(models.Model):
    """What the writer of an item wants beside its text: where it shall go, how grave a mistake is.

    Kept beside the page, so that a draft, an approval and a later publication by the clock all
    find it.
    """

    page = models.OneToOneField(BasePage, on_delete=models.CASCADE, related_name="plan")
    channels = models.JSONField(default=list)  # numbers of the channels ticked
    queued = models.JSONField(default=list)  # those that were told already
    risk = models.CharField(max_length=6, choices=Risk.choices, blank=True)  # raised by the writer
    # of events that gave it once; a writer cannot be rid of it by loosening the item from them
    least_risk = models.CharField(max_length=6, choices=Risk.choices, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("plan of an item")
        verbose_name_plural = _("plans of items")


class WritingKey(models.Model):
    """One rendering of a form for writing, and the item that its first saving has made.

    Whatever comes from the form names the key: autosave, a submit, a text that a browser brought
    back. So they all meet on one row, and one text is one draft. `page` is None when the item was
    deleted since.
    """

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    page = models.ForeignKey(BasePage, on_delete=models.SET_NULL, null=True, related_name="+")
    sequence = models.BigIntegerField(default=0)  # of the newest writing; what has less is older
    version = models.CharField(max_length=60, blank=True)  # of the item after that writing
    made_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key of a form for writing")
        verbose_name_plural = _("keys of forms for writing")
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="writing_key_once"),
        ]


class Form(models.TextChoices):
    """What a duty delivers."""

    TEXT = "text", _("Text")
    PHOTO = "photo", _("Photos")
    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Audio")
    LIVE = "live", _("Live broadcast")


class Assignment(models.Model):
    """A duty of coverage: who delivers what until when."""

    class State(models.TextChoices):
        OPEN = "open", _("Not begun")
        WORKING = "working", _("In work")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="assignments"
    )
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="assignments")
    form = models.CharField(_("what"), max_length=5, choices=Form.choices)
    person = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("who"),
    )
    due_at = models.DateTimeField(_("until"))
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    note = models.CharField(_("note"), max_length=250, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(fields=["office", "state", "due_at"], name="assignment_due"),
            models.Index(fields=["person", "state", "due_at"], name="assignment_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "form"],
                condition=~Q(state="dropped"),
                name="assignment_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()}: {self.participation}"
