"""What the screens of the agenda read. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from zona.offices.models import Level, Office

from ..models import (
    Assignment,
    Coverage,
    Event,
    EventKind,
    FollowUp,
    Form,
    Participation,
    Visibility,
)
from ..rules import agenda as rules
from ..rules.agenda import State

# State -> in words, icon of Wagtail's set.
STATES: dict[State, tuple[str | Promise, str]] = {
    State.PLANNED: (_("to come"), "time"),
    State.UNCOVERED: (_("not covered yet"), "warning"),
    State.WRITING: (_("being written"), "edit"),
    State.PUBLISHED: (_("published"), "check"),
    State.EXCEPTED: (_("excepted"), "minus"),
    State.NOT_TOLD: (_("not for publication"), "no-view"),
    State.CANCELLED: (_("cancelled"), "cross"),
}
FEED_BACK, FEED_AHEAD = dt.timedelta(days=60), dt.timedelta(days=366)
MOST_IN_FEED = 1_000
OPEN_FOLLOW_UPS = 20


@dataclass(frozen=True)
class Duty:
    """One duty as the board shows it."""

    form: str
    label: str
    state: str
    name: str
    initials: str


@dataclass
class Entry:
    """One event in the calendar of an office, with how far it is covered."""

    participation: Participation
    office: Office
    state: State
    duties: list[Duty] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)
    people: frozenset[int] = frozenset()

    @property
    def event(self) -> Event:
        return self.participation.event

    @property
    def starts(self) -> dt.datetime:
        return self.event.starts_at.astimezone(self.office.tz)

    @property
    def ends(self) -> dt.datetime:
        return self.event.ends_at.astimezone(self.office.tz)

    @property
    def last_day(self) -> dt.date:
        return rules.last_day(self.starts, self.ends)

    @property
    def url(self) -> str:
        return reverse("agenda_staff:event", args=[self.participation.pk])

    @property
    def words(self) -> str | Promise:
        return STATES[self.state][0]

    @property
    def icon(self) -> str:
        return STATES[self.state][1]

    @property
    def is_internal(self) -> bool:
        return self.event.visibility == Visibility.CLOSED

    @property
    def is_new(self) -> bool:
        part = self.participation
        return not part.is_host and part.seen_at is None

    @property
    def from_above(self) -> str:
        """Name of the office above that put it here; "" for the office's own."""
        return "" if self.participation.is_host else self.event.office.short_name

    @property
    def covering(self) -> list[Duty]:
        """Each person once, for the row of initials."""
        return list({duty.name: duty for duty in self.duties if duty.name}.values())


def calendar_of(office: Office) -> QuerySet[Participation]:
    """All that stands in the office's calendar, in the order of time."""
    return (
        Participation.objects.filter(office=office)
        .select_related("event__kind", "event__office")
        .order_by("event__starts_at", "event__pk")
    )


def between(office: Office, first: dt.date, last: dt.date) -> QuerySet[Participation]:
    """The calendar from the first until the last day, by the office's clock."""
    starts = dt.datetime.combine(first, dt.time(0), tzinfo=office.tz)
    ends = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0), tzinfo=office.tz)
    # No entry lasts longer than two months; the lower bound lets the index help.
    return calendar_of(office).filter(
        event__starts_at__lt=ends,
        event__starts_at__gte=starts - dt.timedelta(days=63),
        event__ends_at__gte=starts,
    )


def entries(rows: Iterable[Participation], office: Office, now: dt.datetime) -> list[Entry]:
    """The rows with duties and coverage (two queries, however many rows)."""
    parts = list(rows)
    keys = [part.pk for part in parts]
    lives: dict[int, list[bool]] = defaultdict(list)
    covered = Coverage.objects.filter(participation__in=keys)
    for key, live in covered.values_list("participation_id", "page__live"):
        lives[key].append(live)
    duties: dict[int, list[Assignment]] = defaultdict(list)
    given = Assignment.objects.filter(participation__in=keys).exclude(state="dropped")
    for duty in given.select_related("person"):
        duties[duty.participation_id].append(duty)
    return [_entry(part, office, now, lives[part.pk], duties[part.pk]) for part in parts]


