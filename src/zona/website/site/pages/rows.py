"""From page rows to what the components of `ui` show."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..files import pictures
from ..kinds import KINDS
from ..models import BasePage
from ..rules.pages import UNDATED, Age, age_of

Card = dict[str, Any]


def local_day(moment: dt.datetime | None, page: BasePage) -> dt.date | None:
    if moment is None or page.office is None:
        return None
    return moment.astimezone(page.office.tz).date()


def say_day(day: dt.date | None, form: str = "DATE_FORMAT") -> str:
    return date_format(day, form) if day else ""


def story(
    request: HttpRequest, page: BasePage, use: str = "row", today: dt.date | None = None
) -> Card:
    """A row or the large story: `page` with photo, renditions, rubric and office at hand."""
    day = page.activity_date if page.is_imported else local_day(page.first_published_at, page)
    card: Card = {
        "title": page.title,
        "url": page.get_url(request),
        "summary": page.lead,
        "rubric": page.rubric.title if page.rubric else str(KINDS[page.kind].one),
        "date": say_day(day) or _("Date unknown"),
        "iso": day.isoformat() if day else "",
        "image": pictures.describe(page.photo, use),
    }
    if today and page.valid_until and page.valid_until < today:
        card |= {"badge": _("Expired"), "badge_kind": "", "badge_icon": "archive"}
    return card


def announcement(request: HttpRequest, page: BasePage, today: dt.date) -> Card:
    return {
        "title": page.title,
        "url": page.get_url(request),
        "summary": page.lead,
        "valid_until": say_day(page.valid_until),
        "is_expired": bool(page.valid_until and page.valid_until < today),
    }


def teaser(request: HttpRequest, page: BasePage) -> Card:
    kind = KINDS[page.kind]
    return {
        "title": page.title,
        "url": page.get_url(request),
        "kind": kind.one,
        "icon": kind.icon,
        "image": pictures.describe(page.photo, "teaser"),
    }


def dates(page: BasePage) -> Card:
    """Published, updated, reviewed; an imported item has no known publication here."""

    def day(moment: dt.datetime | None) -> Card | None:
        found = local_day(moment, page)
        return {"text": say_day(found), "iso": found.isoformat()} if found else None

    published = None if page.is_imported else day(page.first_published_at)
    updated = day(page.last_published_at)
    return {
        "published": published,
        "updated": updated if updated and updated != published and not page.is_imported else None,
        "reviewed": day(page.reviewed_at),
    }


def age(page: BasePage, today: dt.date) -> Age:
    happened = page.listed_at if page.listed_at != UNDATED else None
    return age_of(
        page.freshness,
        today,
        valid_until=page.valid_until,
        happened=local_day(happened, page),
        reviewed=local_day(page.reviewed_at or page.first_published_at, page),
        review_days=page.review_days,
    )


def corrections(page: BasePage) -> list[Card]:
    return [
        {"date": say_day(row.date), "iso": row.date.isoformat(), "text": row.text}
        for row in page.corrections.all()
    ]
