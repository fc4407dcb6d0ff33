"""What the screens and letters read about feedback. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from zona.offices.models import Office
from zona.offices.queries.offices import calendar_for
from zona.offices.rules import working_days_between
from zona.website.site.models import BasePage

from .models import Answer, Feedback
from .rules import Score, Version

LATE_AFTER = 2  # working days
WORST = 3


def to_handle(office: Office) -> QuerySet[Feedback]:
    """All that has words in it; bare votes are only counted."""
    return Feedback.objects.filter(office=office).exclude(state="")


def open_feedback(office: Office) -> QuerySet[Feedback]:
    return to_handle(office).filter(state__in=Feedback.OPEN)


def narrow(
    rows: QuerySet[Feedback], *, state: str = "", kind: str = "", page_id: int | None = None
) -> QuerySet[Feedback]:
    """Rows of one state ("open": new or in work), kind or page; empty values do not narrow."""
    if state == "open":
        rows = rows.filter(state__in=Feedback.OPEN)
    elif state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if page_id:
        rows = rows.filter(page_id=page_id)
    return rows


def pages_with_feedback(office: Office) -> QuerySet[BasePage]:
    """The pages about which somebody wrote something."""
    rows = to_handle(office).exclude(page=None)
    return BasePage.objects.filter(pk__in=rows.values("page_id")).order_by("title")


def score_of(page: BasePage) -> Score:
    """The votes on one page."""
    votes = Feedback.objects.filter(page=page, is_counted=True).aggregate(
        total=Count("pk"), helpful=Count("pk", filter=Q(is_helpful=True))
    )
    return Score(votes["helpful"], votes["total"])


@dataclass(frozen=True)
class Scored:
    """A page and its votes."""

    page_id: int
    title: str
    score: Score


def scores(office: Office, since: dt.datetime | None = None) -> list[Scored]:
    """The pages with votes, those that help least first; pages with few votes at the end."""
    votes = Feedback.objects.filter(office=office, is_counted=True).exclude(page=None)
    if since:
        votes = votes.filter(created_at__gte=since)
    rows = (
        votes.order_by()
        .values("page_id", "page__title")
        .annotate(total=Count("pk"), helpful=Count("pk", filter=Q(is_helpful=True)))
    )
    found = [
        Scored(row["page_id"], row["page__title"], Score(row["helpful"], row["total"]))
        for row in rows
    ]
    return sorted(found, key=lambda row: (not row.score.is_measured, row.score.share, row.title))


def waiting_reports(office: Office, now: dt.datetime) -> QuerySet[Feedback]:
    """Open reports of mistakes that have waited more than two days of any kind."""
    return open_feedback(office).filter(
        kind=Feedback.Kind.REPORT, created_at__lt=now - dt.timedelta(days=LATE_AFTER)
    )


def late_reports(office: Office, now: dt.datetime) -> list[Feedback]:
    """Open reports of mistakes that have waited more than two working days, the oldest first."""
    rows = list(waiting_reports(office, now).order_by("created_at"))
    if not rows:
        return []
    calendar, today = calendar_for(office), now.astimezone(office.tz).date()
    return [
        row
        for row in rows
        if working_days_between(row.created_at.astimezone(office.tz).date(), today, calendar)
        > LATE_AFTER
    ]


def due_answers(now: dt.datetime) -> QuerySet[Answer]:
    """What may be sent now; without an address, once it is forgotten, nothing can."""
    due = Answer.objects.filter(state=Answer.State.WAITING, due_at__lte=now)
    return due.exclude(feedback__email="").order_by("due_at")


def stranded_answers(office: Office, now: dt.datetime) -> QuerySet[Answer]:
    """Those that did not arrive, or perhaps not, as long as there is an address to send them to."""
    stranded = Answer.objects.filter(feedback__office=office, state__in=Answer.STRANDED)
    return stranded.exclude(feedback__email="").order_by("due_at")


@dataclass
class Week:
    """What the weekly letter tells of one office."""

    office: Office
    since: dt.datetime
    open: list[Feedback] = field(default_factory=list)
    votes: Score = field(default_factory=lambda: Score(0, 0))
    worst: list[Scored] = field(default_factory=list)
    mended: list[Feedback] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.open or self.votes.total or self.mended)


def look_back(office: Office, now: dt.datetime) -> Week:
    """The seven days before `now`, and all that is still open."""
    since = now - dt.timedelta(days=7)
    votes = Feedback.objects.filter(
        office=office, is_counted=True, created_at__gte=since
    ).aggregate(total=Count("pk"), helpful=Count("pk", filter=Q(is_helpful=True)))
    answered = to_handle(office).filter(state=Feedback.State.ANSWERED, closed_at__gte=since)
    return Week(
        office,
        since,
        list(open_feedback(office).order_by("created_at")),
        Score(votes["helpful"], votes["total"]),
        [row for row in scores(office) if row.score.is_poor][:WORST],
        list(answered.order_by("closed_at")),
    )


def version_of(page: BasePage) -> str:
    """The state of a page as its public form carries it; "" before it was published."""
    moment = page.last_published_at or page.first_published_at
    return str(Version(page.live_revision_id or 0, moment)) if moment else ""
