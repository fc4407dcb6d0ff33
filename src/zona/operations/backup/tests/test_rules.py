import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from zona.operations.backup.rules import choose_kept, is_due, name_backup, read_name

MOMENTS = st.sets(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 1, 1)), max_size=60)


@given(MOMENTS)
def test_the_newest_is_kept_and_few_others(made: set[dt.datetime]) -> None:
    kept = choose_kept(made)
    assert kept <= made
    assert len(kept) <= 7 + 4 + 12
    assert not made or max(made) in kept


@given(MOMENTS)
def test_choosing_again_keeps_all(made: set[dt.datetime]) -> None:
    kept = choose_kept(made)
    assert choose_kept(kept) == kept


def test_a_year_of_days() -> None:
    first = dt.datetime(2026, 1, 1, 1, 35)
    kept = choose_kept(first + dt.timedelta(days=n) for n in range(365))
    assert {moment.month for moment in kept} == set(range(1, 13))
    assert sum(moment > dt.datetime(2026, 12, 24) for moment in kept) >= 7


def test_names_are_read_back() -> None:
    moment = dt.datetime(2026, 11, 29, 1, 35, 7)
    assert read_name(name_backup(moment)) == moment
    assert read_name("foto-liburan") is None


def test_one_a_day_from_one_o_clock() -> None:
    night = dt.datetime(2026, 11, 29, 0, 35)
    yesterday = night - dt.timedelta(days=1)
    assert not is_due(yesterday, night)
    assert is_due(yesterday, night.replace(hour=1))
    assert is_due(None, night.replace(hour=9))
    assert not is_due(night.replace(hour=1), night.replace(hour=9))
