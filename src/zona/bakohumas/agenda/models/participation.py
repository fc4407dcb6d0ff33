"""An event in the calendar of one office, or the reason why nothing is told of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Office, User
from zona.website.site.models import BasePage

from .events import Event


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
