"""Data that is due once a period, and that it was published."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Office, User
from zona.website.site.models import BasePage


class Period(models.TextChoices):
    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    SEMESTER = "semester", _("Every half year")
    YEAR = "year", _("Every year")


class PeriodicDuty(models.Model):
    """Data an office must publish once a period; rows that KPU RI may edit."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("data"), max_length=160)
    period = models.CharField(_("how often"), max_length=8, choices=Period.choices)
    due_months = models.PositiveSmallIntegerField(
        _("due after the period's end (months)"), default=0
    )
    due_days = models.PositiveSmallIntegerField(_("and (days)"), default=0)
    legal_base = models.CharField(_("legal base"), max_length=160, blank=True)
    source = models.CharField(_("where it can be read"), max_length=250, blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("in force until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("periodic data")
        verbose_name_plural = _("periodic data")
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title


class PeriodicFulfilment(models.Model):
    """That an office published the data of one period."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    duty = models.ForeignKey(PeriodicDuty, on_delete=models.PROTECT, related_name="fulfilments")
    period = models.CharField(max_length=8)  # 2026, 2026-S1, 2026-Q3, 2026-07
    page = models.ForeignKey(
        BasePage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    url = models.URLField(_("address"), blank=True)
    published_on = models.DateField(_("published on"))
    noted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "duty", "period"], name="fulfilment_once")
        ]


class OfficeScore(models.Model):
    """The freshness score of one office on one day, with its parts, so that its way is seen."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    parts = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "day"], name="office_score_once")]


class NumbersLetter(models.Model):
    """That the letter of a week was made for an office, so that it goes out once."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()  # its Monday
    recipients = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "week"], name="numbers_letter_once_a_week")
        ]
