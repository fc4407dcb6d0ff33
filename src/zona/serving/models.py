"""What changed, for every web process to see; and how often pages are read."""

from django.db import models


class Change(models.Model):
    """Something that the public may see changed; written in the transaction that changed it."""

    office_id = models.BigIntegerField(null=True)  # whose pages show it; empty: anybody's
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "change"
        verbose_name_plural = "changes"
        default_permissions = ()


class PageViews(models.Model):
    """How often a page was read on a day; nothing of the readers."""

    page_id = models.BigIntegerField()  # no foreign key: a number outlives its page by a month
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "views of a page"
        verbose_name_plural = "views of pages"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page_id", "day"], name="page_views_once")]
        indexes = [models.Index(fields=["day"], name="page_views_day")]
