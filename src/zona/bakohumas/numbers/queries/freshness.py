"""What the freshness of an office is reckoned from. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from zona.bakohumas.agenda.models import Coverage
from zona.bakohumas.newsroom.models import NewsroomSettings
from zona.offices.models import Office
from zona.offices.queries.offices import calendar_for
from zona.offices.rules import Calendar, is_working_day, working_days_between
from zona.serving.counting import views_since
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage, Freshness, HomePage
from zona.website.site.pages import rows as cards
from zona.website.site.queries import home_of
from zona.website.site.rules.pages import Age
from zona.website.site.staff.queries import DutyState, State, check_duties

from ..models import OfficeScore, PeriodicDuty, PeriodicFulfilment
from ..rules import freshness as rules

YEAR = dt.timedelta(days=365)
MONTH = dt.timedelta(days=30)
AHEAD = dt.timedelta(days=45)  # data that falls due so soon is shown already
CONTACT_CODES = {"kontak", "jam_layanan"}  # duties whose page people trust to reach the office
SERVES_BY_ITSELF = ("announcement", "podcast_episode")  # serve a programme without an event
OLDEST_WEEK = 26  # weeks back: more holidays in a row there are not


@dataclass(frozen=True)
class Data:
    """The data of one period in one office."""

    duty: PeriodicDuty
    term: rules.Term
    due: dt.date
    fulfilment: PeriodicFulfilment | None
    counts: bool  # in the score: due since the website opened, or published already

    @property
    def key(self) -> str:
        return f"{self.duty.code}:{self.term.name}"

    @property
    def published(self) -> dt.date | None:
        return self.fulfilment.published_on if self.fulfilment else None

    @property
    def points(self) -> int:
        return int(rules.data_points(self.due, self.published))


@dataclass(frozen=True)
class Standing:
    """How fresh one office is, with all that the score was reckoned from."""

    office: Office
    today: dt.date
    score: rules.Score
    model: rules.Model
    opened: dt.date | None  # when the website opened here
    pages: Mapping[int, BasePage]  # those reviewed at an interval
    ages: Mapping[int, Age]
    missing: Mapping[str, DutyState]
    windows: Mapping[int, BasePage]  # what is shown as current
    data: list[Data]
    unlinked: int  # own items of the weeks looked at that count nothing
    views: Mapping[int, int] = field(default_factory=dict)

    def holds_down(self, key: int | str) -> bool:
        """Whether a page, or a missing one by its duty, keeps people from reaching the office."""
        if isinstance(key, str):
            return key in CONTACT_CODES
        return self.ages[key] is Age.STALE and _is_contact(self.pages[key])

    def count(self, age: Age) -> int:
        return sum(1 for found in self.ages.values() if found is age)


def standing_of(office: Office, now: dt.datetime) -> Standing:
    """The score of an office at a moment (aware), in about fifteen queries."""
    today = now.astimezone(office.tz).date()
    opened = opened_on(office, home_of(office))
    target = NewsroomSettings.objects.filter(office=office).values_list("weekly_target", flat=True)
    model = replace(rules.MODEL, target=target.first() or rules.MODEL.target)
    pages, windows = _pages(office, today)
    ages = {key: cards.age(page, today) for key, page in pages.items()}
    duties = check_duties(office, now)
    missing = {row.duty.code: row for row in duties if row.state is State.MISSING}
    calendar = calendar_for(office)
    weeks = working_weeks(today, opened, calendar, model)
    news, unlinked = _news(office, today, weeks, calendar)
    data = periodic_data(office, today, opened)
    views = views_since(pages, today - MONTH)
    return Standing(
        office=office,
        today=today,
        model=model,
        opened=opened,
        pages=pages,
        ages=ages,
        missing=missing,
        windows=windows,
        data=data,
        unlinked=unlinked,
        views=views,
        score=rules.score(
            today,
            references=[
                rules.Reference(key, _days(page, today), page.review_days or 1, views.get(key, 0))
                for key, page in pages.items()
            ],
            missing=[rules.Missing(code) for code in missing],
            windows=[rules.Window(key, page.valid_until) for key, page in windows.items()],
            data=[rules.Due(row.key, row.due, row.published) for row in data if row.counts],
            news=news,
            weeks=len(weeks),
            contact_is_stale=_contact_is_stale(pages, ages, duties),
            model=model,
        ),
    )


def opened_on(office: Office, home: HomePage | None) -> dt.date | None:
    """The day on which the office's website opened here."""
    if home is None or home.first_published_at is None:
        return None
    day: dt.date = home.first_published_at.astimezone(office.tz).date()
    return day


def _pages(office: Office, today: dt.date) -> tuple[dict[int, BasePage], dict[int, BasePage]]:
    """Pages reviewed at an interval, and those with an end that are shown as current (one query).

    Items in lists that have ended carry the label by themselves and leave the home page; standing
    pages do not, so they go on being shown as current.
    """
    rows = BasePage.objects.live().filter(
        Q(freshness=Freshness.REFERENCE, review_days__gt=0) | Q(freshness=Freshness.WINDOW),
        office=office,
    )
    pages: dict[int, BasePage] = {}
    windows: dict[int, BasePage] = {}
    for page in rows.select_related("mandatory").order_by("pk"):
        page.office = office
        if page.freshness == Freshness.REFERENCE:
            pages[page.pk] = page
        elif page.kind not in KINDS or page.valid_until is None or page.valid_until >= today:
            windows[page.pk] = page
    return pages, windows


