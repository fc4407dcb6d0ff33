"""The public screens: read, narrow, show."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from zona.backstage.search.views import answer, answer_suggestions
from zona.ground.ui.rules import accent_css

from .. import queries
from ..kinds import BY_SLUG, KINDS, strips
from ..models import BasePage, DirectoryPage, HomePage, IndexPage
from ..models.base import Tag
from ..rules.pages import Cursor
from ..screens import screen
from . import rows as cards
from .agenda import coming_up
from .details import describe_details
from .doors import list_doors
from .foot import follow_url, list_feet
from .frame import breadcrumb, frame, home_above

RUBRIC_BLOCKS = 6


def today_at(home: HomePage) -> dt.date:
    return timezone.now().astimezone(home.office.tz).date()


@screen("front")
def show_front(request: HttpRequest, page: DirectoryPage) -> HttpResponseBase:
    """The address of the installation: its one office when it is run for one."""
    home = queries.home_of(page.front_office) if page.front_office else None
    if home:
        return HttpResponseRedirect(home.get_url(request))
    return show_directory(request, page)


@screen("directory")
def show_directory(request: HttpRequest, page: DirectoryPage) -> HttpResponseBase:
    """The offices below, by province."""
    homes = queries.open_homes().filter(path__startswith=page.path)
    names = dict(DirectoryPage.objects.filter(depth=3).values_list("path", "title"))
    groups: dict[str, list[dict[str, str]]] = {}
    for home in homes:
        place = names.get(home.path[:12], "Indonesia")
        groups.setdefault(place, []).append({"label": home.title, "url": home.get_url(request)})
    context = frame(request, page) | {"groups": groups, "count": sum(map(len, groups.values()))}
    return TemplateResponse(request, "site/directory.html", context)


@screen("home")
def show_home(request: HttpRequest, home: HomePage) -> HttpResponseBase:
    office, today = home.office, today_at(home)
    index = queries.index_of(home)
    current = queries.in_force(queries.published(office), today)
    stories = list(queries.newest(current.filter(kind__in=["article", "photo_story"]))[:5])
    headline = current.filter(pk=home.headline_id).first() if home.headline_id else None
    if headline:
        stories = [headline, *[row for row in stories if row.pk != headline.pk][:4]]
    context = frame(request, home, home) | {
        "doors": list_doors(request, home),
        "headline": cards.story(request, stories[0], "story") if stories else None,
        "stories": [cards.story(request, row) for row in stories[1:]],
        "announcements": [
            cards.announcement(request, row, today)
            for row in queries.newest(current.filter(kind="announcement"))[:4]
        ],
        "agenda": coming_up(request, office, today),
        "strips": _strips(request, home, current),
        "rubrics": _rubric_blocks(request, home, index, today, {row.pk for row in stories}),
        "index_url": index.get_url(request) if index else "",
        "announcements_url": f"{index.get_url(request)}jenis/pengumuman/" if index else "",
        "index_feed": index.get_url(request) if index else "",
        "examples": _examples(request, home),
        "is_home": True,
        "hide_search": True,
    }
    return TemplateResponse(request, "site/home.html", context)


def _examples(request: HttpRequest, home: HomePage) -> list[dict[str, str]]:
    """Words people look for, under the search field; those of the site's own topics."""
    names = Tag.objects.filter(
        tagged_pages__content_object__office=home.office, tagged_pages__content_object__live=True
    )
    popular = names.annotate(uses=Count("tagged_pages")).order_by("-uses", "name")[:2]
    index_url = f"{home.get_url(request)}kabar/"
    return [{"label": t.name, "url": f"{index_url}topik/{t.slug}/"} for t in popular]


def _strips(request: HttpRequest, home: HomePage, current: Any) -> list[dict[str, Any]]:
    """To look at and to listen to: the newest of each kind, none without items."""
    return [cards.teaser(request, row) for row in queries.newest_by_kind(current, strips())]


def _rubric_blocks(
    request: HttpRequest, home: HomePage, index: IndexPage | None, today: dt.date, shown: set[int]
) -> list[dict[str, Any]]:
    if index is None:
        return []
    blocks = []
    for rubric, rows in queries.latest_by_rubric(home.office, today).items():
        left = [row for row in rows if row.pk not in shown]
        if left:
            url = f"{index.get_url(request)}rubrik/{rubric.slug}/"
            stories = [cards.story(request, row) for row in left[:2]]
            blocks.append({"title": rubric.title, "url": url, "stories": stories})
    return blocks[:RUBRIC_BLOCKS]


@screen("information")
def show_information(request: HttpRequest, home: HomePage) -> HttpResponseBase:
    """All that a public body must show, and whether it is there."""
    duties = [
        {
            "title": duty.page.title,
            "purpose": duty.page.purpose,
            "legal_base": duty.page.legal_base,
            "pages": [
                {"title": page.title, "url": page.get_url(request), "dates": cards.dates(page)}
                for page in duty.fulfilled_by
            ],
        }
        for duty in queries.list_duties(home.office, today_at(home))
    ]
    others = home.get_children().live().filter(kind="standard", mandatory=None)
    context = frame(request, home, home) | {
        "page_title": _("Public information"),
        "present": [duty for duty in duties if duty["pages"]],
        "missing": [duty for duty in duties if not duty["pages"]],
        "others": [{"label": page.title, "url": page.get_url(request)} for page in others],
        "breadcrumb": [{"label": _("Home"), "url": home.get_url(request)}],
    }
    return TemplateResponse(request, "site/information.html", context)


