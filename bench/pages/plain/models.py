"""Page models in the manner of the bakery demo's blog."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page


class Rubric(models.Model):
    title = models.CharField(max_length=60)
    slug = models.SlugField(unique=True)


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey("ArticlePage", related_name="tagged_items")


class HomePage(Page):
    lead = models.TextField(blank=True)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        articles = ArticlePage.objects.live().descendant_of(self).order_by("-date")
        context["articles"] = articles.exclude(kind="announcement")[:5]
        context["announcements"] = articles.filter(kind="announcement")[:4]
        context["strips"] = [
            articles.filter(kind=kind).first() for kind in ("infographic", "video", "podcast")
        ]
        context["rubrics"] = [
            (rubric, articles.filter(rubric=rubric)[:2]) for rubric in Rubric.objects.all()
        ]
        return context


class ListPage(Page):
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        articles = ArticlePage.objects.live().child_of(self).order_by("-date")
        context["articles"] = Paginator(articles, 20).get_page(request.GET.get("page"))
        context["rubrics"] = Rubric.objects.all()
        context["years"] = articles.dates("date", "year", order="DESC")
        return context


class ArticlePage(Page):
    kind = models.CharField(max_length=20)
    lead = models.TextField(blank=True)
    date = models.DateField(null=True, blank=True)
    rubric = models.ForeignKey(Rubric, null=True, blank=True, on_delete=models.SET_NULL)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(
        [
            ("heading", blocks.CharBlock()),
            ("paragraph", blocks.RichTextBlock()),
            ("image", ImageChooserBlock()),
        ],
        blank=True,
    )
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        others = ArticlePage.objects.live().exclude(pk=self.pk)
        context["related"] = others.filter(tags__in=self.tags.all()).distinct()[:3]
        return context


class TextPage(Page):
    body = StreamField([("paragraph", blocks.RichTextBlock())], blank=True)
