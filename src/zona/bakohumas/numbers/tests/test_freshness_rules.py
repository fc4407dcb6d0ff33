import datetime as dt
from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from zona.bakohumas.numbers.rules import freshness as rules
from zona.bakohumas.numbers.rules.freshness import Due, Missing, News, Part, Reference, Window
from zona.website.site.rules.pages import Age, age_of_reference

TODAY = dt.date(2026, 11, 24)
days = st.integers(0, 2000)
intervals = st.integers(1, 730)
references = st.lists(
    st.builds(Reference, st.integers(1, 99), days, intervals, st.integers(0, 10**7)), max_size=12
)
windows = st.lists(
    st.builds(
        Window,
        st.integers(1, 99),
        st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)),
    ),
    max_size=6,
)
periods = st.lists(
    st.builds(
        Due,
        st.just("d"),
        st.dates(dt.date(2025, 12, 1), dt.date(2026, 11, 23)),
        st.none() | st.dates(dt.date(2025, 12, 1), dt.date(2026, 11, 23)),
    ),
    max_size=6,
)
news = st.lists(
    st.builds(
        News, st.integers(0, 60), st.integers(-1, 12), st.sampled_from([D(0), D("0.25"), D(1)])
    ),
    max_size=30,
)


def test_the_worked_example_is_83_1():
    parts = {Part.REFERENCE: D(80), Part.WINDOW: D(90), Part.DATA: D(75), Part.PULSE: D("87.5")}
    assert rules.combine(parts)[0] == D("83.1")


def test_the_worked_example_from_its_items():
    """80 from pages, 9 of 10 in date, 75 from data, an item today and 6 of 8 weeks with two."""
    whole = [News(0, week) for week in (0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6)]
    found = rules.score(
        TODAY,
        references=[Reference(key, 0, 90) for key in range(8)],
        missing=[Missing("a")],
        windows=[Window(key, TODAY + dt.timedelta(days=key)) for key in range(9)]
        + [Window(10, TODAY - dt.timedelta(days=1))],
        data=[
            Due("a", dt.date(2026, 3, 31), dt.date(2026, 3, 31)),
            Due("b", dt.date(2026, 6, 30), dt.date(2026, 7, 7)),
        ],
        news=whole,
    )
    assert found.parts == {
        Part.REFERENCE: D(80), Part.WINDOW: D(90), Part.DATA: D(75), Part.PULSE: D("87.5")
    }  # fmt: skip
    assert found.value == D("83.1")
    assert found.losses[0] == rules.Loss(Part.REFERENCE, "a", D(8))


def test_a_page_keeps_all_points_until_its_interval_is_over_and_loses_them_in_the_next():
    assert [rules.reference_points(n, 90) for n in (0, 90, 135, 180, 900)] == [100, 100, 50, 0, 0]


def test_points_and_state_of_a_page_tell_the_same():
    assert rules.reference_points(179, 90) > 0
    assert age_of_reference(179, 90) is Age.LATE
    assert rules.reference_points(180, 90) == 0
    assert age_of_reference(180, 90) is Age.STALE


def test_ten_times_the_readers_weigh_one_more():
    assert [rules.page_weight(n) for n in (0, 9, 99, 999, 10**6)] == [1, 2, 3, 4, 4]


def test_late_data_is_worth_half_for_a_week():
    due = dt.date(2026, 3, 31)
    assert rules.data_points(due, dt.date(2026, 3, 31)) == 100
    assert rules.data_points(due, dt.date(2026, 4, 7)) == 50
    assert rules.data_points(due, dt.date(2026, 4, 8)) == 0
    assert rules.data_points(due, None) == 0


def test_silence_is_free_for_three_working_days_and_costs_all_after_fifteen():
    assert [rules.recency_points(n) for n in (3, 9, 15, 40)] == [100, 50, 0, 0]
    assert rules.recency_points(None) == 0


def test_reposts_count_a_quarter_and_unlinked_items_nothing():
    reposts = [News(0, 0, D("0.25"))] * 7
    assert rules.pulse_of(reposts).good_weeks == 0
    assert rules.pulse_of([*reposts, News(0, 0, D("0.25"))]).good_weeks == 1
    assert rules.pulse_of([News(0, 0, D(0))] * 9).days is None


