"""What one office asks of its texts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Office


def first_blocking_rules() -> list[str]:
    """What holds an item back where nothing was decided: a citizen's number (UU 27/2022)."""
    return ["privacy_nik"]


class CheckerSettings(models.Model):
    """How an office wants its texts; one without a row has decided nothing and has the defaults."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="checker")
    blocking_rules = models.JSONField(
        _("checks that hold an item back"), default=first_blocking_rules, blank=True
    )
    dateline = models.CharField(
        _("dateline"),
        max_length=80,
        blank=True,
        help_text=_("How every article of the office begins, such as: Kota Mungkid"),
    )
    title_length = models.PositiveSmallIntegerField(_("longest title (characters)"), default=90)

    class Meta:
        verbose_name = _("settings of the checker")
        verbose_name_plural = _("settings of the checker")
