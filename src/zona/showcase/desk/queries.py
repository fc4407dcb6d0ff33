"""What the staff's screens of the website read. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from wagtail.models import Revision

from zona.offices.models import Office, ServiceHours

from .. import cards
from ..kinds import KINDS
from ..models import BasePage, Freshness, MandatoryPage
from ..queries import mandatory_in_force
from ..rules import Age

HOURS = "jam_layanan"
"""The duty that a contact page fulfils too, once the office has entered its hours."""


class State(StrEnum):
    """How a duty stands; the words are those of the exported list."""

    MISSING = "belum ada"
    REVIEW = "perlu ditinjau"
    THERE = "ada"


@dataclass(frozen=True)
class DutyState:
    """One mandatory page in one office."""

    duty: MandatoryPage
    state: State
    page: BasePage | None = None  # what fulfils it, or the draft that will
    reviewed: dt.date | None = None


def check_duties(office: Office, now: dt.datetime) -> list[DutyState]:
    """The checklist of an office (three queries, four where hours are asked for)."""
    today = now.astimezone(office.tz).date()
    pages: dict[int, BasePage] = {}
    contact = None
    candidates = BasePage.objects.filter(office=office).filter(
        Q(mandatory__isnull=False) | Q(kind="contact")
    )
    for page in candidates.order_by("-live", "pk"):
        page.office = office
        if page.kind == "contact" and page.live:
            contact = contact or page
        if page.mandatory_id:
            pages.setdefault(page.mandatory_id, page)
    found = []
    for duty in mandatory_in_force(today):
        page = pages.get(duty.pk)
        if page is None and duty.code == HOURS and contact:
            page = contact if ServiceHours.objects.filter(office=office).exists() else None
        found.append(_judge(duty, page, today))
    return found


def _judge(duty: MandatoryPage, page: BasePage | None, today: dt.date) -> DutyState:
    if page is None or not page.live:
        return DutyState(duty, State.MISSING, page)
    reviewed = cards.local_day(page.reviewed_at or page.first_published_at, page)
    needs_review = cards.age(page, today) in (Age.LATE, Age.STALE)
    return DutyState(duty, State.REVIEW if needs_review else State.THERE, page, reviewed)


def to_review(office: Office) -> QuerySet[BasePage]:
    """Live pages that are reviewed at an interval."""
    return BasePage.objects.live().filter(
        office=office,
        freshness__in=[Freshness.REFERENCE, Freshness.PERIODIC],
        review_days__gt=0,
    )


# Keys of pages of an office whose drafts wait for somebody else, as queries.
Holder: TypeAlias = Callable[[Office], QuerySet[Any]]

_holders: dict[str, Holder] = {}


def register_holder(holder: Holder) -> Holder:
    """Keep drafts that wait elsewhere out of the list of drafts. Twice counts once."""
    _holders[f"{holder.__module__}.{holder.__qualname__}"] = holder
    return holder


def drafts(office: Office) -> QuerySet[BasePage]:
    """Pages with changes that nobody published, scheduled or handed on, oldest first."""
    rows = BasePage.objects.filter(
        office=office,
        has_unpublished_changes=True,
        latest_revision__isnull=False,
        latest_revision__approved_go_live_at=None,
    )
    for holder in _holders.values():
        rows = rows.exclude(pk__in=holder(office))
    return rows.select_related("latest_revision__user").order_by("latest_revision_created_at")


@dataclass(frozen=True)
class Planned:
    """A page that time alone will publish or take down."""

    page: BasePage
    at: dt.datetime
    expires: bool = False


def planned(office: Office) -> list[Planned]:
    """What is scheduled in the office, soonest first (three queries); also what is overdue."""
    keys = Revision.objects.filter(
        approved_go_live_at__isnull=False,
        base_content_type=ContentType.objects.get_for_model(BasePage),
    ).values_list("object_id", "approved_go_live_at")
    moments = {int(key): at for key, at in keys}
    pages = BasePage.objects.filter(office=office)
    found = [Planned(page, moments[page.pk]) for page in pages.filter(pk__in=moments)]
    found += [
        Planned(page, page.expire_at, expires=True)
        for page in pages.filter(live=True, expire_at__isnull=False)
    ]
    return sorted(found, key=lambda row: row.at)


def published_since(office: Office, since: dt.datetime) -> QuerySet[BasePage]:
    """The office's own items since a moment, newest first."""
    return (
        BasePage.objects.live()
        .filter(office=office, kind__in=KINDS, first_published_at__gte=since, source_id="")
        .order_by("-first_published_at")
    )