def test_a_website_in_its_first_week_is_judged_by_its_last_item_alone():
    assert rules.pulse_of([News(0, -1)], weeks=0).value == 100
    assert rules.pulse_of([News(0, -1)], weeks=1).value == 50


def test_stale_contacts_cap_the_score():
    full = {"references": [Reference(1, 0, 90)], "news": [News(0, n // 2) for n in range(16)]}
    assert rules.score(TODAY, **full).value == 100
    assert rules.score(TODAY, **full, contact_is_stale=True).value == 69


def test_what_cannot_be_measured_takes_no_points():
    found = rules.score(TODAY, references=[Reference(1, 0, 90)])
    assert found.parts[Part.WINDOW] is None
    assert found.parts[Part.DATA] is None
    assert set(found.weights) == {Part.REFERENCE, Part.PULSE}
    assert rules.score(TODAY, references=[]).value is None


def test_data_that_is_not_due_yet_is_not_missing():
    ahead = [Due("a", TODAY + dt.timedelta(days=1)), Due("b", TODAY)]
    assert rules.score(TODAY, references=[], data=ahead).parts[Part.DATA] is None


@given(days, days, intervals)
def test_a_page_never_gains_by_growing_older(one, other, interval):
    young, old = sorted((one, other))
    points = rules.reference_points(young, interval), rules.reference_points(old, interval)
    assert 0 <= points[1] <= points[0] <= 100


@given(references, windows, periods, news, st.booleans())
def test_the_score_stays_within_bounds_and_the_losses_explain_it(pages, shown, due, items, stale):
    found = rules.score(
        TODAY, references=pages, windows=shown, data=due, news=items, contact_is_stale=stale
    )
    if found.value is None:
        assert not pages
        return
    assert 0 <= found.value <= (69 if stale else 100)
    assert abs(sum(found.weights.values()) - 1) < D("1e-20")
    if not stale:
        lost = sum(row.points for row in found.losses)
        assert abs(100 - lost - found.value) <= D("0.05") + D("1e-20")


@given(references.filter(bool), windows, periods, news, st.booleans())
def test_a_missing_page_never_raises_the_score(pages, shown, due, items, stale):
    rest = {"windows": shown, "data": due, "news": items, "contact_is_stale": stale}
    before = rules.score(TODAY, references=pages, **rest).value
    assert rules.score(TODAY, references=pages, missing=[Missing("x")], **rest).value <= before


@given(references.filter(bool), windows, periods, news)
def test_a_review_never_lowers_the_score(pages, shown, due, items):
    rest = {"windows": shown, "data": due, "news": items}
    first, *others = pages
    mended = [Reference(first.key, 0, first.review_days, first.views), *others]
    before = rules.score(TODAY, references=pages, **rest).value
    assert rules.score(TODAY, references=mended, **rest).value >= before


def test_periods_have_names_and_ends():
    day = dt.date(2026, 11, 24)
    names = [rules.term_of(kind, day).name for kind in ("month", "quarter", "semester", "year")]
    assert names == ["2026-11", "2026-Q4", "2026-S2", "2026"]
    assert rules.term_of("quarter", dt.date(2024, 2, 29)).last == dt.date(2024, 3, 31)


def test_what_fell_due_in_a_year():
    year = dt.date(2025, 11, 25), dt.date(2026, 11, 24)
    found = rules.terms_due("quarter", 0, 10, *year)
    assert [term.name for term, _due in found] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    found = rules.terms_due("year", 3, 0, *year)
    assert [(term.name, due) for term, due in found] == [("2025", dt.date(2026, 3, 31))]
    leap = rules.terms_due("year", 3, 0, dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert [due for _term, due in leap] == [dt.date(2024, 3, 31)]


@given(st.sampled_from(list(rules.MONTHS)), st.dates(dt.date(2001, 1, 1), dt.date(2090, 1, 1)))
def test_periods_follow_each_other_without_gap(kind, day):
    term = rules.term_of(kind, day)
    assert term.first <= day <= term.last
    following = rules.term_of(kind, term.last + dt.timedelta(days=1))
    assert following.first == term.last + dt.timedelta(days=1)
    assert following.name > term.name
