"""What the screens of the website read. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import ExtractMonth, ExtractYear, RowNumber
from wagtail.models import PageViewRestriction

from zona.offices.models import Level, Office

from .kinds import KINDS
from .models import BasePage, DirectoryPage, HomePage, IndexPage, MandatoryPage, Rubric
from .models.base import Tag
from .rules.pages import UNDATED, Cursor

PAGE_SIZE = 20


# Most of the time of a page made anew goes into columns that no row shows.
UNSHOWN = (
    "activity_date_inferred", "alias_of", "caption", "draft_title", "expire_at", "expired",
    "go_live_at", "has_unpublished_changes", "latest_revision", "latest_revision_created_at",
    "live_revision", "locked", "locked_at", "locked_by", "mandatory", "numchild", "owner",
    "search_description", "seo_title", "show_in_menus", "source_url",
)  # fmt: skip


def without_private(pages: QuerySet[BasePage]) -> QuerySet[BasePage]:
    """As Wagtail's `public()`, but asks for the paths of private sections alone."""
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        pages = pages.exclude(path__startswith=path)
    return pages


def published(office: Office) -> QuerySet[BasePage]:
    """All public items of the office, with what a row on a screen shows."""
    # By way of the office, so that every row has it at hand without a join.
    items: QuerySet[BasePage] = office.pages.filter(live=True, kind__in=KINDS)
    return (
        without_private(items)
        .select_related("photo", "rubric")
        .defer(*UNSHOWN)
        .prefetch_related("photo__renditions")
    )


def newest(items: QuerySet[BasePage]) -> QuerySet[BasePage]:
    return items.order_by("-listed_at", "-id")


def in_force(items: QuerySet[BasePage], today: dt.date) -> QuerySet[BasePage]:
    """Leaves out what is past its valid-until day."""
    return items.filter(Q(valid_until=None) | Q(valid_until__gte=today))


@dataclass(frozen=True)
class Narrow:
    """What a list is narrowed to; empty values do not narrow."""

    rubric: Rubric | None = None
    tag: Tag | None = None
    kind: str = ""
    year: int | None = None
    month: int | None = None

    def apply(self, items: QuerySet[BasePage], office: Office) -> QuerySet[BasePage]:
        if self.rubric:
            items = items.filter(rubric=self.rubric)
        if self.tag:
            items = items.filter(tagged_items__tag=self.tag)
        if self.kind:
            items = items.filter(kind=self.kind)
        if self.year:
            last = self.year + (self.month == 12 or not self.month)
            start = dt.datetime(self.year, self.month or 1, 1, tzinfo=office.tz)
            end = dt.datetime(last, (self.month or 12) % 12 + 1, 1, tzinfo=office.tz)
            items = items.filter(listed_at__gte=start, listed_at__lt=end)
        return items


@dataclass
class Slice:
    """One page of a list: rows, and the cursors that lead on and back."""

    rows: list[BasePage] = field(default_factory=list)
    older: Cursor | None = None
    newer: Cursor | None = None


def slice_list(
    items: QuerySet[BasePage],
    today: dt.date,
    *,
    before: Cursor | None = None,
    after: Cursor | None = None,
    size: int = PAGE_SIZE,
) -> Slice:
    """The `size` rows below `before` (or above `after`) in the order of `Cursor`."""
    items = items.annotate(
        is_sunk=Case(When(valid_until__lt=today, then=Value(1)), default=Value(0))
    )
    place = after or before
    if place:
        sunk, at = int(place.is_sunk), place.listed_at
        below = Q(listed_at__lt=at) | Q(listed_at=at, id__lt=place.id)
        above = Q(listed_at__gt=at) | Q(listed_at=at, id__gt=place.id)
        items = items.filter(
            Q(is_sunk__lt=sunk) | Q(Q(is_sunk=sunk) & above)
            if after
            else Q(is_sunk__gt=sunk) | Q(Q(is_sunk=sunk) & below)
        )
    if after:
        ordered = items.order_by("-is_sunk", "listed_at", "id")
    else:
        ordered = items.order_by("is_sunk", "-listed_at", "-id")
    rows = list(ordered[: size + 1])
    has_more, rows = len(rows) > size, rows[:size]
    if after:
        rows.reverse()
    if not rows:
        return Slice()
    has_older = True if after else has_more
    has_newer = has_more if after else before is not None
    return Slice(
        rows,
        older=cursor_of(rows[-1]) if has_older else None,
        newer=cursor_of(rows[0]) if has_newer else None,
    )


