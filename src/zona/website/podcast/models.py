"""A podcast and its episodes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from zona.website.site.models.base import BasePage, Freshness
from zona.website.site.models.blocks import RICH_TEXT
from zona.website.site.models.items import CORRECTIONS_PANEL, PLACE_PANEL
from zona.website.site.models.recorded import check_playable, spoken_text

from . import categories
from .fields import ClockField
from .forms import EpisodeForm


class Frequency(models.TextChoices):
    """How often episodes come, as a recurrence rule (RFC 5545)."""

    WEEKLY = "FREQ=WEEKLY", _("Every week")
    FORTNIGHTLY = "FREQ=WEEKLY;INTERVAL=2", _("Every two weeks")
    MONTHLY = "FREQ=MONTHLY", _("Every month")


class Licence(models.TextChoices):
    """Names as SPDX has them; empty: all rights reserved."""

    BY = "cc-by-4.0", _("Free with the name of the office (CC BY 4.0)")
    BY_SA = "cc-by-sa-4.0", _("Free with the name, under the same licence (CC BY-SA 4.0)")
    ZERO = "cc0-1.0", _("Free without conditions (CC0 1.0)")


class PodcastShowPage(RoutablePageMixin, BasePage):
    """A podcast: its episodes are the pages below."""

    kind_name = "podcast_show"
    default_freshness = Freshness.REFERENCE
    default_review_days = 365
    template = "podcast/show.html"
    parent_page_types = ["site.HomePage"]
    subpage_types = ["podcast.PodcastEpisodePage"]

    description = RichTextField(_("description"), features=RICH_TEXT)
    category = models.CharField(
        _("category"), max_length=60, choices=categories.list_choices, default=categories.DEFAULT
    )
    frequency = models.CharField(
        _("how often"),
        max_length=24,
        choices=Frequency.choices,
        blank=True,
        help_text=_("Empty when it varies."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=12,
        choices=Licence.choices,
        blank=True,
        help_text=_("What others may do with the episodes. Empty: all rights stay here."),
    )
    is_locked = models.BooleanField(
        _("nobody else may take the podcast over"),
        default=True,
        help_text=_("Leave it on, unless you are moving the podcast to another place."),
    )
    apple_url = models.URLField(_("address at Apple Podcasts"), max_length=300, blank=True)
    spotify_url = models.URLField(_("address at Spotify"), max_length=300, blank=True)
    youtube_url = models.URLField(_("address at YouTube"), max_length=300, blank=True)
    guid = models.UUIDField(null=True, editable=False)

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel(
            "photo",
            heading=_("Cover"),
            help_text=_("Square, 1400 to 3000 px on each side, with large letters."),
        ),
        FieldPanel("description"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("category"), FieldPanel("frequency")]),
                FieldPanel("licence"),
            ],
            heading=_("For podcast apps"),
        ),
        MultiFieldPanel(
            [FieldPanel("apple_url"), FieldPanel("spotify_url"), FieldPanel("youtube_url")],
            heading=_("Where else to listen"),
            help_text=_("Once a service has taken the feed, give its address here."),
        ),
    ]
    settings_panels = [*BasePage.settings_panels, FieldPanel("is_locked")]
    search_fields = [*BasePage.search_fields, index.SearchField("description")]

    class Meta:
        verbose_name = _("Podcast")
        verbose_name_plural = _("Podcasts")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The guid is made once, of the feed's first address, and stays when that changes."""
        super().save(*args, **kwargs)
        if self.guid is None:
            from .feed import feed_address
            from .rules import guid_of

            self.guid = guid_of(feed_address(self))
            type(self).objects.filter(pk=self.pk).update(guid=self.guid)

    @path("")
    def show(self, request: HttpRequest) -> HttpResponseBase:
        return self.render(request)

    @path("rss/")
    def feed(self, request: HttpRequest) -> HttpResponseBase:
        from .feed import show_feed

        return show_feed(request, self)


class EpisodeKind(models.TextChoices):
    FULL = "full", _("Full episode")
    TRAILER = "trailer", _("Trailer")
    BONUS = "bonus", _("Bonus")


