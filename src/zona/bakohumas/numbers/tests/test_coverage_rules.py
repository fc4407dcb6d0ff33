import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from zona.bakohumas.numbers.rules import coverage as rules
from zona.bakohumas.numbers.rules.coverage import Item, Share, Told

END = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)


def event(key=1, *hours, kind="rakor", deadline=24, **fields):
    items = tuple(Item(100 * key + n, END + dt.timedelta(hours=h)) for n, h in enumerate(hours))
    return Told(key, kind, END, deadline, items=items, **fields)


def test_fewer_than_five_events_show_no_number():
    few = rules.told([event(n, 1) for n in range(4)])
    assert not few.is_measured
    assert few.value is None
    assert few.percent is None
    assert rules.told([event(n, 1) for n in range(5)]).percent == 100
    assert rules.quantile([event(n, 1) for n in range(4)], 0.5) is None
    assert rules.corrections_per_hundred([Item(1, END)] * 4) is None


def test_an_unpublished_event_stays_in_the_denominator():
    events = [event(1, 2), event(2, 30), event(3, 50), event(4), event(5)]
    assert rules.within(events, 24) == Share(1, 5)
    assert rules.within(events, 48) == Share(2, 5)
    assert rules.within(events, 72) == Share(3, 5)
    assert rules.quantile(events, 0.5) == 50
    assert rules.quantile(events, 0.9) is None  # so many were never told


def test_in_time_goes_by_the_deadline_of_the_kind():
    events = [event(1, 20), event(2, 30), event(3, 30, deadline=168), event(4), event(5, -3)]
    assert rules.timely(events) == Share(3, 5)
    assert events[4].delay == 0  # the story came first


def test_a_roundup_tells_of_seven_events():
    item = Item(9, END)
    events = [Told(n, "apel", END + dt.timedelta(days=n), items=(item,)) for n in range(9)]
    kept = rules.limit_roundups(reversed(events))
    assert [row.key for row in kept if row.is_told] == list(range(7))
    assert rules.told(kept) == Share(7, 9)


def test_the_website_comes_first_and_the_channels_within_a_day():
    def shown(key, hours):
        at = None if hours is None else END + dt.timedelta(hours=hours)
        return Item(key, END, first_channel=at)

    items = [shown(1, 0), shown(2, 24), shown(3, 25), shown(4, -1), shown(5, None), shown(6, 1)]
    assert rules.website_first(items) == Share(4, 5)
    assert rules.spread(items) == Share(4, 6)


def test_packages_ask_for_what_the_kind_needs():
    assert rules.lacks("article", {"text", "photo"}) == {"alt", "caption", "credit"}
    assert rules.lacks("video", {"text"}) == {"transcript"}
    assert not rules.lacks("announcement", {"text"})
    items = [Item(1, END, lacks=frozenset({"alt"})), Item(2, END)]
    assert rules.complete(items) == Share(1, 2)
    assert rules.lacking(items) == {"alt": 1}


def test_kinds_that_are_never_told_and_events_told_twice():
    events = [event(1, 1), event(2, kind="apel"), event(3, kind="apel"), event(4, 1, 2)]
    shares = rules.by_kind(events)
    assert list(shares) == ["apel", "rakor"]
    assert rules.never_told(shares) == ["apel"]
    assert rules.doubled(events) == [4]


def test_a_photo_story_beside_the_article_is_no_double():
    items = (Item(1, END), Item(2, END, "photo_story"))
    assert not rules.doubled([Told(1, "rakor", END, items=items)])


def test_more_than_a_quarter_of_exceptions_is_asked_about():
    assert not rules.asks_why(rules.exceptions(2, 6))
    assert rules.asks_why(rules.exceptions(3, 6))
    assert not rules.asks_why(rules.exceptions(3, 1))  # too few to say


def test_months_without_events_are_there_too():
    day = dt.date(2026, 1, 20)
    months = rules.by_month([(day, event(1, 1)), (day, event(2))], dt.date(2026, 2, 3), 3)
    assert [row.first for row in months] == [
        dt.date(2025, 12, 1), dt.date(2026, 1, 1), dt.date(2026, 2, 1)
    ]  # fmt: skip
    assert [row.share for row in months] == [Share(0, 0), Share(1, 2), Share(0, 0)]


@given(st.integers(0, 400), st.integers(5, 400))
def test_only_everything_is_a_hundred_per_cent(number, total):
    percent = Share(min(number, total), total).percent
    assert (percent == 100) == (number >= total)
    assert (percent == 0) == (number == 0)


events_with_delays = st.lists(st.none() | st.integers(-48, 400), min_size=5, max_size=40)


@given(events_with_delays)
def test_the_curve_only_rises_and_agrees_with_the_shares(delays):
    events = [event(n, *([] if d is None else [d])) for n, d in enumerate(delays)]
    corners = rules.steps(events, 168)
    assert corners == sorted(corners)
    assert corners[-1][0] == 168
    for hours in rules.HOURS:
        reached = max(share for at, share in corners if at <= hours)
        assert reached == rules.within(events, hours).value


@given(events_with_delays, st.data())
def test_skipping_an_event_makes_nothing_quicker(delays, data):
    events = [event(n, *([] if d is None else [d])) for n, d in enumerate(delays)]
    place = data.draw(st.integers(0, len(events) - 1))
    skipped = [*events[:place], event(place), *events[place + 1 :]]
    for hours in rules.HOURS:
        assert rules.within(skipped, hours).number <= rules.within(events, hours).number
    before, after = rules.quantile(events, 0.5), rules.quantile(skipped, 0.5)
    assert after is None or (before is not None and after >= before)
