"""What the screens of coverage read. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from zona.offices.models import Office, User
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage

from ..models import Assignment, Coverage, Form, NoCoverage, Participation
from ..policies.coverage import may_write, writers_of
from ..rules import duties as rules

UNFINISHED = (Assignment.State.OPEN, Assignment.State.WORKING)


AROUND = dt.timedelta(days=14)


def event_desk(participation: Participation, user: User) -> dict[str, Any]:
    """The context of `_event_duties.html` and `_event_items.html`; at most six queries."""
    writes = may_write(user, participation.office)
    duties = participation.assignments.select_related("person").exclude(
        state=Assignment.State.DROPPED
    )
    rows = participation.coverages.select_related("page", "linked_by").order_by("linked_at")
    assignments, coverages = list(duties), list(rows)
    writes_already = any(
        row.form == Form.TEXT and row.state in UNFINISHED for row in assignments
    )  # its own button leads to the draft
    return {
        "participation": participation,
        "office": participation.office,
        "assignments": assignments,
        "coverages": coverages,
        "offers_start": not coverages and not writes_already,
        "may_write": writes,
        "people": list(writers_of(participation.office)) if writes else [],
        "forms_of_duty": Form.choices,
        "reasons": NoCoverage.choices,
        "now": timezone.now(),
        "user": user,
    }


def duties_of(office: Office, *, person: User | None = None) -> QuerySet[Assignment]:
    """What is to be done in an office, or by one person there; the most urgent first."""
    rows = Assignment.objects.filter(office=office, state__in=UNFINISHED)
    if person is not None:
        rows = rows.filter(person=person)
    return rows.select_related("participation__event", "person").order_by("due_at", "pk")


def duties_done(office: Office, person: User, since: dt.datetime) -> QuerySet[Assignment]:
    return (
        Assignment.objects.filter(
            office=office, person=person, state=Assignment.State.DONE, finished_at__gte=since
        )
        .select_related("participation__event")
        .order_by("-finished_at")
    )


def items_to_link(participation: Participation, words: str = "") -> list[BasePage]:
    """Own items that could tell of the event: what was searched, else the likeliest ones."""
    event, office = participation.event, participation.office
    linked = Coverage.objects.filter(participation=participation).values("page_id")
    items = BasePage.objects.filter(office=office, kind__in=KINDS).exclude(pk__in=linked)
    if words:
        for word in words.split()[:5]:
            items = items.filter(Q(title__icontains=word) | Q(draft_title__icontains=word))
        return list(items.order_by("-latest_revision_created_at", "-pk")[:20])
    day = event.starts_at.astimezone(office.tz).date()
    near = Q(activity_date__range=(day, day + AROUND)) | Q(
        activity_date=None,
        latest_revision_created_at__range=(event.starts_at, event.ends_at + AROUND),
    )
    rows = items.filter(near).order_by("-latest_revision_created_at", "-pk")[:200]
    told = [(likeness(page, event.title, day, office), page) for page in rows]
    return [page for _score, page in sorted(told, key=lambda row: -row[0])[:10]]


def events_for(page: BasePage) -> list[tuple[Participation, bool, float]]:
    """Events of 14 days before and after the item: (row, is linked, likeness), likeliest first."""
    office, day = page.office, day_of(page)
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=office.tz)
    linked = Coverage.objects.filter(participation=OuterRef("pk"), page_id=page.pk)
    rows = (
        Participation.objects.filter(office=office)
        .filter(
            Q(event__starts_at__range=(noon - AROUND, noon + AROUND))
            | Q(coverages__page_id=page.pk)
        )
        .annotate(is_linked=Exists(linked))
        .select_related("event__kind")
        .distinct()
        .order_by("-event__starts_at")[:200]
    )
    found = []
    for row in rows:
        event_day = row.event.starts_at.astimezone(office.tz).date()
        score = likeness(page, row.event.title, event_day, office)
        found.append((row, bool(row.is_linked), score))  # type: ignore[attr-defined]
    return sorted(found, key=lambda entry: (not entry[1], -entry[2]))


def day_of(page: BasePage) -> dt.date:
    """The day an item belongs to."""
    moment = page.first_published_at or page.latest_revision_created_at or timezone.now()
    return page.activity_date or moment.astimezone(page.office.tz).date()


def likeness(page: BasePage, title: str, day: dt.date, office: Office) -> float:
    moment = page.first_published_at or page.latest_revision_created_at
    own = page.activity_date or (moment.astimezone(office.tz).date() if moment else day)
    return rules.likeness(page.draft_title or page.title, own, title, day)


@dataclass(frozen=True)
class Suggestion:
    """An item without an event, and the event it probably tells of."""

    page: BasePage
    participation: Participation
    score: float


def items_alone(office: Office, now: dt.datetime, days: int = 30) -> QuerySet[BasePage]:
    """Items of the last weeks that tell of no event."""
    since = now - dt.timedelta(days=days)
    return BasePage.objects.filter(
        office=office, kind__in=KINDS, live=True, first_published_at__gte=since, coverages=None
    )


def suggestions_for(office: Office, now: dt.datetime, days: int = 30) -> list[Suggestion]:
    """Items of the last weeks that tell of no event, with the likeliest one (two queries)."""
    since = now - dt.timedelta(days=days)
    items = list(items_alone(office, now, days).order_by("-first_published_at")[:50])
    if not items:
        return []
    events = list(
        Participation.objects.filter(
            office=office, event__starts_at__gte=since - AROUND, event__starts_at__lte=now
        ).select_related("event")[:300]
    )
    found = []
    for page in items:
        scored = [
            (
                likeness(
                    page, row.event.title, row.event.starts_at.astimezone(office.tz).date(), office
                ),
                row,
            )
            for row in events
        ]
        best = max(scored, key=lambda entry: entry[0], default=None)
        if best is not None and best[0] >= 0.5:
            found.append(Suggestion(page, best[1], best[0]))
    return found
