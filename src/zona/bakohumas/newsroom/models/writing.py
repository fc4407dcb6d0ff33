"""What stands beside an item: where it shall go, and the form it was written in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zona.bakohumas.agenda.models import Risk
from zona.offices.models import User
from zona.website.site.models import BasePage


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