def cursor_of(row: BasePage) -> Cursor:
    return Cursor(bool(row.is_sunk), row.listed_at or UNDATED, row.pk)  # type: ignore[attr-defined]


def count_years(office: Office) -> list[tuple[int, int]]:
    """(year, number of items), newest first; undated items are in no year."""
    return list(
        published(office)
        .filter(listed_at__gt=UNDATED)
        .annotate(year=ExtractYear("listed_at", tzinfo=office.tz))
        .order_by("-year")
        .values_list("year")
        .annotate(Count("pk"))
    )


def count_months(office: Office, year: int) -> list[tuple[int, int]]:
    """(month, number of items) of one year."""
    return list(
        Narrow(year=year)
        .apply(published(office), office)
        .annotate(month=ExtractMonth("listed_at", tzinfo=office.tz))
        .order_by("month")
        .values_list("month")
        .annotate(Count("pk"))
    )


def rubrics_in_use(office: Office) -> QuerySet[Rubric]:
    return office.rubrics.filter(pages__live=True).distinct()


def latest_by_rubric(office: Office, today: dt.date, each: int = 3) -> dict[Rubric, list[BasePage]]:
    """The newest items of every rubric in use, in two queries whatever the number of rubrics."""
    ranked = (
        in_force(published(office), today)
        .filter(rubric__isnull=False)
        .exclude(kind="announcement")  # these have their own place
        .annotate(
            rank=Window(
                RowNumber(),
                partition_by=[F("rubric")],
                order_by=[F("listed_at").desc(), F("id").desc()],
            )
        )
        .filter(rank__lte=each)
        .order_by("rubric__order", "rubric__title", "rank")
    )
    found: dict[Rubric, list[BasePage]] = {}
    for row in ranked:
        found.setdefault(row.rubric, []).append(row)
    return found


def newest_by_kind(items: QuerySet[BasePage], kinds: Sequence[str]) -> list[BasePage]:
    """The newest item of each kind that has one, in the order of `kinds` (one query)."""
    order_by = [F("listed_at").desc(), F("id").desc()]
    rank = Window(RowNumber(), partition_by=[F("kind")], order_by=order_by)
    found = {
        row.kind: row for row in items.filter(kind__in=kinds).annotate(rank=rank).filter(rank=1)
    }
    return [found[kind] for kind in kinds if kind in found]


def home_of(office: Office) -> HomePage | None:
    return HomePage.objects.filter(office=office).first()


def directory_of(office: Office) -> DirectoryPage | None:
    """The page that stands above all offices below this one, if it exists."""
    if office.level == Level.NATIONAL:
        return DirectoryPage.objects.filter(depth=2).first()
    if office.level == Level.PROVINCE:
        return DirectoryPage.objects.filter(depth=3, slug=office.slug).first()
    return None


def index_of(home: HomePage) -> IndexPage | None:
    return IndexPage.objects.child_of(home).first()


def mandatory_in_force(today: dt.date) -> QuerySet[MandatoryPage]:
    return MandatoryPage.objects.filter(
        Q(valid_from__lte=today), Q(valid_until=None) | Q(valid_until__gte=today)
    )


@dataclass(frozen=True)
class Duty:
    """One mandatory page and the pages that fulfil it in an office (empty: missing)."""

    page: MandatoryPage
    fulfilled_by: tuple[BasePage, ...]


def list_duties(office: Office, today: dt.date) -> list[Duty]:
    """The checklist of what a public body must show, with what is there."""
    pages: dict[int, list[BasePage]] = {}
    for page in BasePage.objects.live().filter(office=office, mandatory__isnull=False):
        pages.setdefault(page.mandatory_id, []).append(page)
    return [Duty(duty, tuple(pages.get(duty.pk, ()))) for duty in mandatory_in_force(today)]


def open_homes() -> QuerySet[HomePage]:
    """Homes of all offices that run here, with their offices."""
    return HomePage.objects.live().select_related("office").order_by("office__code")


def related_to(page: BasePage, tags: Iterable[Tag], today: dt.date) -> list[BasePage]:
    """Three current items that share topics, else the rubric; the page itself left out."""
    others = newest(in_force(published(page.office), today).exclude(pk=page.pk))
    by_tag = list(others.filter(tagged_items__tag__in=list(tags)).distinct()[:3])
    if len(by_tag) < 3 and page.rubric_id:
        seen = {row.pk for row in by_tag}
        by_tag += list(
            others.filter(rubric_id=page.rubric_id).exclude(pk__in=seen)[: 3 - len(by_tag)]
        )
    return by_tag
