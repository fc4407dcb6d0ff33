"""Old addresses that lead on, and addresses that nobody could answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Office

from .rules import LONGEST


class Source(models.TextChoices):
    """Where a redirect comes from."""

    MANUAL = "manual", _("Entered by a person")
    AUTOMATIC = "automatic", _("Page was renamed or moved")
    IMPORT = "import", _("Import of the old site")
    SHEET = "sheet", _("Uploaded table")


class Redirect(models.Model):
    """One old address of an office and where it leads: to a page, or to another address."""

    wagtail_reference_index_ignore = True  # many rows; a page's usage need not name them

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="redirects")
    old_path = models.CharField(_("old address"), max_length=LONGEST)
    page = models.ForeignKey(
        "site.BasePage",
        on_delete=models.CASCADE,  # without its page it leads nowhere: the old address is a 404
        null=True,
        blank=True,
        related_name="redirects",
        verbose_name=_("page"),
    )
    route = models.CharField(max_length=200, blank=True, editable=False)  # below the page: a list
    url = models.CharField(_("other address"), max_length=LONGEST, blank=True)
    permanent = models.BooleanField(_("for good"), default=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.MANUAL)
    hits = models.PositiveBigIntegerField(_("used"), default=0, editable=False)
    last_hit = models.DateTimeField(_("last used"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["old_path"]
        constraints = [
            models.UniqueConstraint(fields=["office", "old_path"], name="redirect_once_an_office"),
            models.CheckConstraint(
                condition=Q(page__isnull=False, url="") | Q(page__isnull=True) & ~Q(url=""),
                name="redirect_one_target",
            ),
        ]

    def __str__(self) -> str:
        return self.old_path


class MissingPage(models.Model):
    """An address that was asked of an office and is not there. No query, no person."""

    wagtail_reference_index_ignore = True

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="missing_pages")
    path = models.CharField(_("address"), max_length=LONGEST)
    count = models.PositiveBigIntegerField(_("asked for"), default=0)
    first_seen = models.DateTimeField(_("first"))
    last_seen = models.DateTimeField(_("last"))
    referrer_host = models.CharField(_("coming from"), max_length=253, blank=True)

    class Meta:
        verbose_name = _("address not found")
        verbose_name_plural = _("addresses not found")
        ordering = ["-last_seen"]
        constraints = [
            models.UniqueConstraint(fields=["office", "path"], name="missing_once_an_office")
        ]

    def __str__(self) -> str:
        return self.path
