"""What is said in a recording, as captions with their times."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..rules.captions import Cue, Paragraph, join_paragraphs, parse_captions
from .recording import PUBLIC_PATH, Recording


class Language(models.TextChoices):
    INDONESIAN = "id", _("Indonesian")
    ENGLISH = "en", _("English")


class Transcript(models.Model):
    """The words of a recording in one language: captions of the player and text to read.

    `vtt` is WebVTT. A draft was made by a machine and is for nobody until a person approves it.
    """

    recording = models.ForeignKey(
        Recording,
        on_delete=models.CASCADE,  # it says nothing without its recording
        related_name="transcripts",
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.INDONESIAN
    )
    vtt = models.TextField(_("transcript with times (WebVTT)"))
    is_draft = models.BooleanField(_("made by a machine, not yet reviewed"), default=False)
    edited_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        ordering = ["-language"]  # Indonesian first
        constraints = [
            models.UniqueConstraint(fields=["recording", "language"], name="transcript_language"),
            models.CheckConstraint(
                condition=Q(language__in=Language.values) & ~Q(vtt=""), name="transcript_choices"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recording} ({self.get_language_display()})"

    def get_url(self) -> str:
        """The public address of the captions: stable, site-relative, without language prefix."""
        return f"{PUBLIC_PATH}{self.recording.uuid}.{self.language}.vtt"

    @property
    def cues(self) -> list[Cue]:
        """The captions with their times."""
        return parse_captions(self.vtt)

    def as_paragraphs(self) -> list[Paragraph]:
        """The words as text to read, with the moment at which each paragraph begins."""
        return join_paragraphs(self.cues)

    def as_text(self) -> str:
        """The words alone, a paragraph a line: for search and for feeds."""
        return "\n".join(paragraph.text for paragraph in self.as_paragraphs())
