"""When an office serves: hours, closed days, national holidays, election stages."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .office import Office


class Weekday(models.IntegerChoices):
    """Monday is 0, as in datetime.date.weekday()."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class ServiceHours(models.Model):
    """Opening hours of one weekday with at most one break; local time of the office."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="service_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    break_starts = models.TimeField(_("break starts"), null=True, blank=True)
    break_ends = models.TimeField(_("break ends"), null=True, blank=True)

    class Meta:
        verbose_name = _("service hours")
        verbose_name_plural = _("service hours")
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(fields=["office", "weekday"], name="hours_once_a_weekday"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="hours_open_first"),
            models.CheckConstraint(
                condition=Q(break_starts=None, break_ends=None)
                | Q(
                    break_starts__gt=F("opens"),
                    break_ends__gt=F("break_starts"),
                    break_ends__lt=F("closes"),
                ),
                name="hours_break_inside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H.%M}–{self.closes:%H.%M}"


class ClosedDay(models.Model):
    """Days on which one office alone is closed, such as a local flood or an office move."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="closed_days")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until and including"))
    reason = models.CharField(_("reason, as the public reads it"), max_length=160)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="closed_starts_first"
            )
        ]

    def __str__(self) -> str:
        return self.reason


class Holiday(models.Model):
    """A row that staff put over the calendar of the `holidays` library, with its decree (SKB).

    A row of kind WORKING takes a day that the library counts as a holiday back into work.
    """

    class Kind(models.TextChoices):
        NATIONAL = "national", _("National holiday")
        COLLECTIVE = "collective", _("Collective leave (cuti bersama)")
        WORKING = "working", _("Ordinary working day")

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    decree = models.CharField(_("number of the decree"), max_length=160)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return self.name


class ElectionStage(models.Model):
    """A stage (tahapan) of an election, dated; edited by KPU RI for the whole country."""

    name = models.CharField(_("stage"), max_length=160)
    election = models.CharField(_("election"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until and including"))
    decree = models.CharField(_("legal base"), max_length=160)
    explanation = models.TextField(_("what the public should know"), blank=True)

    class Meta:
        verbose_name = _("election stage")
        verbose_name_plural = _("election stages")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="stage_starts_first"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.election})"
