"""What the measures of coverage are reckoned from. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Q

from zona.bakohumas.agenda.models import Coverage, Host, NoCoverage, Participation
from zona.bakohumas.channels.models import Kind, Post
from zona.bakohumas.checker.models import CheckerCatch
from zona.offices.models import Office
from zona.website.site.kinds import KINDS

from ..rules import coverage as rules
from .packages import items_since

YEAR = 365  # days that are looked at for the months
MONTHS = 6
WEEKDAY_RULES = ("weekday_wrong", "weekday_doubtful")


@dataclass(frozen=True)
class Happened:
    """An event with the words that a list needs."""

    told: rules.Told
    title: str
    day: dt.date

    @property
    def due(self) -> dt.datetime:
        return self.told.ended + dt.timedelta(hours=self.told.deadline_hours)


@dataclass(frozen=True)
class ChannelShare:
    """How what was given to a kind of channel got there."""

    name: str
    share: rules.Share


@dataclass(frozen=True)
class Measures:
    """How an office covers its events in the last days."""

    office: Office
    today: dt.date
    days: int
    now: dt.datetime
    events: list[Happened]  # those that are to be told
    items: list[rules.Item]  # own items on the website
    excepted: dict[str, int]  # reason -> events
    months: list[rules.Month]
    channels: list[ChannelShare] = field(default_factory=list)
    weekday_catches: int = 0

    @property
    def told(self) -> list[rules.Told]:
        return [row.told for row in self.events]

    @property
    def exceptions(self) -> rules.Share:
        return rules.exceptions(sum(self.excepted.values()), len(self.events))

    @property
    def untold(self) -> list[Happened]:
        """What nobody told, the newest first."""
        return [row for row in reversed(self.events) if not row.told.is_told]

    @property
    def still_time(self) -> int:
        """Untold events whose deadline has not passed."""
        return sum(1 for row in self.untold if row.due > self.now)


def measure(office: Office, now: dt.datetime, days: int = 90) -> Measures:
    """The measures of an office over the last `days`, in about twelve queries."""
    since, year = now - dt.timedelta(days=days), now - dt.timedelta(days=max(days, YEAR))
    posts = _posts(office, since)
    first = _first_times(posts)
    items = [
        replace(item, first_channel=first.get(item.key)) for item in items_since(office, since)
    ]
    everything = _events(office, year, now)
    recent = [row for row in everything if row.told.ended >= since]
    today = now.astimezone(office.tz).date()
    return Measures(
        office=office,
        today=today,
        days=days,
        now=now,
        events=recent,
        items=items,
        excepted=_excepted(office, since, now),
        months=rules.by_month(((row.day, row.told) for row in everything), today, MONTHS),
        channels=_channel_shares(posts),
        weekday_catches=_catches(office, since.astimezone(office.tz).date()),
    )


def covered(office: Office, now: dt.datetime, days: int = 90) -> rules.Share:
    """The share of told events alone (two queries)."""
    return rules.told([row.told for row in _events(office, now - dt.timedelta(days=days), now)])


def _took_place(office: Office, since: dt.datetime, now: dt.datetime) -> Any:
    return Participation.objects.filter(
        office=office, event__ends_at__gte=since, event__ends_at__lte=now
    )


def _events(office: Office, since: dt.datetime, now: dt.datetime) -> list[Happened]:
    """What took place and is to be told, by its end, with the own items that tell of it."""
    told = _took_place(office, since, now).filter(
        exception="", event__cancelled_at=None, event__kind__publishes=True
    )
    items: dict[int, list[rules.Item]] = {}
    links = Coverage.objects.filter(
        participation__in=told.values("pk"),
        page__office=office,
        page__live=True,
        page__source_id="",
        page__kind__in=KINDS,
    )
    for row, page, published, kind in links.values_list(
        "participation", "page", "page__first_published_at", "page__kind"
    ):
        if published is not None:
            items.setdefault(row, []).append(rules.Item(page, published, kind))
    rows = told.order_by().values_list(
        "pk", "event__kind__name", "event__ends_at", "event__kind__deadline_hours",
        "event__host", "event__title",
    )  # fmt: skip
    titles, events = {}, []
    for key, kind, ended, hours, host, title in rows:
        titles[key] = title
        own = tuple(items.get(key, ()))
        events.append(rules.Told(key, kind, ended, hours, host == Host.EXTERNAL, own))
    return [
        Happened(event, titles[event.key], event.ended.astimezone(office.tz).date())
        for event in rules.limit_roundups(events)
    ]


def _excepted(office: Office, since: dt.datetime, now: dt.datetime) -> dict[str, int]:
    """Events that are usually told and are not, by reason."""
    rows = _took_place(office, since, now).filter(event__kind__publishes=True)
    reasons = rows.filter(~Q(exception="") | Q(event__cancelled_at__isnull=False))
    found: Counter[str] = Counter()
    for reason, count in reasons.order_by().values_list("exception").annotate(Count("pk")):
        found[reason or NoCoverage.CANCELLED] += count
    return dict(found.most_common())


def _catches(office: Office, since: dt.date) -> int:
    rows = CheckerCatch.objects.filter(office=office, day__gte=since, rule__in=WEEKDAY_RULES)
    return sum(rows.values_list("count", flat=True))


# --- channels ---


@dataclass(frozen=True)
class _Posted:
    page: int
    kind: str
    is_sent: bool
    is_over: bool  # nothing more will happen to it
    at: dt.datetime | None


def _posts(office: Office, since: dt.datetime) -> list[_Posted]:
    """What was given to channels since a moment; of what people share, a tick or link is proof."""
    rows = Post.objects.filter(
        office=office, action=Post.Action.PUBLISH, page__first_published_at__gte=since
    ).exclude(state=Post.State.SKIPPED)
    found = []
    for page, kind, state, sent_at, permalink, created in rows.order_by().values_list(
        "page", "channel__kind", "state", "sent_at", "permalink", "created_at"
    ):
        is_sent = bool(state in (Post.State.SENT, Post.State.DELETED) or permalink)
        is_over = is_sent or state in (Post.State.FAILED, Post.State.UNSURE)
        found.append(
            _Posted(page, kind, is_sent, is_over, (sent_at or created) if is_sent else None)
        )
    return found


def _first_times(posts: Iterable[_Posted]) -> dict[int, dt.datetime]:
    found: dict[int, dt.datetime] = {}
    for post in posts:
        if post.at is not None and (post.page not in found or post.at < found[post.page]):
            found[post.page] = post.at
    return found


def _channel_shares(posts: Iterable[_Posted]) -> list[ChannelShare]:
    """Sent of all that was tried or shared, by kind of channel."""
    totals: Counter[str] = Counter()
    sent: Counter[str] = Counter()
    for post in posts:
        if post.is_over:
            totals[post.kind] += 1
            sent[post.kind] += post.is_sent
    return [
        ChannelShare(str(Kind(kind).label), rules.Share(sent[kind], total))
        for kind, total in totals.most_common()
    ]
