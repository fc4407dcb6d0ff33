import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.website.site.rules import pages as rules
from zona.website.site.rules.pages import Age, Cursor

moments = st.datetimes(
    min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2200, 1, 1), timezones=st.just(dt.UTC)
)
days = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 1, 1))


@given(st.booleans(), moments, st.integers(0, 10**11))
def test_a_cursor_survives_its_text(is_sunk: bool, moment: dt.datetime, id: int) -> None:
    cursor = Cursor(is_sunk, moment, id)
    assert Cursor.parse(str(cursor)) == cursor


@given(st.text(max_size=40))
def test_any_other_text_is_refused(text: str) -> None:
    try:
        cursor = Cursor.parse(text)
    except ValueError:
        return
    assert isinstance(cursor, Cursor)


@pytest.mark.parametrize(
    "text",
    ["", "1", "0.1.2", "2.0.000000.1", "0.999999999999.000000.1", "0.0.000000.1 ", "0.0.0.1"],
)
def test_broken_cursors_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Cursor.parse(text)


@given(days, days)
def test_a_window_is_expired_only_after_its_last_day(today: dt.date, until: dt.date) -> None:
    is_expired = rules.age_of("W", today, valid_until=until) is Age.EXPIRED
    assert is_expired == (until < today)


@given(st.integers(30, 730))
def test_a_reference_page_ages_by_its_interval(interval: int) -> None:
    assert rules.age_of_reference(0, interval) is Age.FRESH
    assert rules.age_of_reference(interval, interval) is Age.LATE
    assert rules.age_of_reference(2 * interval, interval) is Age.STALE


def test_the_archive_begins_after_a_year() -> None:
    happened = dt.date(2025, 1, 1)
    young, old = happened + dt.timedelta(days=365), happened + dt.timedelta(days=366)
    assert rules.age_of("N", young, happened=happened) is Age.FRESH
    assert rules.age_of("N", old, happened=happened) is Age.ARCHIVED


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("KOTA MUNGKID_", "Kota Mungkid"),
        ("KARANGANYAR –", "Karanganyar"),
        ("Kediri, kab-kediri.kpu.go.id -", "Kediri"),
        ("Kediri (kota-kediri.kpu.go.id) —", "Kediri"),
        ("Singaraja.kab-buleleng.kpu.go.id-", "Singaraja"),
        ("Sleman (06/08) –", "Sleman"),
        ("Slawi-", "Slawi"),
        ("Mojokerto:", "Mojokerto"),
        ("Wates, 11 September 2025.", "Wates, 11 September 2025"),
        ("Kab-jepara.kpu.go.id –", ""),
        (None, ""),
    ],
)
def test_datelines_lose_what_is_no_place(printed: str | None, clean: str) -> None:
    assert rules.clean_dateline(printed) == clean


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("(***/RED)", "RED"),
        ("(adn/humas)", "adn/humas"),
        ("-Irv", "Irv"),
        ("wsw", "wsw"),
        (None, ""),
    ],
)
def test_sign_offs_lose_their_marks(printed: str | None, clean: str) -> None:
    assert rules.clean_sign_off(printed) == clean


@given(st.text(alphabet="abc DEF.!?“", max_size=300))
def test_a_split_text_loses_nothing(text: str) -> None:
    lead, rest = rules.split_lead(text)
    assert "".join((lead + rest).split()) == "".join(text.split())


def test_abbreviations_end_no_sentence() -> None:
    text = "Rapat dipimpin oleh Dr. Budi di Jl. Merdeka No. 5 Magelang. Acara selesai siang."
    assert rules.split_lead(text)[0] == text.removesuffix(" Acara selesai siang.")


@given(st.text(max_size=400), st.integers(10, 120))
def test_a_shortened_text_fits(text: str, length: int) -> None:
    assert len(rules.shorten(text, length)) <= length