def _entry(
    part: Participation,
    office: Office,
    now: dt.datetime,
    lives: Sequence[bool],
    duties: Sequence[Assignment],
) -> Entry:
    event = part.event
    state = rules.state_of(
        rules.Facts(
            is_cancelled=event.is_cancelled,
            is_excepted=bool(part.exception),
            is_published=any(lives),
            has_draft=bool(lives),
            is_in_work=any(duty.state != Assignment.State.OPEN for duty in duties),
            publishes=event.kind.publishes,
            has_ended=event.ends_at <= now,
        )
    )
    return Entry(part, office, state, [_duty(row) for row in duties],
                 people=frozenset(row.person_id for row in duties if row.person_id))  # fmt: skip


def _duty(row: Assignment) -> Duty:
    name = str(row.person) if row.person else ""
    label = str(Form(row.form).label)
    return Duty(row.form, label, row.state, name, rules.initials(name))


def note_clashes(rows: Sequence[Entry]) -> None:
    """Write into each entry which others get in its way."""
    by_key = {row.event.pk: row for row in rows}
    slots = [
        rules.Slot(row.event.pk, row.starts, row.ends, row.event.place, row.people)
        for row in rows
        if not row.event.is_cancelled and not row.event.is_all_day
    ]
    for key, others in rules.overlaps(slots).items():
        titles = [Truncator(by_key[other].event.title).chars(60) for other in others]
        by_key[key].clashes = titles


@dataclass(frozen=True)
class Day:
    """One day of a board: its entries, and what the calendar says of it."""

    date: dt.date
    entries: list[Entry]
    is_today: bool
    is_outside: bool = False  # of the month that is shown
    note: str = ""  # name of the holiday


@dataclass(frozen=True)
class Board:
    """A week, what became of the one before, and what is still to be done."""

    days: list[Day]
    last_week: rules.Result
    follow_ups: list[FollowUp]

    @property
    def is_empty(self) -> bool:
        return not any(day.entries for day in self.days)


def by_day(
    rows: Sequence[Entry],
    days: Sequence[dt.date],
    today: dt.date,
    notes: dict[dt.date, str],
    month: int = 0,
) -> list[Day]:
    """The entries put on every day that they touch."""  # fmt: skip
    return [
        Day(
            day,
            [row for row in rows if row.starts.date() <= day <= row.last_day],
            day == today,
            bool(month) and day.month != month,
            notes.get(day, ""),
        )
        for day in days
    ]


def week_board(
    office: Office, monday: dt.date, now: dt.datetime, notes: dict[dt.date, str]
) -> Board:
    """The board of a week; four queries."""
    sunday, before = monday + dt.timedelta(days=6), monday - dt.timedelta(days=7)
    rows = entries(between(office, before, sunday), office, now)
    shown = [row for row in rows if row.last_day >= monday]
    note_clashes(shown)
    ended = [row.state for row in rows if before <= row.last_day < monday and row.ends <= now]
    return Board(
        by_day(shown, rules.days_of(monday, sunday), now.astimezone(office.tz).date(), notes),
        rules.result_of(ended),
        open_follow_ups(office),
    )


def month_days(
    office: Office, first: dt.date, now: dt.datetime, notes: dict[dt.date, str]
) -> list[Day]:
    """The whole weeks that a month touches."""
    start = rules.monday_of(first)
    end = rules.monday_of(rules.add_months(first, 1) - dt.timedelta(days=1)) + dt.timedelta(days=6)
    rows = entries(between(office, start, end), office, now)
    today = now.astimezone(office.tz).date()
    return by_day(rows, rules.days_of(start, end), today, notes, month=first.month)


def open_follow_ups(office: Office) -> list[FollowUp]:
    """What was agreed and is not done, the most urgent first."""
    entry = Participation.objects.filter(event=OuterRef("event"), office=OuterRef("office"))
    rows = FollowUp.objects.filter(office=office, done_at=None)
    rows = rows.annotate(entry=Subquery(entry.values("pk")[:1]))
    return list(rows.select_related("event", "person").order_by("due_on", "pk")[:OPEN_FOLLOW_UPS])


