"""The arithmetic of working days and opening hours."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.offices.rules import (
    Calendar,
    ClosedSpan,
    DayHours,
    NoWorkingDay,
    Reason,
    add_working_days,
    is_working_day,
    next_opening,
    opening_state,
    working_days_between,
)

ZONES = [ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura")]
WIB = ZONES[0]
USUAL = DayHours(dt.time(8), dt.time(16), dt.time(12), dt.time(13))
FRIDAY = DayHours(dt.time(8), dt.time(16, 30), dt.time(11, 30), dt.time(13))
WEEK = {0: USUAL, 1: USUAL, 2: USUAL, 3: USUAL, 4: FRIDAY}
CHRISTMAS = dt.date(2026, 12, 25)
PLAIN = Calendar({CHRISTMAS: "Hari Raya Natal"})

days = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))
moments = st.datetimes(
    dt.datetime(2025, 1, 1), dt.datetime(2028, 12, 31), timezones=st.just(dt.UTC)
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    holidays = draw(st.dictionaries(days, st.just("Libur"), max_size=40))
    starts = draw(st.lists(days, max_size=4))
    spans = tuple(
        ClosedSpan(start, start + dt.timedelta(draw(st.integers(0, 20))), "Banjir")
        for start in starts
    )
    return Calendar(holidays, spans)


@st.composite
def day_hours(draw: st.DrawFn) -> DayHours:
    minutes = draw(st.lists(st.integers(0, 1439), min_size=4, max_size=4, unique=True))
    opens, starts, ends, closes = (dt.time(m // 60, m % 60) for m in sorted(minutes))
    return draw(st.sampled_from([DayHours(opens, closes), DayHours(opens, closes, starts, ends)]))


weeks = st.dictionaries(st.integers(0, 6), day_hours(), max_size=7)


@given(days, st.integers(0, 120), calendars())
def test_counting_back_what_was_added(start: dt.date, n: int, calendar: Calendar) -> None:
    assert working_days_between(start, add_working_days(start, n, calendar), calendar) == n


@given(days, st.integers(1, 120), calendars())
def test_a_period_ends_on_a_working_day(start: dt.date, n: int, calendar: Calendar) -> None:
    end = add_working_days(start, n, calendar)
    assert is_working_day(end, calendar)
    assert calendar.day_off(end) is None
    assert end.weekday() < 5


@given(days, st.integers(0, 60), calendars())
def test_one_day_more_ends_later(start: dt.date, n: int, calendar: Calendar) -> None:
    end = add_working_days(start, n, calendar)
    assert add_working_days(start, n + 1, calendar) > end
    assert add_working_days(end, 1, calendar) == add_working_days(start, n + 1, calendar)


@given(days, days, days, calendars())
def test_counting_adds_up(a: dt.date, b: dt.date, c: dt.date, calendar: Calendar) -> None:
    assert working_days_between(a, b, calendar) == -working_days_between(b, a, calendar)
    halves = working_days_between(a, b, calendar) + working_days_between(b, c, calendar)
    assert halves == working_days_between(a, c, calendar)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-12-22", 0, "2026-12-22"),
        ("2026-12-22", 1, "2026-12-23"),
        ("2026-12-24", 1, "2026-12-28"),  # Christmas on a Friday, then the weekend
        ("2026-12-26", 1, "2026-12-28"),  # received on a Saturday
        ("2026-12-14", 10, "2026-12-29"),  # UU 14/2008, article 22: ten working days
    ],
)
def test_known_periods(start: str, n: int, end: str) -> None:
    day = dt.date.fromisoformat
    assert add_working_days(day(start), n, PLAIN) == day(end)


def test_days_are_not_taken_away() -> None:
    with pytest.raises(ValueError, match="added"):
        add_working_days(CHRISTMAS, -1, PLAIN)


def test_a_calendar_without_working_days_is_refused_not_searched_for_ever() -> None:
    with pytest.raises(NoWorkingDay):
        add_working_days(CHRISTMAS, 1, Calendar({}, weekdays=frozenset()))


@given(moments, weeks, calendars(), st.sampled_from(ZONES))
def test_what_opens_next_is_open_then(
    moment: dt.datetime, week: dict, calendar: Calendar, zone: ZoneInfo
) -> None:
    opens = next_opening(moment, week, calendar, zone)
    if opens is None:
        assert not week
        return
    assert opens > moment
    assert opens.tzinfo is zone
    assert opening_state(opens, week, calendar, zone).is_open
    just_before = opening_state(opens - dt.timedelta(microseconds=1), week, calendar, zone)
    assert not just_before.is_open
    assert just_before.next_opening == opens


@given(moments, weeks, calendars(), st.sampled_from(ZONES))
def test_a_state_agrees_with_itself(
    moment: dt.datetime, week: dict, calendar: Calendar, zone: ZoneInfo
) -> None:
    state = opening_state(moment, week, calendar, zone)
    local = moment.astimezone(zone)
    if state.is_open:
        assert calendar.day_off(local.date()) is None
        assert state.until is not None
        assert not opening_state(state.until, week, calendar, zone).is_open
        if state.break_ahead is None:
            just_before = state.until - dt.timedelta(microseconds=1)
            assert opening_state(just_before, week, calendar, zone).is_open
    else:
        assert state.until is None
        assert state.next_opening == next_opening(moment, week, calendar, zone)


@given(moments, moments, weeks, calendars())
def test_later_moments_open_no_earlier(
    one: dt.datetime, other: dt.datetime, week: dict, calendar: Calendar
) -> None:
    if not week:
        return
    first, second = sorted([one, other])
    earlier = next_opening(first, week, calendar, WIB)
    later = next_opening(second, week, calendar, WIB)
    assert earlier is not None
    assert later is not None
    assert earlier <= later


def at(text: str, zone: ZoneInfo = WIB) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "reason", "until", "opens"),
    [
        ("2026-11-23T07:59:59", Reason.OUTSIDE_HOURS, None, "2026-11-23T08:00"),
        ("2026-11-23T08:00", Reason.OPEN, "2026-11-23T16:00", "2026-11-23T13:00"),
        ("2026-11-23T12:00", Reason.BREAK, None, "2026-11-23T13:00"),
        ("2026-11-23T13:00", Reason.OPEN, "2026-11-23T16:00", "2026-11-24T08:00"),
        ("2026-11-27T16:29:59", Reason.OPEN, "2026-11-27T16:30", "2026-11-30T08:00"),
        ("2026-11-27T16:30", Reason.OUTSIDE_HOURS, None, "2026-11-30T08:00"),
        ("2026-12-25T10:00", Reason.HOLIDAY, None, "2026-12-28T08:00"),
    ],
)
def test_states_of_an_ordinary_week(
    moment: str, reason: Reason, until: str | None, opens: str
) -> None:
    state = opening_state(at(moment), WEEK, PLAIN, WIB)
    assert state.reason is reason
    assert state.until == (at(until) if until else None)
    assert state.next_opening == at(opens)


def test_the_break_ahead_is_told_only_before_it() -> None:
    assert opening_state(at("2026-11-23T09:00"), WEEK, PLAIN, WIB).break_ahead == (
        dt.time(12),
        dt.time(13),
    )
    assert opening_state(at("2026-11-23T14:00"), WEEK, PLAIN, WIB).break_ahead is None


def test_the_same_moment_differs_by_zone() -> None:
    moment = at("2026-11-23T07:00")  # 09.00 in Jayapura
    assert not opening_state(moment, WEEK, PLAIN, WIB).is_open
    assert opening_state(moment, WEEK, PLAIN, ZONES[2]).is_open


def test_a_closed_day_names_its_reason() -> None:
    flood = ClosedSpan(dt.date(2026, 11, 23), dt.date(2026, 11, 24), "Banjir di kantor")
    calendar = Calendar({}, (flood,))
    state = opening_state(at("2026-11-23T10:00"), WEEK, calendar, WIB)
    assert (state.reason, state.name) == (Reason.CLOSURE, "Banjir di kantor")
    assert state.next_opening == at("2026-11-25T08:00")
    assert add_working_days(dt.date(2026, 11, 20), 1, calendar) == dt.date(2026, 11, 25)


def test_an_office_without_hours_never_opens() -> None:
    assert next_opening(at("2026-11-23T10:00"), {}, PLAIN, WIB) is None
    assert opening_state(at("2026-11-23T10:00"), {}, PLAIN, WIB).reason is Reason.HOURS_UNKNOWN


def test_an_office_closed_for_good_has_no_next_opening() -> None:
    for_good = ClosedSpan(dt.date(2026, 1, 1), dt.date(2036, 1, 1), "Pindah")
    assert next_opening(at("2026-11-23T10:00"), WEEK, Calendar({}, (for_good,)), WIB) is None


def test_a_moment_must_be_aware() -> None:
    with pytest.raises(ValueError, match="aware"):
        next_opening(dt.datetime(2026, 11, 23, 10), WEEK, PLAIN, WIB)


@pytest.mark.parametrize(
    "times",
    [
        (dt.time(16), dt.time(8)),
        (dt.time(8), dt.time(16), dt.time(12), None),
        (dt.time(8), dt.time(16), dt.time(13), dt.time(12)),
        (dt.time(8), dt.time(16), dt.time(15), dt.time(16)),
    ],
)
def test_impossible_hours_are_refused(times: tuple) -> None:
    with pytest.raises(ValueError, match=r"break|hours"):
        DayHours(*times)
