"""What changed, for every web process to see."""

from django.db import models


class Change(models.Model):
    """Something that the public may see changed; written in the transaction that changed it."""

    office_id = models.BigIntegerField(null=True)  # whose pages show it; empty: anybody's
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "change"
        verbose_name_plural = "changes"
        default_permissions = ()
