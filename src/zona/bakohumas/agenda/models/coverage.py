"""That an item tells of an event."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zona.offices.models import User
from zona.website.site.models import BasePage

from .participation import Participation


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
