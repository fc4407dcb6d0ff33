"""Who delivers what of an event until when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Office, User

from .participation import Participation


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
