"""Pages that stand: reviewed at an interval rather than replaced."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from .base import BasePage, Freshness
from .blocks import BodyBlock
from .items import CORRECTIONS_PANEL

DUTY_PANEL = MultiFieldPanel(
    [FieldPanel("mandatory"), FieldPanel("freshness"), FieldPanel("review_days")],
    heading=_("Duty and review"),
)


class StandingPage(BasePage):
    """What standing pages share."""

    default_freshness = Freshness.REFERENCE
    default_review_days = 180

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True


class StandardPage(StandingPage):
    """A page of text: procedures, service charter, reports."""

    kind_name = "standard"
    template = "site/standard.html"
    parent_page_types = ["site.HomePage", "site.StandardPage"]
    subpage_types = ["site.StandardPage"]

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel("body"),
        DUTY_PANEL,
        CORRECTIONS_PANEL,
    ]

    class Meta:
        verbose_name = _("Standard page")
        verbose_name_plural = _("Standard pages")


class ProfilePage(StandingPage):
    """Who the office is."""

    class Part(models.TextChoices):
        COMMISSIONERS = "commissioners", _("Commissioners")
        SECRETARIAT = "secretariat", _("Secretariat")
        STRUCTURE = "structure", _("Structure")
        HISTORY = "history", _("History of the office")
        VISION = "vision", _("Vision and mission")

    kind_name = "profile"
    default_review_days = 365
    template = "site/profile.html"
    parent_page_types = ["site.HomePage"]
    subpage_types: list[str] = []

    part = models.CharField(_("part of the profile"), max_length=20, choices=Part.choices)

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("part"),
        FieldPanel("lead"),
        FieldPanel("photo"),
        FieldPanel("body"),
        InlinePanel("people", heading=_("People"), label=_("Person")),
        DUTY_PANEL,
        CORRECTIONS_PANEL,
    ]

    class Meta:
        verbose_name = _("Profile page")
        verbose_name_plural = _("Profile pages")


class ProfilePerson(Orderable):
    """An official as the public may know them; the page has its own retention."""

    page = ParentalKey(ProfilePage, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=160)
    division = models.CharField(_("division"), max_length=160, blank=True)
    photo = models.ForeignKey(
        "site.Photo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("position"),
        FieldPanel("division"),
        FieldPanel("photo"),
    ]


class ContactPage(StandingPage):
    """How to reach the office; address, hours and accounts come from the office itself."""

    kind_name = "contact"
    default_review_days = 90
    template = "site/contact.html"
    parent_page_types = ["site.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel("body"),
        DUTY_PANEL,
        CORRECTIONS_PANEL,
    ]

    class Meta:
        verbose_name = _("Contact page")
        verbose_name_plural = _("Contact pages")
