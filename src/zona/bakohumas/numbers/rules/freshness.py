"""How fresh an office's website is: one score of 0 to 100 that can say where each point went.

Four parts: pages for reference, things with an end date, periodic data, and the pulse of own news.
A part that nothing can be said about is left out and its weight goes to the others; it never counts
as nought. Whatever is lost is told item by item, so that all losses and the score make 100.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

ZERO, ONE, FULL = Decimal(0), Decimal(1), Decimal(100)
RECENCY, REGULARITY = "recency", "regularity"  # the two halves of the pulse among the losses


class Part(StrEnum):
    """The parts of the score; the words are those of the exported data."""

    REFERENCE = "rujukan"
    WINDOW = "batas"
    DATA = "data"
    PULSE = "denyut"


@dataclass(frozen=True)
class Model:
    """Weights and thresholds. Another set of them is another version, never an edit of this one."""

    version: str = "1.0"
    source: str = (
        "Model kesegaran Zona 1.0 (November 2026): selang tinjau menurut praktik NHS, GOV.UK dan "
        "HSE; irama dua berita sepekan; belum ada norma tertulis KPU tentang kesegaran situs."
    )
    reference: Decimal = Decimal("0.40")
    window: Decimal = Decimal("0.20")
    data: Decimal = Decimal("0.15")
    pulse: Decimal = Decimal("0.25")
    heaviest: Decimal = Decimal(4)  # weight of the page that is read most
    missing: Decimal = Decimal(2)  # weight of a mandatory page that is not there
    cap: Decimal = Decimal(69)  # highest score while nobody can trust the contacts
    grace_days: int = 7  # periodic data that late is worth half
    late_points: Decimal = Decimal(50)
    recent_days: int = 3  # working days since the last own item: full marks
    silent_days: int = 15  # working days: none
    weeks: int = 8  # working weeks that are looked back upon
    target: int = 2  # own items a week
    repost: Decimal = Decimal("0.25")  # what a repost counts as an own item

    def weight(self, part: Part) -> Decimal:
        return {
            Part.REFERENCE: self.reference,
            Part.WINDOW: self.window,
            Part.DATA: self.data,
            Part.PULSE: self.pulse,
        }[part]


MODEL = Model()


# --- what is looked at ---


@dataclass(frozen=True)
class Reference:
    """A page that is reviewed at an interval. `days`: since the last full review."""

    key: int
    days: int
    review_days: int
    views: int = 0  # of the last 30 days


@dataclass(frozen=True)
class Missing:
    """A mandatory page that is not there."""

    key: str


@dataclass(frozen=True)
class Window:
    """Something with an end date that is shown as current."""

    key: int
    valid_until: dt.date | None


@dataclass(frozen=True)
class Due:
    """Data of one period: due on a day, published on a day or not yet."""

    key: str
    due: dt.date
    published: dt.date | None = None


@dataclass(frozen=True)
class News:
    """A published item of the office and what it counts: 1, a repost less, unlinked ones 0."""

    working_days_ago: int
    week: int  # 0: the last whole working week, 1: the one before, …; negative: since then
    worth: Decimal = ONE


@dataclass(frozen=True)
class Loss:
    """What one thing costs the score, in points of 100."""

    part: Part
    key: int | str
    points: Decimal


@dataclass(frozen=True)
class Pulse:
    """Own news: how long ago the last item, and in how many weeks enough of them."""

    recency: Decimal
    regularity: Decimal
    days: int | None  # working days since the last own item; None: there never was one
    good_weeks: int
    weeks: int

    @property
    def value(self) -> Decimal:
        """Half and half; in the very first week of a website there is nothing regular yet."""
        return self.recency if not self.weeks else (self.recency + self.regularity) / 2


@dataclass(frozen=True)
class Minutes:
    """How long mending takes; estimates, so that small things are done in between."""

    source: str = "Perkiraan Zona 1.0; belum diukur di kantor."
    review: int = 10
    review_by_kind: tuple[tuple[str, int], ...] = (("contact", 5), ("podcast_show", 5))
    create: int = 30
    window: int = 3
    data: int = 15
    item: int = 5

    def for_review(self, kind: str) -> int:
        return dict(self.review_by_kind).get(kind, self.review)


MINUTES = Minutes()


@dataclass(frozen=True)
class Score:
    """The score with all that led to it. `None` in `parts` and `value`: not measured."""

    value: Decimal | None
    parts: dict[Part, Decimal | None]
    weights: dict[Part, Decimal]  # after the weight of unmeasured parts was shared out
    is_capped: bool
    pulse: Pulse
    losses: tuple[Loss, ...] = field(default=(), repr=False)  # the dearest first


# --- single things ---


def reference_points(days: int, review_days: int) -> Decimal:
    """F: 100 until the interval is over, then falling to 0 at twice the interval."""
    ratio = Decimal(max(days, 0)) / Decimal(review_days)
    return FULL * min(ONE, max(ZERO, 2 - ratio))


def page_weight(views: int, model: Model = MODEL) -> Decimal:
    """w: 1 for a page that nobody reads, one more for each tenfold of readers, at most 4."""
    return min(model.heaviest, ONE + Decimal(1 + max(views, 0)).log10())


def window_points(valid_until: dt.date | None, today: dt.date) -> Decimal:
    """W: what is shown as current must have an end that has not passed."""
    return FULL if valid_until is not None and today <= valid_until else ZERO


def data_points(due: dt.date, published: dt.date | None, model: Model = MODEL) -> Decimal:
    """D: 100 in time, 50 within the grace, 0 later or never."""
    if published is None or published > due + dt.timedelta(days=model.grace_days):
        return ZERO
    return FULL if published <= due else model.late_points


def pulse_of(news: Iterable[News], weeks: int | None = None, model: Model = MODEL) -> Pulse:
    """Denyut: half how recent, half how regular. `weeks`: how many weeks there are to look at."""
    counted = [row for row in news if row.worth > 0]
    looked_at = min(model.weeks, model.weeks if weeks is None else weeks)
    days = min((max(row.working_days_ago, 0) for row in counted), default=None)
    sums = [ZERO] * looked_at
    for row in counted:
        if 0 <= row.week < looked_at:
            sums[row.week] += row.worth
    good = sum(1 for total in sums if total >= model.target)
    regularity = FULL * good / looked_at if looked_at else ZERO
    return Pulse(recency_points(days, model), regularity, days, good, looked_at)


def recency_points(days: int | None, model: Model = MODEL) -> Decimal:
    """100 up to three working days after the last own item, then falling to 0 at fifteen."""
    if days is None:
        return ZERO
    span = Decimal(model.silent_days - model.recent_days)
    return FULL * min(ONE, max(ZERO, (model.silent_days - Decimal(days)) / span))


# --- the whole ---


def combine(
    parts: dict[Part, Decimal | None], *, is_capped: bool = False, model: Model = MODEL
) -> tuple[Decimal | None, dict[Part, Decimal]]:
    """S, to one decimal, and the weights used. Without pages and pulse there is no score."""
    measured = [part for part in Part if parts.get(part) is not None]
    total = sum((model.weight(part) for part in measured), ZERO)
    if not {Part.REFERENCE, Part.PULSE} <= set(measured):
        return None, {}
    weights = {part: model.weight(part) / total for part in measured}
    value = sum((weights[part] * (parts[part] or ZERO) for part in measured), ZERO)
    return _round(min(value, model.cap) if is_capped else value), weights


def score(
    today: dt.date,
    *,
    references: Sequence[Reference],
    missing: Sequence[Missing] = (),
    windows: Sequence[Window] = (),
    data: Sequence[Due] = (),
    news: Sequence[News] = (),
    weeks: int | None = None,
    contact_is_stale: bool = False,
    model: Model = MODEL,
) -> Score:
    """The score of one office on a day, and what each thing costs.

    `contact_is_stale`: the page with contacts and hours is stale, or there is none.
    """
    weighed: list[Weighed] = [
        (row.key, page_weight(row.views, model), reference_points(row.days, row.review_days))
        for row in references
    ]
    lacking: list[Weighed] = [(row.key, model.missing, ZERO) for row in missing]
    pages = weighed + lacking
    shown: list[Weighed] = [
        (row.key, ONE, window_points(row.valid_until, today)) for row in windows
    ]
    due: list[Weighed] = [
        (row.key, ONE, data_points(row.due, row.published, model))
        for row in data
        if row.due < today or row.published is not None
    ]
    pulse = pulse_of(news, weeks, model)
    parts: dict[Part, Decimal | None] = {
        Part.REFERENCE: _mean(pages),
        Part.WINDOW: _mean(shown),
        Part.DATA: _mean(due),
        Part.PULSE: pulse.value,
    }
    value, weights = combine(parts, is_capped=contact_is_stale, model=model)
    losses: list[Loss] = []
    for part, rows in ((Part.REFERENCE, pages), (Part.WINDOW, shown), (Part.DATA, due)):
        losses += _losses(part, rows, weights.get(part, ZERO))
    share = weights.get(Part.PULSE, ZERO)
    regular = share / 2 if pulse.weeks else ZERO
    losses += [
        Loss(Part.PULSE, RECENCY, (share - regular) * (FULL - pulse.recency)),
        Loss(Part.PULSE, REGULARITY, regular * (FULL - pulse.regularity)),
    ]
    dearest = sorted((row for row in losses if row.points > 0), key=lambda row: -row.points)
    return Score(value, parts, weights, contact_is_stale, pulse, tuple(dearest))


Weighed = tuple[int | str, Decimal, Decimal]  # key, weight, points


def _mean(rows: Sequence[Weighed]) -> Decimal | None:
    total = sum((weight for _key, weight, _points in rows), ZERO)
    if not total:
        return None
    return sum((weight * points for _key, weight, points in rows), ZERO) / total


def _losses(part: Part, rows: Sequence[Weighed], share: Decimal) -> list[Loss]:
    total = sum((weight for _key, weight, _points in rows), ZERO)
    return [
        Loss(part, key, share * weight / total * (FULL - points)) for key, weight, points in rows
    ]


def _round(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")


# --- periods of data ---

MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12}


@dataclass(frozen=True)
class Term:
    """One period of periodic data: its name (2026, 2026-S1, 2026-Q3, 2026-07) and its days."""

    name: str
    first: dt.date
    last: dt.date

    def due(self, months: int, days: int) -> dt.date:
        """The last day for its data: that of the month so many months on, and some days."""
        return end_of_month(self.last, months) + dt.timedelta(days=days)


def end_of_month(day: dt.date, months: int = 0) -> dt.date:
    """The last day of the month so many months after that of a day."""
    place = day.year * 12 + day.month + months  # of the month after
    return dt.date(place // 12, place % 12 + 1, 1) - dt.timedelta(days=1)


def term_of(period: str, day: dt.date) -> Term:
    """The period in which a day lies. KeyError for an unknown kind of period."""
    months = MONTHS[period]
    number = (day.month - 1) // months  # 0 for the first of the year
    first = dt.date(day.year, number * months + 1, 1)
    last = end_of_month(first, months - 1)
    sign = {1: f"-{number + 1:02}", 3: f"-Q{number + 1}", 6: f"-S{number + 1}", 12: ""}[months]
    return Term(f"{day.year}{sign}", first, last)


def terms_due(
    period: str, months: int, days: int, since: dt.date, until: dt.date
) -> list[tuple[Term, dt.date]]:
    """The periods whose data falls due in a span, both days included, with that day."""
    term = term_of(period, since - dt.timedelta(days=31 * (months + MONTHS[period]) + days))
    found = []
    while (due := term.due(months, days)) <= until:
        if due >= since:
            found.append((term, due))
        term = term_of(period, term.last + dt.timedelta(days=1))
    return found
