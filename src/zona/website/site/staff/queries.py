"""What the staff's screens of the website read. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision

from zona.offices.models import Office, ServiceHours

from ..kinds import KINDS
from ..models import BasePage, Freshness, MandatoryPage
from ..pages import rows as cards
from ..queries import mandatory_in_force
from ..rules.pages import Age

AGEING = (Freshness.REFERENCE, Freshness.PERIODIC)
# Live pages that are reviewed at an interval; the same as `is_reviewed`.
REVIEWED = Q(live=True, freshness__in=AGEING, review_days__gt=0)
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


def kept_pages(office: Office) -> list[BasePage]:
    """What has to be kept up: pages for duties, contacts, what is reviewed at an interval.

    Public ones first; `has_hours`: whether the office has entered its service hours.
    """
    hours = ServiceHours.objects.filter(office=OuterRef("office"))
    wanted = Q(mandatory__isnull=False) | Q(kind="contact") | REVIEWED
    pages = BasePage.objects.filter(wanted, office=office).annotate(has_hours=Exists(hours))
    found = list(pages.order_by("-live", "pk"))
    for page in found:
        page.office = office
    return found


def is_reviewed(page: BasePage) -> bool:
    return bool(page.live and page.freshness in AGEING and page.review_days)


def check_duties(
    office: Office, now: dt.datetime, kept: list[BasePage] | None = None
) -> list[DutyState]:
    """The checklist of an office (two queries, one where the pages it keeps are known)."""
    today = now.astimezone(office.tz).date()
    pages: dict[int, BasePage] = {}
    contact = None
    for page in kept_pages(office) if kept is None else kept:
        if page.kind == "contact" and page.live and page.has_hours:
            contact = contact or page
        if page.mandatory_id:
            pages.setdefault(page.mandatory_id, page)
    found = []
    for duty in mandatory_in_force(today):
        fulfils = pages.get(duty.pk) or (contact if duty.code == HOURS else None)
        found.append(_judge(duty, fulfils, today))
    return found


def _judge(duty: MandatoryPage, page: BasePage | None, today: dt.date) -> DutyState:
    if page is None or not page.live:
        return DutyState(duty, State.MISSING, page)
    reviewed = cards.local_day(page.reviewed_at or page.first_published_at, page)
    needs_review = cards.age(page, today) in (Age.LATE, Age.STALE)
    return DutyState(duty, State.REVIEW if needs_review else State.THERE, page, reviewed)


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
    """What is scheduled in the office, soonest first (one query); also what is overdue."""
    scheduled = Revision.objects.filter(
        approved_go_live_at__isnull=False,
        base_content_type=ContentType.objects.get_for_model(BasePage),
        object_id=Cast(OuterRef("pk"), CharField(max_length=255)),
    )
    ends = Q(live=True, expire_at__isnull=False)
    pages = BasePage.objects.filter(Q(has_unpublished_changes=True) | ends, office=office)
    found = []
    for page in pages.annotate(begins=Subquery(scheduled.values("approved_go_live_at")[:1])):
        if page.begins:
            found.append(Planned(page, page.begins))
        if page.live and page.expire_at:
            found.append(Planned(page, page.expire_at, expires=True))
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


def survey(
    offices: Iterable[Office], now: dt.datetime, duties: Iterable[MandatoryPage] | None = None
) -> Region:
    """Numbers of many offices in four queries, however many there are; `duties` in force."""
    offices = list(offices)
    keys = [office.pk for office in offices]
    pages = BasePage.objects.live().filter(office__in=keys).order_by()
    in_force = list(mandatory_in_force(now.date()) if duties is None else duties)
    hours = next((duty.pk for duty in in_force if duty.code == HOURS), None)
    others = [duty.pk for duty in in_force if duty.pk != hours]
    entered = set(ServiceHours.objects.filter(office__in=keys).values_list("office", flat=True))
    own = Q(kind__in=KINDS, source_id="")
    week = Q(first_published_at__gte=now - dt.timedelta(days=7))
    counted = {
        row["office"]: row
        for row in pages.values("office").annotate(
            recent=Count("pk", filter=own & week),
            last=Max("first_published_at", filter=own),
            overdue=Count("pk", filter=_is_overdue(pages, now)),
            fulfilled=Count("mandatory", filter=Q(mandatory__in=others), distinct=True),
            hours=Count("pk", filter=Q(mandatory=hours)),
            contacts=Count("pk", filter=Q(kind="contact")),
        )
    }
    rows = [
        _below(office, counted.get(office.pk), office.pk in entered, hours) for office in offices
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


def _below(office: Office, row: dict[str, Any] | None, has_hours: bool, hours: int | None) -> Below:
    """`hours`: the duty to tell when one is open, which a contact page fulfils as well."""
    if row is None:
        return Below(office, 0, None, 0, 0)
    tells_hours = row["hours"] or (has_hours and row["contacts"])
    duties = row["fulfilled"] + bool(hours and tells_hours)
    return Below(office, row["recent"], row["last"], row["overdue"], duties)


def inferred_years(office: Office) -> QuerySet[BasePage]:
    """Imported items whose year was concluded and that nobody has looked at, newest first."""
    rows = BasePage.objects.filter(office=office, activity_date_inferred=True)
    return rows.order_by("-listed_at", "-pk")
