"""RSS 2.0, Atom 1.0 and JSON Feed 1.1 of an office, a rubric or a topic."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from .. import queries
from ..models import BasePage, IndexPage
from ..pages.frame import absolute
from ..pages.views import narrow_for, title_of, today_at
from ..screens import screen

LENGTH = 30
FORMS = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
}


@screen("feed")
def show_feed(request: HttpRequest, index: IndexPage, form: str, **path: str) -> HttpResponseBase:
    """The newest items; those past their valid-until day are left out."""
    home = index.get_parent().specific
    narrow = narrow_for(index, path)
    items = queries.in_force(queries.published(index.office), today_at(home))
    rows = list(queries.newest(narrow.apply(items, index.office))[:LENGTH])
    about = {
        "title": f"{index.office.short_name}: {title_of(narrow)}" if path else home.title,
        "link": absolute(request.path.removesuffix(f"{form}/")),
        "feed": absolute(request.path),
        "description": home.lead or _("News of %(office)s") % {"office": index.office.long_name},
    }
    if form == "json":
        response: HttpResponse = JsonResponse(_json(request, about, rows, index))
    else:
        response = HttpResponse(_xml(request, form, about, rows))
    response["Content-Type"] = TYPES[form]
    return response


def _xml(request: HttpRequest, form: str, about: dict[str, str], rows: list[BasePage]) -> str:
    feed = FORMS[form](
        title=about["title"],
        link=about["link"],
        description=about["description"],
        language="id",
        feed_url=about["feed"],
    )
    for row in rows:
        feed.add_item(
            title=row.title,
            link=absolute(row.get_url(request)),
            description=row.lead or row.title,
            unique_id=f"tag:zona,{row.first_published_at:%Y}:{row.translation_key}",
            unique_id_is_permalink=False,
            pubdate=row.first_published_at,
            updateddate=row.last_published_at,
            categories=[row.rubric.title] if row.rubric else [],
        )
    return feed.writeString("utf-8")


def _json(
    request: HttpRequest, about: dict[str, str], rows: list[BasePage], index: IndexPage
) -> dict[str, Any]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about["title"],
        "home_page_url": about["link"],
        "feed_url": about["feed"],
        "description": about["description"],
        "language": "id",
        "authors": [{"name": index.office.long_name}],
        "items": [
            {
                "id": str(row.translation_key),
                "url": absolute(row.get_url(request)),
                "title": row.title,
                "summary": row.lead,
                "content_text": row.lead or row.title,
                "date_published": row.first_published_at.isoformat(),
                "date_modified": row.last_published_at.isoformat(),
                "tags": [row.rubric.title] if row.rubric else [],
                **({"image": absolute(row.photo.file.url)} if row.photo else {}),
            }
            for row in rows
        ],
    }
