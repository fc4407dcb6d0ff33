"""Whom an office works with, and when it last spoke with them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Office, User


class Kind(models.TextChoices):
    """The classes of stakeholders whose breadth an office is measured by."""

    MEDIA = "media", _("Press and broadcasters")
    SUPERVISOR = "supervisor", _("Bawaslu")
    GOVERNMENT = "government", _("Local government")
    SECURITY = "security", _("Police and armed forces")
    SCHOOL = "school", _("Schools and universities")
    PARTY = "party", _("Political parties")
    COMMUNITY = "community", _("Communities and associations")
    DISABILITY = "disability", _("Organisations of people with disabilities")
    OTHER = "other", _("Others")


class Consent(models.TextChoices):
    """Why the office may keep and use the contact (Law 27/2022, art. 20)."""

    OFFICIAL = "official", _("Public contact of an institution")
    SPOKEN = "spoken", _("Agreed, spoken")
    WRITTEN = "written", _("Agreed in writing")
    ASKED = "asked", _("Not asked yet: do not write")


class Contact(models.Model):
    """A person or desk at an organisation that the office works with."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("what they are"), max_length=10, choices=Kind.choices)
    organisation = models.CharField(_("organisation"), max_length=120)
    name = models.CharField(_("name"), max_length=120, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone or WhatsApp"), max_length=40, blank=True)
    consent = models.CharField(
        _("consent"), max_length=8, choices=Consent.choices, default=Consent.OFFICIAL
    )
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    on_press_list = models.BooleanField(_("receives press releases by e-mail"), default=False)
    verified_on = models.DateField(_("last verified on"), null=True, blank=True)
    last_contact_on = models.DateField(_("last contact on"), null=True, blank=True, editable=False)
    note = models.TextField(_("note"), max_length=500, blank=True)
    is_active = models.BooleanField(_("in use"), default=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["organisation", "name", "pk"]
        indexes = [models.Index(fields=["office", "kind", "is_active"], name="contact_office")]
        constraints = [
            models.CheckConstraint(
                condition=Q(on_press_list=False) | ~Q(email=""), name="contact_press_has_email"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}" if self.name else self.organisation


class Touch(models.Model):
    """One time the office spoke with a contact."""

    class Way(models.TextChoices):
        VISIT = "visit", _("Visit")
        MEETING = "meeting", _("Meeting")
        PHONE = "phone", _("Phone")
        WHATSAPP = "whatsapp", "WhatsApp"
        EMAIL = "email", _("E-mail")
        LETTER = "letter", _("Letter")
        PICKUP = "pickup", _("They published our news")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="touches")
    on = models.DateField(_("on"))
    way = models.CharField(_("how"), max_length=8, choices=Way.choices)
    text = models.CharField(_("about what"), max_length=250)
    url = models.URLField(_("address of what they published"), blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering = ["-on", "-pk"]
