"""The pages that the law wants every public body to have; rows, not code."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MandatoryPage(models.Model):
    """One page every office must show, with its legal base and the dates it is in force."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("page"), max_length=120)
    purpose = models.CharField(_("what it must tell"), max_length=250)
    legal_base = models.CharField(_("legal base"), max_length=160)
    source = models.CharField(_("where it can be read"), max_length=500, blank=True)
    review_days = models.PositiveSmallIntegerField(_("review every (days)"))
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("in force until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("mandatory page")
        verbose_name_plural = _("mandatory pages")
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title