@screen("search")
def show_search(request: HttpRequest, home: HomePage) -> HttpResponse:
    """Search in what this office publishes."""
    context = frame(request, home, home) | {
        "page_title": _("Search"),
        "breadcrumb": [{"label": _("Home"), "url": home.get_url(request)}],
        "elsewhere_url": reverse("search:search"),
    }
    return answer(request, context, home=home.office.code, today=today_at(home))


@screen("suggestions")
def suggest(request: HttpRequest, home: HomePage) -> HttpResponse:
    """Titles of this office that fit what is being typed."""
    return answer_suggestions(request, home=home.office.code, today=today_at(home))


@screen("accent")
def show_accent(request: HttpRequest, home: HomePage) -> HttpResponseBase:
    response = HttpResponse(accent_css(home.office.accent), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"  # the colour is in the query
    return response


def narrow_for(index: IndexPage, path: dict[str, str]) -> queries.Narrow:
    """What an address narrows the list to. Raises Http404 for a rubric, topic or kind not there."""
    found: dict[str, Any] = {}
    if slug := path.get("rubric"):
        found["rubric"] = get_object_or_404(index.office.rubrics, slug=slug)
    if slug := path.get("tag"):
        tags = Tag.objects.filter(
            tagged_pages__content_object__office=index.office,
            tagged_pages__content_object__live=True,
        )
        found["tag"] = get_object_or_404(tags.distinct(), slug=slug)
    if slug := path.get("kind"):
        if slug not in BY_SLUG:
            raise Http404
        found["kind"] = BY_SLUG[slug].code
    if path.get("year"):
        found["year"] = int(path["year"])
    if path.get("month"):
        found["month"] = int(path["month"])
    return queries.Narrow(**found)


def title_of(narrow: queries.Narrow) -> str:
    if narrow.rubric:
        return narrow.rubric.title
    if narrow.tag:
        return _("Topic: %(name)s") % {"name": narrow.tag.name}
    if narrow.kind:
        return str(KINDS[narrow.kind].many)
    if narrow.month:
        return f"{MONTHS[narrow.month]} {narrow.year}"
    return str(narrow.year) if narrow.year else _("News")


@screen("list")
def show_list(request: HttpRequest, index: IndexPage, **path: str) -> HttpResponseBase:
    """All items or those of one rubric, topic, kind, year or month."""
    home = index.get_parent().specific
    narrow, today = narrow_for(index, path), today_at(home)
    try:
        before = Cursor.parse(request.GET["sebelum"]) if "sebelum" in request.GET else None
        after = Cursor.parse(request.GET["sesudah"]) if "sesudah" in request.GET else None
    except ValueError as error:
        raise Http404 from error
    items = narrow.apply(queries.published(index.office), index.office)
    part = queries.slice_list(items, today, before=before, after=after)
    if not part.rows and (before or after or narrow.year):
        raise Http404
    base = index.get_url(request)
    context = frame(request, index, home) | {
        "page_title": title_of(narrow),
        "purpose": narrow.rubric.purpose if narrow.rubric else "",
        "rows": [cards.story(request, row, today=today) for row in part.rows],
        "total": items.count(),
        "older": part.older,
        "newer": part.newer,
        "narrow": narrow,
        "index_feed": _feed_base(request, narrow),
        "follow_url": follow_url(index.office, narrow),
        "breadcrumb": [{"label": _("Home"), "url": home.get_url(request)}]
        + ([{"label": _("News"), "url": base}] if path else []),
        **_filters(index, base, narrow),
    }
    return TemplateResponse(request, "site/list.html", context)


def _feed_base(request: HttpRequest, narrow: queries.Narrow) -> str:
    """Where this list's feeds lie; "" for kinds and times, which have none."""
    return "" if narrow.kind or narrow.year else request.path


def _filters(index: IndexPage, base: str, narrow: queries.Narrow) -> dict[str, Any]:
    office = index.office
    months = queries.count_months(office, narrow.year) if narrow.year else []
    return {
        "rubric_links": [
            {"label": r.title, "url": f"{base}rubrik/{r.slug}/", "current": r == narrow.rubric}
            for r in queries.rubrics_in_use(office)
        ],
        "year_links": [
            {
                "label": str(year),
                "url": f"{base}{year}/",
                "count": count,
                "current": year == narrow.year,
            }
            for year, count in queries.count_years(office)
        ],
        "month_links": [
            {
                "label": MONTHS[month],
                "url": f"{base}{narrow.year}/{month:02d}/",
                "count": count,
                "current": month == narrow.month,
            }
            for month, count in months
        ],
        "kind_links": [
            {
                "label": str(kind.many),
                "url": f"{base}jenis/{kind.slug}/",
                "current": kind.code == narrow.kind,
            }
            for kind in KINDS.values()
        ],
        "all_url": base,
    }


@screen("item")
def item_context(request: HttpRequest, page: BasePage) -> dict[str, Any]:
    """What the page of a single item or standing page shows beside its own fields."""
    home = home_above(page)
    if home is None:
        raise Http404
    today = today_at(home)
    tags = list(page.tags.all())
    context = frame(request, page, home)
    index_url = f"{context['home_url']}kabar/"
    return context | {
        "age": str(cards.age(page, today)),
        "dates": cards.dates(page),
        "card": cards.story(request, page, "figure") if page.kind in KINDS else None,
        "corrections": cards.corrections(page),
        "tags": [{"label": tag.name, "url": f"{index_url}topik/{tag.slug}/"} for tag in tags],
        "breadcrumb": breadcrumb(request, home, page),
        **describe_details(request, page),
        "related": [cards.story(request, row) for row in queries.related_to(page, tags, today)]
        if page.kind in KINDS
        else [],
        "valid_until": cards.say_day(page.valid_until),
        "feet": list_feet(request, page),
    }