@dataclass(frozen=True)
class Below:
    """How one office stands, for the level above."""

    office: Office
    recent: int  # own items in the last seven days
    last: dt.datetime | None  # newest own item
    overdue: int  # pages past their review
    duties: int  # mandatory pages that are there


@dataclass(frozen=True)
class Region:
    """The offices below, those that need help first."""

    rows: list[Below]
    duties_in_force: int

    @property
    def active(self) -> int:
        return sum(1 for row in self.rows if row.recent)

    @property
    def complete(self) -> int:
        return sum(1 for row in self.rows if row.duties >= self.duties_in_force)


def survey(offices: Iterable[Office], now: dt.datetime) -> Region:
    """Numbers of many offices in five queries, however many there are."""
    offices = list(offices)
    keys = [office.pk for office in offices]
    pages = BasePage.objects.live().filter(office__in=keys).order_by()
    own = pages.filter(kind__in=KINDS, source_id="")
    news = {
        key: (number, last)
        for key, number, last in own.values("office")
        .annotate(
            recent=Count("pk", filter=Q(first_published_at__gte=now - dt.timedelta(days=7))),
            last=Max("first_published_at"),
        )
        .values_list("office", "recent", "last")
    }
    overdue = dict(
        pages.filter(_is_overdue(pages, now)).values_list("office").annotate(Count("pk"))
    )
    in_force = list(mandatory_in_force(now.date()))
    hours = next((duty for duty in in_force if duty.code == HOURS), None)
    fulfilled = dict(
        pages.filter(mandatory__in=[duty.pk for duty in in_force if duty is not hours])
        .values_list("office")
        .annotate(Count("mandatory", distinct=True))
    )
    with_hours = set(_offices_with_hours(pages, hours)) if hours else set()
    rows = [
        Below(
            office,
            *news.get(office.pk, (0, None)),
            overdue.get(office.pk, 0),
            fulfilled.get(office.pk, 0) + (office.pk in with_hours),
        )
        for office in offices
    ]
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    rows.sort(key=lambda row: (row.last or never, -row.overdue, row.office.code))
    return Region(rows, len(in_force))


def _is_overdue(pages: QuerySet[BasePage], now: dt.datetime) -> Q:
    """Past the interval, as arithmetic that every database knows: one term an interval in use."""
    seen = pages.filter(review_days__gt=0, freshness__in=["R", "D"])
    overdue = Q(pk=None)
    for days in seen.values_list("review_days", flat=True).distinct():
        before = now - dt.timedelta(days=days)
        late = Q(reviewed_at__lt=before) | Q(reviewed_at=None, first_published_at__lt=before)
        overdue |= Q(review_days=days) & late
    return Q(freshness__in=["R", "D"]) & overdue


def _offices_with_hours(pages: QuerySet[BasePage], hours: MandatoryPage) -> QuerySet[BasePage]:
    entered = ServiceHours.objects.filter(office=OuterRef("office"))
    return (
        pages.filter(Q(mandatory=hours) | Q(kind="contact") & Exists(entered))
        .values_list("office", flat=True)
        .distinct()
    )


def inferred_years(office: Office) -> QuerySet[BasePage]:
    """Imported items whose year was concluded and that nobody has looked at, newest first."""
    rows = BasePage.objects.filter(office=office, activity_date_inferred=True)
    return rows.order_by("-listed_at", "-pk")
