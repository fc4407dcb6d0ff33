"""What an office publishes: one class a kind."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from .base import BasePage, Freshness
from .blocks import RICH_TEXT, BodyBlock

INDEX = ["site.IndexPage"]

PHOTO_PANEL = MultiFieldPanel([FieldPanel("photo"), FieldPanel("caption")], heading=_("Main photo"))
PLACE_PANEL = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("rubric"), FieldPanel("activity_date")]), FieldPanel("tags")],
    heading=_("Rubric, date, topics"),
)
CORRECTIONS_PANEL = InlinePanel(
    "corrections", panels=[FieldPanel("date"), FieldPanel("text")], heading=_("Corrections")
)


class ArticlePage(BasePage):
    """A news article."""

    kind_name = "article"
    template = "site/article.html"
    parent_page_types = INDEX
    subpage_types: list[str] = []

    dateline = models.CharField(
        _("dateline"), max_length=80, blank=True, help_text=_("The place, such as Kota Mungkid.")
    )
    place = models.CharField(_("where"), max_length=160, blank=True)
    people = models.CharField(_("who took part"), max_length=250, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    title_inferred = models.BooleanField(
        _("the title was made from the text"), default=False, editable=False
    )
    sign_off = models.CharField(
        _("sign-off"), max_length=80, blank=True, help_text=_("Initials of writer and editor.")
    )

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        PHOTO_PANEL,
        PLACE_PANEL,
        FieldPanel("dateline"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("people"), FieldPanel("sign_off")],
            heading=_("Facts box and sign-off"),
        ),
        CORRECTIONS_PANEL,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("Article")
        verbose_name_plural = _("Articles")


class PhotoStoryPage(BasePage):
    """A story told in photos."""

    kind_name = "photo_story"
    template = "site/photo_story.html"
    parent_page_types = INDEX
    subpage_types: list[str] = []

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        PHOTO_PANEL,
        PLACE_PANEL,
        InlinePanel("photos", heading=_("Photos"), label=_("Photo"), min_num=1),
        CORRECTIONS_PANEL,
    ]

    class Meta:
        verbose_name = _("Photo story")
        verbose_name_plural = _("Photo stories")


class StoryPhoto(Orderable):
    page = ParentalKey(PhotoStoryPage, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey(
        "site.Photo", on_delete=models.PROTECT, related_name="+", verbose_name=_("photo")
    )
    caption = models.CharField(_("caption"), max_length=300)

    panels = [FieldPanel("photo"), FieldPanel("caption")]


class InfographicPage(BasePage):
    """A picture and the same content as text."""

    kind_name = "infographic"
    template = "site/infographic.html"
    parent_page_types = INDEX
    subpage_types: list[str] = []

    text = RichTextField(
        _("the same content as text"),
        features=[*RICH_TEXT, "h2", "h3"],
        help_text=_("For those who cannot see the picture, and for search."),
    )

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel("photo", heading=_("The picture")),
        FieldPanel("text"),
        PLACE_PANEL,
        CORRECTIONS_PANEL,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("text")]

    class Meta:
        verbose_name = _("Infographic")
        verbose_name_plural = _("Infographics")

    def clean(self) -> None:
        super().clean()
        if not self.photo_id:
            raise ValidationError({"photo": _("Choose the picture of the infographic.")})


class AnnouncementPage(BasePage):
    """An announcement, in force until a day and visibly expired afterwards."""

    kind_name = "announcement"
    default_freshness = Freshness.WINDOW
    template = "site/announcement.html"
    parent_page_types = INDEX
    subpage_types: list[str] = []

    number = models.CharField(_("number of the announcement"), max_length=120, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("valid_until")]),
        FieldPanel("body"),
        PLACE_PANEL,
        CORRECTIONS_PANEL,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("Announcement")
        verbose_name_plural = _("Announcements")

    def clean(self) -> None:
        super().clean()
        if self.valid_until is None:
            raise ValidationError(
                {"valid_until": _("Say until which day the announcement is valid.")}
            )
