"""What came from where, so that a second run knows it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Office


class ImportedItem(models.Model):
    """One entry or file of an old site, found again by its GUID (files: by their address)."""

    wagtail_reference_index_ignore = True

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="imported_items")
    guid = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    # Empty once staff deleted it here: it is not made again.
    page = models.ForeignKey(
        "site.BasePage", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    photo = models.ForeignKey("site.Photo", on_delete=models.SET_NULL, null=True, related_name="+")
    file = models.ForeignKey(
        "site.PublicFile", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    was_live = models.BooleanField(default=False)
    missing = models.PositiveIntegerField(default=0)  # pictures and files that were not to be had
    open_links = models.BooleanField(default=False)  # links to the old site that lead there still

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        constraints = [
            models.UniqueConstraint(fields=["office", "guid"], name="imported_once_an_office")
        ]
        indexes = [
            models.Index(
                fields=["office"],
                name="imported_open_links",
                condition=models.Q(open_links=True),
            )
        ]

    def __str__(self) -> str:
        return self.guid


class Feed(models.Model):
    """A feed that is fetched again and again, and what its server said last."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="imported_feeds")
    url = models.CharField(max_length=500)
    etag = models.CharField(max_length=255, blank=True)
    modified = models.CharField(max_length=120, blank=True)
    checked_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("imported feed")
        verbose_name_plural = _("imported feeds")
        constraints = [
            models.UniqueConstraint(fields=["office", "url"], name="feed_once_an_office")
        ]

    def __str__(self) -> str:
        return self.url
