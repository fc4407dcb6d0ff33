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

from ..blocks import RICH_TEXT, BodyBlock
from .base import BasePage, Freshness

INDEX = ["showcase.IndexPage"]

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
    template = "showcase/article.html"
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
    template = "showcase/photo_story.html"
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
        "showcase.Photo", on_delete=models.PROTECT, related_name="+", verbose_name=_("photo")
    )
    caption = models.CharField(_("caption"), max_length=300)

    panels = [FieldPanel("photo"), FieldPanel("caption")]


class InfographicPage(BasePage):
    """A picture and the same content as text."""

    kind_name = "infographic"
    template = "showcase/infographic.html"
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
    template = "showcase/announcement.html"
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


class VideoPage(BasePage):
    """A video file of the office with captions and transcript."""

    kind_name = "video"
    template = "showcase/video.html"
    parent_page_types = INDEX
    subpage_types: list[str] = []

    media = models.ForeignKey(
        "showcase.PublicFile",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("video file (MP4)"),
    )
    captions = models.ForeignKey(
        "showcase.PublicFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("captions (WebVTT)"),
    )
    duration = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    transcript = RichTextField(_("transcript"), features=RICH_TEXT, blank=True)

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel("media"),
        FieldPanel("captions"),
        FieldPanel("photo", heading=_("Poster")),
        FieldPanel("duration"),
        FieldPanel("transcript"),
        PLACE_PANEL,
        CORRECTIONS_PANEL,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("transcript")]

    class Meta:
        verbose_name = _("Video")
        verbose_name_plural = _("Videos")


class PodcastShowPage(BasePage):
    """A podcast: its episodes are the pages below."""

    kind_name = "podcast_show"
    default_freshness = Freshness.REFERENCE
    default_review_days = 365
    template = "showcase/podcast_show.html"
    parent_page_types = ["showcase.HomePage"]
    subpage_types = ["showcase.PodcastEpisodePage"]

    description = RichTextField(_("description"), features=RICH_TEXT)

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel("photo", heading=_("Cover")),
        FieldPanel("description"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("description")]

    class Meta:
        verbose_name = _("Podcast")
        verbose_name_plural = _("Podcasts")


class PodcastEpisodePage(BasePage):
    """One episode of a podcast, with its guests."""

    kind_name = "podcast_episode"
    template = "showcase/podcast_episode.html"
    parent_page_types = ["showcase.PodcastShowPage"]
    subpage_types: list[str] = []

    season = models.PositiveSmallIntegerField(_("season"), default=1)
    number = models.PositiveSmallIntegerField(_("episode"))
    media = models.ForeignKey(
        "showcase.PublicFile",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("audio file (MP3)"),
    )
    duration = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    description = RichTextField(_("description"), features=RICH_TEXT, blank=True)
    transcript = RichTextField(_("transcript"), features=RICH_TEXT, blank=True)

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("season"), FieldPanel("number"), FieldPanel("duration")]),
        FieldPanel("media"),
        FieldPanel("photo", heading=_("Cover")),
        InlinePanel("guests", heading=_("Guests"), label=_("Guest")),
        FieldPanel("description"),
        FieldPanel("transcript"),
        PLACE_PANEL,
        CORRECTIONS_PANEL,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("transcript")]

    class Meta:
        verbose_name = _("Podcast episode")
        verbose_name_plural = _("Podcast episodes")


class EpisodeGuest(Orderable):
    """A guest, and why this guest is competent to speak."""

    page = ParentalKey(PodcastEpisodePage, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(_("name"), max_length=120)
    office = models.CharField(_("position or institution"), max_length=160)
    competence = models.CharField(_("competence"), max_length=250)

    panels = [FieldPanel("name"), FieldPanel("office"), FieldPanel("competence")]
