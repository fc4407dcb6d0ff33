"""Weekday against date against year, days that do not exist, days that are missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from .draft import Draft, Finding, House, Severity, at
from .glossary import WORDS
from .phrases import WEEKDAYS, Printed, Where, find_dates

FUTURE = frozenset(WORDS["future"])


def check(draft: Draft, house: House) -> Iterator[Finding]:
    printed = [(where, date) for where in _dated_texts(draft) for date in find_dates(where[2])]
    guide = _guide(draft, [date for _where, date in printed])
    for where, date in printed:
        yield from _impossible(where, date)
        yield from _weekday(where, date, draft, guide)
    yield from _missing(draft, printed, guide)
    yield from _too_early(draft, printed)
    yield from _other_day(draft, printed, guide)


def _dated_texts(draft: Draft) -> Iterator[Where]:
    if draft.dateline:
        yield "dateline", 0, draft.dateline
    yield from draft.texts()


def _guide(draft: Draft, printed: Sequence[Printed]) -> dt.date | None:
    """The day by which a year that is not printed is concluded."""
    if draft.activity_date:
        return draft.activity_date
    if draft.event:
        return draft.event.first
    whole = (date.day_of() for date in printed if date.year is not None)
    return next((day for day in whole if day is not None), draft.publish_on)


# --- the weekday -------------------------------------------------------------------------------


def _impossible(where: Where, date: Printed) -> Iterator[Finding]:
    if date.exists:
        return
    yield at("date_impossible", Severity.FAULT, where, date.span)


def _weekday(where: Where, date: Printed, draft: Draft, guide: dt.date | None) -> Iterator[Finding]:
    """Each weekday beside a date must be that date's; without a year it is a guess, so milder."""
    if not date.weekdays or not date.exists:
        return
    is_sure = date.year is not None
    days = date.days(date.year if is_sure else _nearest_year(date, guide))
    if not days:
        return
    if len(date.weekdays) == 2 and len(days) == 1:
        if days[0].weekday() in (row.number for row in date.weekdays):
            return
        wrong = [(date.weekdays[0], days[0])]
    else:
        pairs = zip(date.weekdays, days, strict=False)
        wrong = [(word, day) for word, day in pairs if word.number != day.weekday()]
    for word, day in wrong[:1]:
        right = WEEKDAYS[day.weekday()]
        better = date.with_weekdays([row.weekday() for row in days])
        meant = _meant(date, draft) if is_sure and len(days) == 1 else None
        yield at(
            "weekday_wrong" if is_sure else "weekday_doubtful",
            Severity.FAULT if is_sure else Severity.WARNING,
            where,
            date.span,
            suggestion=date.with_day(meant) if meant else better,
            printed=word.text,
            right=right,
            date=f"{day.day}/{day.month}/{day.year}",
            other=better if meant else "",
        )


def _nearest_year(date: Printed, guide: dt.date | None) -> int | None:
    """The year in which the date lies nearest to the guiding day."""
    if guide is None:
        return None
    years = [
        (abs((day - guide).days), year)
        for year in range(guide.year - 1, guide.year + 2)
        if (day := date.day_of(year)) is not None
    ]
    return min(years)[1] if years else None


def _meant(date: Printed, draft: Draft) -> dt.date | None:
    """The day that was probably meant, when not the weekday but another part is the slip.

    That is the day of the activity when it has the printed weekday and differs in one part only;
    or the same day of a year near publication, when the printed year is none.
    """
    printed, weekday = date.day_of(), date.weekdays[0].number
    if printed is None:
        return None
    known = [draft.activity_date, draft.event.first if draft.event else None]
    for day in known:
        if day and day.weekday() == weekday and _parts_apart(day, printed) == 1:
            return day
    if draft.publish_on and printed.year not in (draft.publish_on.year, draft.publish_on.year + 1):
        for year in (draft.publish_on.year, draft.publish_on.year - 1):
            day = date.day_of(year)
            if day and day.weekday() == weekday and day <= draft.publish_on:
                return day
    return None


def _parts_apart(one: dt.date, other: dt.date) -> int:
    return (one.day != other.day) + (one.month != other.month) + (one.year != other.year)


# --- what is missing, what cannot be yet, what is another day -----------------------------------


def _missing(
    draft: Draft, printed: list[tuple[Where, Printed]], guide: dt.date | None
) -> Iterator[Finding]:
    """No date at all, or none with its year: such items cannot be dated any more years later."""
    if not draft.is_article:
        return
    if not printed:
        if draft.activity_date is None and any(True for _row in draft.prose()):
            yield Finding("date_missing", Severity.WARNING, "text")
        return
    if any(date.year is not None for _where, date in printed):
        return
    tied = [row for row in printed if row[1].weekdays or row[1].is_bracketed]
    where, date = (tied or printed)[0]
    year = _nearest_year(date, guide)
    suggestion = date.with_year(year) if year else ""
    yield at("year_missing", Severity.WARNING, where, date.span, suggestion=suggestion)


def _too_early(draft: Draft, printed: list[tuple[Where, Printed]]) -> Iterator[Finding]:
    """It tells of what happened on a day that has not come when it is published."""
    last = draft.publish_on
    if last is None or not draft.is_article:
        return
    if draft.activity_date and draft.activity_date > last:
        if not _looks_ahead(" ".join(text for _n, _p, text in draft.texts())):
            yield Finding(
                "event_after_publication",
                Severity.WARNING,
                "activity_date",
                params=(("day", _numbers(draft.activity_date)), ("published", _numbers(last))),
            )
        return
    whole = [(where, date, date.day_of()) for where, date in printed if date.year is not None]
    if not whole or any(day is None or day <= last for _where, _date, day in whole):
        return
    where, date, day = whole[0]
    if day is not None and not _looks_ahead(where[2]):
        yield at(
            "event_after_publication", Severity.WARNING, where, date.span,
            day=_numbers(day), published=_numbers(last),
        )  # fmt: skip


def _looks_ahead(text: str) -> bool:
    return not FUTURE.isdisjoint(re.findall(r"\w+", text.casefold()))


def _other_day(
    draft: Draft, printed: list[tuple[Where, Printed]], guide: dt.date | None
) -> Iterator[Finding]:
    """None of the dates in the text is the day of the activity."""
    first = draft.activity_date or (draft.event.first if draft.event else None)
    if first is None or not draft.is_article or draft.is_roundup:
        return
    last = first
    if draft.event and draft.event.first <= first <= draft.event.last:
        first, last = draft.event.first, draft.event.last
    elif draft.event and draft.activity_date:
        yield Finding(
            "activity_other_than_event",
            Severity.WARNING,
            "activity_date",
            params=(
                ("day", _numbers(draft.activity_date)),
                ("event", _numbers(draft.event.first)),
                ("title", draft.event.title),
            ),
        )
    tied = [row for row in printed if row[1].weekdays or row[1].is_bracketed]
    spans = [
        (where, date, days)
        for where, date in tied
        if (days := date.days(date.year or _nearest_year(date, guide)))
    ]
    if not spans or any(days[0] <= last and days[-1] >= first for _w, _d, days in spans):
        return
    where, date, days = spans[0]
    if date.weekdays and days[0].weekday() != date.weekdays[0].number:
        return  # told already: the weekday is not that date's
    yield at(
        "date_other_than_activity", Severity.WARNING, where, date.span,
        printed=_numbers(days[0]), day=_numbers(first),
    )  # fmt: skip


def _numbers(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
