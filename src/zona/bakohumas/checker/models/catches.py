"""What the checker caught."""

from __future__ import annotations

from django.db import models

from zona.offices.models import Office


class CheckerCatch(models.Model):
    """How often a rule of the checker was met by a mended text, by day; no text is kept."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    rule = models.SlugField(max_length=40)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "rule", "day"], name="checker_catch_once")
        ]
