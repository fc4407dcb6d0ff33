"""A video: the office's own file, or a link to one elsewhere."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from ..rules.external import EMBED_ORIGIN, ExternalVideo, NotALink, recognise
from .base import BasePage
from .blocks import RICH_TEXT
from .items import CORRECTIONS_PANEL, INDEX, PLACE_PANEL
from .recorded import check_playable, spoken_text

ONE_OF_BOTH = _("Choose a video of this office or give a link, not both.")


class VideoPage(BasePage):
    """A video with captions and text, or a link that contacts nobody before a click."""

    kind_name = "video"
    template = "site/video.html"
    parent_page_types = INDEX
    subpage_types: list[str] = []

    recording = models.ForeignKey(
        "media.Recording",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="video_pages",
        limit_choices_to={"kind": "video"},
        verbose_name=_("video of this office"),
    )
    link = models.URLField(
        _("or the address of a video elsewhere"),
        max_length=500,
        blank=True,
        help_text=_(
            "On YouTube, Facebook, TikTok, Instagram, Vimeo or another site. Visitors see your"
            " picture first; the other site is contacted only when they click."
        ),
    )
    transcript = RichTextField(
        _("text without times"),
        features=RICH_TEXT,
        blank=True,
        help_text=_("What is said and what is seen, for those who do not see the video."),
    )

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("recording"), FieldPanel("link")], heading=_("Video")),
        FieldPanel("photo", heading=_("Poster")),
        PLACE_PANEL,
        FieldPanel("transcript"),
        CORRECTIONS_PANEL,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("transcript"),
        index.SearchField("spoken_text"),
    ]

    class Meta:
        verbose_name = _("Video")
        verbose_name_plural = _("Videos")
        constraints = [
            models.CheckConstraint(
                condition=Q(recording=None) | Q(link=""), name="video_is_here_or_elsewhere"
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.recording_id and self.link:
            raise ValidationError({"recording": ONE_OF_BOTH, "link": ONE_OF_BOTH})
        if self.link:
            try:
                recognise(self.link)
            except NotALink as error:
                raise ValidationError({"link": _("This is no address of a website.")}) from error
        if self.is_being_drafted:
            return
        if self.recording:
            check_playable(self.recording)
        elif not self.link:
            raise ValidationError({"recording": _("Choose a video or give a link.")})
        elif self.photo_id is None:
            raise ValidationError(
                {"photo": _("Choose a picture: it stands for the video until somebody clicks.")}
            )

    def spoken_text(self) -> str:
        return spoken_text(self.recording)

    @property
    def external(self) -> ExternalVideo | None:
        try:
            return recognise(self.link) if self.link else None
        except NotALink:
            return None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A page that may show a frame allows exactly that host, no other page does."""
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        if self.external and self.external.embed_url:
            response._csp_update = {"frame-src": [EMBED_ORIGIN]}  # type: ignore[attr-defined]
        return response