def _days(page: BasePage, today: dt.date) -> int:
    """Days since the last full review, or since the first publication."""
    seen = cards.local_day(page.reviewed_at or page.first_published_at, page)
    return (today - seen).days if seen else 0


def _is_contact(page: BasePage) -> bool:
    return page.kind == "contact" or bool(page.mandatory and page.mandatory.code in CONTACT_CODES)


def _contact_is_stale(
    pages: Mapping[int, BasePage], ages: Mapping[int, Age], duties: Iterable[DutyState]
) -> bool:
    """Whether a page by which people reach the office is stale or not there at all."""
    stale = any(ages[key] is Age.STALE for key, page in pages.items() if _is_contact(page))
    return stale or any(
        row.state is State.MISSING and row.duty.code in CONTACT_CODES for row in duties
    )


# --- the pulse ---


def working_weeks(
    today: dt.date,
    opened: dt.date | None,
    calendar: Calendar,
    model: rules.Model = rules.MODEL,
) -> list[dt.date]:
    """Mondays of the last whole weeks with a working day, the newest first.

    Weeks before the website opened are not looked at.
    """
    monday = today - dt.timedelta(days=today.weekday())
    found: list[dt.date] = []
    for _ in range(OLDEST_WEEK):
        monday -= dt.timedelta(days=7)
        if len(found) == model.weeks or (opened is not None and monday < opened):
            break
        if any(is_working_day(monday + dt.timedelta(days=n), calendar) for n in range(7)):
            found.append(monday)
    return found


def _news(
    office: Office, today: dt.date, weeks: list[dt.date], calendar: Calendar
) -> tuple[list[rules.News], int]:
    """Own items by week, and how many of them count nothing because they belong to nothing."""
    since = min([*weeks, today - MONTH])
    start = dt.datetime.combine(since, dt.time(), tzinfo=office.tz)
    rows = (
        BasePage.objects.live()
        .filter(office=office, kind__in=KINDS, source_id="", first_published_at__gte=start)
        .annotate(
            is_linked=Exists(
                Coverage.objects.filter(page=OuterRef("pk"), participation__office=office)
            ),
            is_data=Exists(PeriodicFulfilment.objects.filter(page=OuterRef("pk"))),
        )
        .order_by("-first_published_at")
        .values_list("first_published_at", "kind", "mandatory", "is_linked", "is_data")
    )
    places = {monday: number for number, monday in enumerate(weeks)}
    found, unlinked = [], 0
    ago: dict[dt.date, int] = {}
    for published, kind, mandatory, is_linked, is_data in rows:
        day = published.astimezone(office.tz).date()
        if day not in ago:
            ago[day] = working_days_between(day, today, calendar)
        counts = bool(is_linked or is_data or mandatory or kind in SERVES_BY_ITSELF)
        unlinked += not counts
        monday = day - dt.timedelta(days=day.weekday())
        found.append(rules.News(ago[day], places.get(monday, -1), Decimal(int(counts))))
    return found, unlinked


# --- periodic data ---


def periodic_data(office: Office, today: dt.date, opened: dt.date | None) -> list[Data]:
    """The data of the last twelve months and of the coming weeks, by day due (two queries)."""
    said = {
        (row.duty_id, row.period): row
        for row in PeriodicFulfilment.objects.filter(office=office).select_related("page")
    }
    found = []
    for duty in PeriodicDuty.objects.all():
        for term, due in rules.terms_due(
            duty.period, duty.due_months, duty.due_days, today - YEAR, today + AHEAD
        ):
            if term.last < duty.valid_from or (
                duty.valid_until is not None and term.last > duty.valid_until
            ):
                continue
            fulfilment = said.get((duty.pk, term.name))
            is_ours = opened is None or due >= opened
            counts = is_ours and (due < today or fulfilment is not None)
            found.append(Data(duty, term, due, fulfilment, counts))
    return sorted(found, key=lambda row: (row.due, row.duty.order))


def data_waiting(office: Office, today: dt.date, opened: dt.date | None) -> list[Data]:
    """What is due and not published, or will be due in the next two weeks."""
    soon = today + dt.timedelta(days=14)
    return [
        row
        for row in periodic_data(office, today, opened)
        if row.fulfilment is None and (row.due <= soon) and (opened is None or row.due >= opened)
    ]


# --- how it went, and how those below stand ---


def history_of(office: Office, today: dt.date, days: int = 90) -> list[tuple[dt.date, Decimal]]:
    """The measured scores of the last days, the oldest first."""
    rows = OfficeScore.objects.filter(
        office=office, day__gt=today - dt.timedelta(days=days), score__isnull=False
    )
    noted = rows.order_by("day").values_list("day", "score")
    return [(day, score) for day, score in noted if score is not None]


@dataclass(frozen=True)
class Stood:
    """How an office stood when its score was last noted."""

    office: Office
    day: dt.date | None = None
    score: Decimal | None = None
    coverage: int | None = None  # per cent


def stood(offices: Iterable[Office], today: dt.date) -> list[Stood]:
    """The newest notes of the last week, the lowest score first, unmeasured ones last."""
    offices = list(offices)
    rows = OfficeScore.objects.filter(
        office__in=[office.pk for office in offices], day__gt=today - dt.timedelta(days=7)
    )
    noted = {row.office_id: row for row in rows.order_by("day")}
    found = []
    for office in offices:
        row = noted.get(office.pk)
        if row is None:
            found.append(Stood(office))
        else:
            found.append(Stood(office, row.day, row.score, row.parts.get("cakupan")))
    return sorted(found, key=lambda row: (row.score is None, row.score or 0, row.office.code))