def narrow(
    rows: QuerySet[Participation],
    now: dt.datetime,
    *,
    kind: str = "",
    host: str = "",
    state: str = "",
    words: str = "",
) -> QuerySet[Participation]:
    """Rows of one kind, host or state, with all the words; empty values do not narrow."""
    if kind:
        rows = rows.filter(event__kind__code=kind)
    if host == "above":
        rows = rows.filter(is_host=False)
    elif host:
        rows = rows.filter(event__host=host, is_host=True)
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(event__title__icontains=word)
            | Q(event__place__icontains=word)
            | Q(event__people__icontains=word)
        )
    return with_state(rows, State(state), now) if state in set(State) else rows


def with_state(
    rows: QuerySet[Participation], state: State, now: dt.datetime
) -> QuerySet[Participation]:
    """The same rule as `rules.state_of`, asked of the database."""
    covered = Coverage.objects.filter(participation=OuterRef("pk"))
    begun = Assignment.objects.filter(participation=OuterRef("pk"), state__in=["working", "done"])
    published = Exists(covered.filter(page__live=True))
    writing = Q(Exists(covered)) | Q(Exists(begun))
    if state is State.PUBLISHED:
        return rows.filter(published)
    rows = rows.filter(~published)
    if state is State.CANCELLED:
        return rows.exclude(event__cancelled_at=None)
    rows = rows.filter(event__cancelled_at=None)
    if state is State.EXCEPTED:
        return rows.exclude(exception="")
    rows = rows.filter(exception="")
    if state is State.WRITING:
        return rows.filter(writing)
    rows = rows.filter(~writing)
    if state is State.NOT_TOLD:
        return rows.filter(event__kind__publishes=False)
    rows = rows.filter(event__kind__publishes=True)
    if state is State.UNCOVERED:
        return rows.filter(event__ends_at__lte=now)
    return rows.filter(event__ends_at__gt=now)


# --- kinds and offices to choose from ---


def kinds_in_force(day: dt.date) -> QuerySet[EventKind]:
    return EventKind.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day
    )


def kind_names(day: dt.date) -> dict[str, str]:
    """Code -> name of the kinds in force."""
    return dict(kinds_in_force(day).values_list("code", "name"))


def may_have_guests(office: Office) -> bool:
    """Whether other offices lie below, into whose calendars its agenda may flow."""
    return office.level in (Level.NATIONAL, Level.PROVINCE)


# --- for the public and for subscribers ---


def public_events(office: Office) -> QuerySet[Event]:
    """What the office itself keeps on its public agenda; what is closed never is."""
    return (
        Event.objects.filter(office=office, visibility=Visibility.PUBLIC)
        .select_related("kind", "office")
        .order_by("starts_at", "pk")
    )


def shown_events(office: Office, first: dt.date, last: dt.date, now: dt.datetime) -> list[Event]:
    """The public agenda from a day until a day.

    What was cancelled stands there, marked, until its day is over and at least for a day.
    """
    starts = dt.datetime.combine(first, dt.time(0), tzinfo=office.tz)
    ends = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0), tzinfo=office.tz)
    day = now.astimezone(office.tz).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = public_events(office).filter(
        starts_at__lt=ends, starts_at__gte=starts - dt.timedelta(days=63), ends_at__gte=starts
    )
    gone = Q(cancelled_at__lt=now - dt.timedelta(days=1), ends_at__lt=day)
    return list(rows.exclude(gone)[:MOST_IN_FEED])


def feed_events(office: Office, now: dt.datetime) -> list[Event]:
    """What the public feed holds: two months back, a year ahead, cancelled ones as such."""
    rows = public_events(office).filter(
        ends_at__gte=now - FEED_BACK, starts_at__lte=now + FEED_AHEAD
    )
    return list(rows[:MOST_IN_FEED])


def staff_feed_events(office: Office, now: dt.datetime) -> list[Event]:
    """The whole calendar of an office, from above and internal ones too."""
    rows = Event.objects.filter(participations__office=office)
    rows = rows.filter(ends_at__gte=now - FEED_BACK, starts_at__lte=now + FEED_AHEAD)
    return list(rows.select_related("kind", "office").order_by("starts_at", "pk")[:MOST_IN_FEED])
