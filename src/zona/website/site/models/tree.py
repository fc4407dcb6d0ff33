"""The tree: directories, the homes of the offices side by side in them, and their news lists."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.contrib.routable_page.models import path, re_path

from zona.offices.models import Office

from ..screens import show
from .base import BasePage, Freshness
from .routing import DirectRouteMixin

SLUG = r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
YEAR = r"(?P<year>20[0-9]{2})"
MONTH = r"(?P<month>0[1-9]|1[0-2])"
FEED = r"(?P<form>rss|atom|json)"


class DirectoryPage(DirectRouteMixin, BasePage):
    """Indonesia, or one province: a list of the offices below; holds homes side by side."""

    kind_name = "directory"
    default_freshness = Freshness.REFERENCE
    template = "site/directory.html"
    parent_page_types: ClassVar[list[str]] = ["site.DirectoryPage"]
    subpage_types: ClassVar[list[str]] = ["site.DirectoryPage", "site.HomePage"]

    front_office = models.ForeignKey(
        Office,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The one office this installation is run for: its address leads there."),
    )

    class Meta:
        verbose_name = _("Directory of offices")
        verbose_name_plural = _("Directories of offices")

    @path("")
    def show(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = show("front", request, self)
        return answer

    @path("daftar-kantor/")
    def list_offices(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = show("directory", request, self)
        return answer


class HomePage(DirectRouteMixin, BasePage):
    """The home of one office."""

    kind_name = "home"
    default_freshness = Freshness.REFERENCE
    template = "site/home.html"
    parent_page_types: ClassVar[list[str]] = ["site.DirectoryPage"]
    subpage_types: ClassVar[list[str]] = [
        "site.IndexPage",
        "site.StandardPage",
        "site.ProfilePage",
        "site.ContactPage",
    ]

    headline = models.ForeignKey(
        "site.BasePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("headline"),
        help_text=_("The large story on top; when empty, the newest one."),
    )

    content_panels: ClassVar[list[FieldPanel]] = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel("headline"),
    ]

    class Meta:
        verbose_name = _("Home page")
        verbose_name_plural = _("Home pages")

    @path("")
    def show(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = show("home", request, self)
        return answer

    @path("cari/")
    def search(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = show("search", request, self)
        return answer

    @path("cari/saran/")
    def suggest(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = show("suggestions", request, self)
        return answer

    @path("informasi-publik/")
    def list_information(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = show("information", request, self)
        return answer

    @path("aksen/")
    def accent(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = show("accent", request, self)
        return answer


class IndexPage(DirectRouteMixin, BasePage):
    """All that the office publishes, newest first; narrowed by rubric, topic, kind, time."""

    kind_name = "index"
    default_freshness = Freshness.REFERENCE
    template = "site/list.html"
    parent_page_types: ClassVar[list[str]] = ["site.HomePage"]
    max_count_per_parent = 1
    subpage_types: ClassVar[list[str]] = [
        "site.ArticlePage",
        "site.PhotoStoryPage",
        "site.InfographicPage",
        "site.AnnouncementPage",
        "site.VideoPage",
    ]

    class Meta:
        verbose_name = _("News")
        verbose_name_plural = _("News")

    def _list(self, request: HttpRequest, **narrow: str) -> HttpResponseBase:
        answer: HttpResponseBase = show("list", request, self, **narrow)
        return answer

    def _feed(self, request: HttpRequest, form: str, **narrow: str) -> HttpResponseBase:
        answer: HttpResponseBase = show("feed", request, self, form=form, **narrow)
        return answer

    @path("")
    def show_all(self, request: HttpRequest) -> HttpResponseBase:
        return self._list(request)

    @re_path(rf"^rubrik/{SLUG}/$")
    def show_rubric(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        return self._list(request, rubric=slug)

    @re_path(rf"^topik/{SLUG}/$")
    def show_tag(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        return self._list(request, tag=slug)

    @re_path(rf"^jenis/{SLUG}/$")
    def show_kind(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        return self._list(request, kind=slug)

    @re_path(rf"^{YEAR}/$")
    def show_year(self, request: HttpRequest, year: str) -> HttpResponseBase:
        return self._list(request, year=year)

    @re_path(rf"^{YEAR}/{MONTH}/$")
    def show_month(self, request: HttpRequest, year: str, month: str) -> HttpResponseBase:
        return self._list(request, year=year, month=month)

    @re_path(rf"^{FEED}/$")
    def feed(self, request: HttpRequest, form: str) -> HttpResponseBase:
        return self._feed(request, form)

    @re_path(rf"^rubrik/{SLUG}/{FEED}/$")
    def feed_rubric(self, request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
        return self._feed(request, form, rubric=slug)

    @re_path(rf"^topik/{SLUG}/{FEED}/$")
    def feed_tag(self, request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
        return self._feed(request, form, tag=slug)