class PodcastEpisodePage(RoutablePageMixin, BasePage):
    """One episode of a podcast, with its guests."""

    kind_name = "podcast_episode"
    base_form_class = EpisodeForm
    template = "podcast/episode.html"
    parent_page_types = ["podcast.PodcastShowPage"]
    subpage_types: list[str] = []

    season = models.PositiveSmallIntegerField(_("season"), default=1)
    number = models.PositiveSmallIntegerField(_("episode"))
    episode_kind = models.CharField(
        _("kind of episode"), max_length=7, choices=EpisodeKind.choices, default=EpisodeKind.FULL
    )
    recording = models.ForeignKey(
        "media.Recording",
        on_delete=models.PROTECT,
        null=True,  # a draft may wait for it
        related_name="episode_pages",
        limit_choices_to={"kind": "audio"},
        verbose_name=_("recording"),
    )
    description = RichTextField(_("description"), features=RICH_TEXT, blank=True)
    transcript = RichTextField(
        _("text without times"),
        features=RICH_TEXT,
        blank=True,
        help_text=_("Only when there is no transcript with times: what is said in the episode."),
    )

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel("recording"),
        FieldRowPanel([FieldPanel("season"), FieldPanel("number"), FieldPanel("episode_kind")]),
        FieldPanel("photo", heading=_("Cover"), help_text=_("Empty: the podcast's cover.")),
        InlinePanel("guests", heading=_("Guests and host"), label=_("Person")),
        InlinePanel("chapters", heading=_("Chapters"), label=_("Chapter")),
        FieldPanel("description"),
        PLACE_PANEL,
        FieldPanel("transcript"),
        CORRECTIONS_PANEL,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("description"),
        index.SearchField("transcript"),
        index.SearchField("spoken_text"),
        index.RelatedFields("guests", [index.SearchField("name")]),
    ]

    class Meta:
        verbose_name = _("Podcast episode")
        verbose_name_plural = _("Podcast episodes")
        constraints = [
            models.CheckConstraint(
                condition=Q(episode_kind__in=EpisodeKind.values), name="episode_kind_choices"
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.is_being_drafted:
            return
        if self.recording is None:
            raise ValidationError({"recording": _("Choose the recording of the episode.")})
        check_playable(self.recording)

    @cached_property
    def show_page(self) -> PodcastShowPage:
        return PodcastShowPage.objects.get(pk=self.get_parent().pk)

    def spoken_text(self) -> str:
        return spoken_text(self.recording)

    @path("")
    def show(self, request: HttpRequest) -> HttpResponseBase:
        return self.render(request)

    @path("bab/")
    def list_chapters(self, request: HttpRequest) -> HttpResponseBase:
        from .feed import show_chapters

        return show_chapters(request, self)

    @path("naskah-srt/")
    def show_srt(self, request: HttpRequest) -> HttpResponseBase:
        from .feed import show_srt

        return show_srt(request, self)


class EpisodeGuest(Orderable):
    """Somebody who speaks, and why this person is competent to."""

    class Role(models.TextChoices):
        GUEST = "guest", _("Guest")
        HOST = "host", _("Host")

    page = ParentalKey(PodcastEpisodePage, on_delete=models.CASCADE, related_name="guests")
    role = models.CharField(_("role"), max_length=5, choices=Role.choices, default=Role.GUEST)
    name = models.CharField(_("name"), max_length=120)
    office = models.CharField(_("position or institution"), max_length=160)
    competence = models.CharField(
        _("competence"),
        max_length=250,
        blank=True,
        help_text=_("Why this person can speak about the subject."),
    )
    photo = models.ForeignKey(
        "site.Photo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldPanel("office"),
        FieldPanel("competence"),
        FieldPanel("photo"),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["guest", "host"]), name="episode_guest_role"
            )
        ]


class EpisodeChapter(models.Model):
    """Where a part of an episode begins."""

    page = ParentalKey(PodcastEpisodePage, on_delete=models.CASCADE, related_name="chapters")
    start = ClockField(_("begins at"), help_text=_("Minutes and seconds, such as 12:30."))
    title = models.CharField(_("title"), max_length=120)

    panels = [FieldRowPanel([FieldPanel("start"), FieldPanel("title")])]

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return self.title
