"""A recording: what was uploaded, what is being made of it, and what the public may fetch."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Office, User

from ..files import private_storage
from ..processing.faults import SENTENCES
from ..rules.faults import Fault

PUBLIC_PATH = "/rekaman/"  # the same in every language, so that feeds and players agree


class Kind(models.TextChoices):
    AUDIO = "audio", _("Audio")
    VIDEO = "video", _("Video")


class Quality(models.TextChoices):
    """Of an audio recording; always one channel."""

    MUSIC = "music", _("Voices and music (96 kb/s)")
    SPEECH = "speech", _("Voices only (64 kb/s, a third smaller)")


class State(models.TextChoices):
    UPLOADING = "uploading", _("Being uploaded")
    WAITING = "waiting", _("Waiting for its turn")
    WORKING = "working", _("Being prepared")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Needs your attention")


class Consent(models.TextChoices):
    """Why those heard or seen may be heard or seen by everyone (Law 27/2022, art. 20)."""

    GIVEN = "given", _("Everyone heard or seen agreed")
    PUBLIC = "public", _("A public event, or people in their official duty")
    NOBODY = "nobody", _("Nobody can be recognised")


class Recording(models.Model):
    """An audio or video recording of an office.

    `original` is what was uploaded, for nobody to fetch; `file` what became of it. While a new
    original is prepared, the file before it stays in place. Sizes are in bytes, `duration` in
    seconds, `waveform` a list of peaks from 0 to 100, all the same time apart.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="recordings")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    quality = models.CharField(
        _("sound"), max_length=6, choices=Quality.choices, default=Quality.MUSIC
    )
    consent = models.CharField(_("people heard or seen"), max_length=6, choices=Consent.choices)
    has_children = models.BooleanField(_("children can be recognised"), default=False)
    rights = models.CharField(_("made by"), max_length=120, blank=True)
    uploaded_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    original = models.FileField(storage=private_storage, max_length=200, blank=True)
    original_name = models.CharField(_("file"), max_length=200, blank=True)
    original_size = models.PositiveBigIntegerField(default=0)

    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.UPLOADING
    )
    progress = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=10, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    file = models.FileField(storage=private_storage, max_length=200, blank=True)
    file_size = models.PositiveBigIntegerField(_("size"), default=0)
    content_type = models.CharField(max_length=40, blank=True)
    duration = models.FloatField(_("length in seconds"), null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    waveform = models.JSONField(default=list, blank=True)
    poster = models.FileField(storage=private_storage, max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["office", "-created_at"], name="recording_of_office"),
            models.Index(fields=["state", "heartbeat_at"], name="recording_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values)
                & Q(state__in=State.values)
                & Q(quality__in=Quality.values)
                & Q(consent__in=Consent.values)
                & Q(fault__in=["", *map(str, Fault)]),
                name="recording_choices",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="recording_progress"),
            models.CheckConstraint(
                condition=~Q(state=State.READY)
                | (~Q(file="") & Q(file_size__gt=0) & Q(duration__gt=0)),
                name="recording_ready_has_file",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.FAILED) & ~Q(fault=""))
                | (~Q(state=State.FAILED) & Q(fault="")),
                name="recording_failed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_audio(self) -> bool:
        return self.kind == Kind.AUDIO

    @property
    def is_playable(self) -> bool:
        """Whether there is a file to play, be it while a newer one is prepared."""
        return bool(self.file)

    @property
    def message(self) -> str:
        """What went wrong and what to do, in the language of the request; "" when nothing did."""
        return str(SENTENCES[Fault(self.fault)]) if self.fault else ""

    @property
    def extension(self) -> str:
        return "mp3" if self.is_audio else "mp4"

    def get_url(self) -> str:
        """The public address of the file: stable, site-relative, without language."""
        return f"{PUBLIC_PATH}{self.uuid}.{self.extension}"

    def get_poster_url(self) -> str:
        """The address of a frame of the video as JPEG; "" when there is none."""
        return f"{PUBLIC_PATH}{self.uuid}.jpg" if self.poster else ""

    def get_waveform_url(self) -> str:
        """The address of the waveform as SVG; "" when there is none."""
        return f"{PUBLIC_PATH}{self.uuid}.svg" if self.waveform else ""
