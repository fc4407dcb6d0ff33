"""What every page row carries, so that lists of mixed kinds need one query."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import AbstractPage, DefaultBasePageMixin
from wagtail.models.pages import AbstractPageMeta
from wagtail.search import index

from zona.offices.models import Office

from ..forms import OfficePageForm
from ..rules.pages import UNDATED
from ..screens import show


class Freshness(models.TextChoices):
    """How a page grows old (Zona's freshness model)."""

    WINDOW = "W", _("Limited in time: has a valid-until date")
    REFERENCE = "R", _("Reference: must be reviewed at an interval")
    PERIODIC = "D", _("Periodic data: due once a period")
    NEWS = "N", _("News: a trace of what happened, never stale")


class Rubric(models.Model):
    """A section of one office's news, such as Berita or Sosialisasi."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="rubrics")
    title = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("short address"), max_length=60)
    purpose = models.CharField(_("purpose, one sentence"), max_length=160, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        ordering = ["order", "title"]
        constraints = [
            models.UniqueConstraint(fields=["office", "slug"], name="rubric_slug_in_office")
        ]

    def __str__(self) -> str:
        return self.title


class Tag(TagBase):
    """A topic, shared by all offices."""

    free_tagging = True

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class TaggedPage(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_pages")
    content_object = ParentalKey(
        "site.BasePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class BasePage(AbstractPage, DefaultBasePageMixin):
    """The base of all pages (WAGTAIL_PAGE_MODEL)."""

    kind_name: ClassVar[str] = ""
    default_freshness: ClassVar[str] = Freshness.NEWS
    default_review_days: ClassVar[int | None] = None
    is_being_drafted = False  # the editor's form says so: what only the public needs may be missing

    # Read as never empty: only directory pages have none, and their screens do not ask.
    office: models.ForeignKey[Office | None, Office] = models.ForeignKey(  # type: ignore[misc]
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="pages",
        help_text=_("Empty on directory pages only."),
    )
    kind = models.CharField(max_length=20, editable=False, db_index=True)
    freshness = models.CharField(
        _("how it grows old"), max_length=1, choices=Freshness.choices, default=Freshness.NEWS
    )
    review_days = models.PositiveSmallIntegerField(_("review every (days)"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("last reviewed"), null=True, blank=True, editable=False)
    valid_until = models.DateField(_("valid until and including"), null=True, blank=True)
    rubric = models.ForeignKey(
        Rubric,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="pages",
        verbose_name=_("rubric"),
    )
    lead = models.TextField(
        _("lead"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences: who did what, when and where."),
    )
    photo = models.ForeignKey(
        "site.Photo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("main photo"),
    )
    caption = models.CharField(_("caption of the main photo"), max_length=250, blank=True)
    card_photo = models.ForeignKey(
        "site.Photo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture of the card"),
        help_text=_("On the card that is shared. When empty, the main photo."),
    )
    activity_date = models.DateField(_("date of the activity"), null=True, blank=True)
    activity_date_inferred = models.BooleanField(
        _("the year was inferred"),
        default=False,
        help_text=_("The source printed no year; it was concluded from other items."),
    )
    source_url = models.URLField(_("address at the old site"), max_length=500, blank=True)
    source_id = models.CharField(max_length=80, blank=True, editable=False, db_index=True)
    mandatory = models.ForeignKey(
        "site.MandatoryPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="pages",
        verbose_name=_("fulfils the duty"),
    )
    listed_at = models.DateTimeField(null=True, editable=False)
    tags = ClusterTaggableManager(
        through=TaggedPage, blank=True, verbose_name=_("topics"), related_name="pages"
    )

    search_fields = [
        *AbstractPage.search_fields,
        *DefaultBasePageMixin.search_fields,
        index.SearchField("lead"),
        index.FilterField("office"),
        index.FilterField("kind"),
    ]
    promote_panels = [
        *DefaultBasePageMixin.promote_panels,
        MultiFieldPanel([FieldPanel("card_photo")], heading=_("Card for sharing")),
    ]

    class Meta(AbstractPageMeta):
        indexes = [
            models.Index(fields=["office", "kind", "-listed_at", "-id"], name="page_list"),
            models.Index(fields=["office", "rubric", "-listed_at", "-id"], name="page_rubric"),
            models.Index(fields=["office", "source_id"], name="page_source"),
        ]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # Set on BasePage itself it would be lost: Wagtail's admin puts its own form there when it
        # starts, as on its own Page.
        cls.base_form_class = cls.__dict__.get("base_form_class", OfficePageForm)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.settle()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.settle()
        super().save(*args, **kwargs)

    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """The page and all that follows from its publication, or nothing of both.

        Wagtail alone commits the page first and calls the receivers of `page_published` then.
        """
        return super().publish(*args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """The page and all that follows from its leaving, or nothing of both."""
        return super().unpublish(*args, **kwargs)

    def settle(self) -> None:
        """Fill what follows from the rest of the row: kind, class, office, place in lists."""
        if self.kind_name and not self.kind:
            self.kind = self.kind_name
            if self.freshness == Freshness.NEWS:  # nobody chose another
                self.freshness = self.default_freshness
            if self.review_days is None:
                self.review_days = self.default_review_days
        if self.office is None and self.depth and self.depth > 2:
            parent = self.get_parent()
            self.office = parent.office if parent else None
        self.listed_at = self.place_in_lists()

    def place_in_lists(self) -> dt.datetime | None:
        """Own items stand at their publication, imported ones at the day of the activity."""
        if not self.source_id:
            return self.first_published_at
        if self.activity_date is None or self.office is None:
            return UNDATED
        return dt.datetime.combine(self.activity_date, dt.time(12), tzinfo=self.office.tz)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | show("item", request, self)

    @property
    def is_imported(self) -> bool:
        return bool(self.source_id)


class Correction(models.Model):
    """A mistake that was mended, told to the public on the item itself."""

    page = ParentalKey(BasePage, on_delete=models.CASCADE, related_name="corrections")
    date = models.DateField(_("date"))
    text = models.TextField(_("what was wrong and how it reads now"), max_length=500)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return self.text
