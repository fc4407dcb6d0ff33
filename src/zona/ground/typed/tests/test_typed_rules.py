"""What is shown reads back to the same value; what cannot be read says why, whatever is typed."""

import contextlib
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zona.ground.typed import rules
from zona.ground.typed.rules import Clock, Unreadable

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
WRITTEN = st.text() | st.text(alphabet="0123456789 .,:/-'()%RpSseninjamukl²٣", max_size=60)
ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def ways(day: dt.date) -> list[str]:
    month, weekday = rules.MONTHS[day.month - 1], rules.WEEKDAYS[day.weekday()]
    english = ENGLISH[day.month - 1]
    return [
        rules.say_date(day), rules.say_day(day), rules.say_day(day).upper(),
        f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", f"{day:%d %m %Y}",
        f"{day.day}/{day.month}/{day.year}", f" {day.day} / {day.month} / {day.year} ",
        f"{day.day} {month[:3]} {day.year}", f"{day.day} {month[:3]}. {day.year}",
        f"{day.day}-{month[:3]}-{day.year}", f"{day.day}{month[:3]}{day.year}",
        f"{day.day} {english} {day.year}", f"{english} {day.day}, {day.year}",
        f"{day:%A}, {day.day} {english[:3]} {day.year}", f"{english[:3]} {day.day} {day.year}",
        f"Hari {weekday} tanggal {day.day} bulan {month} tahun {day.year}",
        f"{weekday} ({day.day}/{day.month}/{day.year})", f"{rules.say_date(day)} ({weekday})",
        f"{weekday[:3]} {day:%d-%m-%Y}", f"Tgl. {day:%d/%m/%Y}.",
        day.isoformat(), f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day:%d%m%Y}",
    ]  # fmt: skip


@given(DAYS)
def test_each_way_to_write_a_day_reads_back(day):
    for text in ways(day):
        assert rules.read_date(text) == day, text


@given(st.dates(dt.date(1980, 1, 1), dt.date(2079, 12, 31)))
def test_a_year_of_two_figures_is_near(day):
    month = rules.MONTHS[day.month - 1][:3]
    for text in (
        f"{day:%d-%m-%y}",
        f"{day.day} {month} '{day:%y}",
        f"{day.day}/{day.month}/{day:%y}",
    ):
        assert rules.read_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "21 Agt 2025", "21 Agu 2025", "21 Agust 2025", "21 Agst. 2025", "21 Ags 2025",
        "21 Aug 2025",
        "21-Aug-25", "Kamis 21-08-2025", "Kamis / 21 Agustus 2025", "Thursday, 21 August 2025",
        "21st August 2025", "Kamis,21 Agustus 2025", "Kam, 21/8/25", "21\u00a0Agustus\u00a02025",
        "Kamis (21/08/2025)", "21 Agustus, 2025", "21082025",
    ],
)  # fmt: skip
def test_spellings_of_one_day(text):
    assert rules.read_date(text) == dt.date(2025, 8, 21)


@pytest.mark.parametrize(
    "text",
    ["Jum'at, 22 Agustus 2025", "Jum’at, 22/8/2025", "Jum`at 22-8-25", "jumat tanggal 22/8/25"],
)
def test_friday_with_any_apostrophe(text):
    assert rules.read_date(text) == dt.date(2025, 8, 22)


@pytest.mark.parametrize(
    ("text", "code", "detail"),
    [
        ("", "no_date", ""),
        ("  ", "no_date", ""),
        ("Rabu, 21 Agustus 2025", "wrong_weekday", "Kamis"),
        ("12/31/2026", "month_first", "31/12/2026"),
        ("12-31-2026", "month_first", "31/12/2026"),
        ("31/02/2026", "no_such_day", ""),
        ("32/01/2026", "no_such_day", ""),
        ("13/13/2026", "no_such_day", ""),
        ("31 Desembel 2026", "no_month", "desembel"),
        ("Sening, 24 November 2026", "no_weekday", "sening"),
        ("24 November", "no_year", ""),
        ("24/11", "no_year", ""),
        ("24/11/202", "no_date_form", ""),
        ("24/11/1026", "no_such_year", "1026"),
        ("besok", "no_date_form", "besok"),
        ("²/11/2026", "no_date_form", ""),
        ("24/11/2026 09.00", "no_date_form", ""),
        ("9" * 5000, "too_long", ""),
    ],
)
def test_a_day_that_cannot_be_read_says_why(text, code, detail):
    with pytest.raises(Unreadable) as caught:
        rules.read_date(text)
    assert (caught.value.code, caught.value.detail) == (code, detail)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("21 s.d. 23 Agustus 2025", "2025-08-21", "2025-08-23"),
        ("21-23 Agustus 2025", "2025-08-21", "2025-08-23"),
        ("21 – 23 Agustus 2025", "2025-08-21", "2025-08-23"),
        ("21 Agustus 2025 s/d 23 Agustus 2025", "2025-08-21", "2025-08-23"),
        ("Senin – Rabu, 18 – 20 Agustus 2025", "2025-08-18", "2025-08-20"),
        ("30 September sampai dengan 2 Oktober 2025", "2025-09-30", "2025-10-02"),
        ("31 Des 2026 – 2 Jan 2027", "2026-12-31", "2027-01-02"),
        ("31/12/2026 - 02/01/2027", "2026-12-31", "2027-01-02"),
        ("Kamis, 21 Agustus 2025", "2025-08-21", "2025-08-21"),
        ("21-08-2025", "2025-08-21", "2025-08-21"),
    ],
)
def test_ranges_of_days(text, first, last):
    assert [day.isoformat() for day in rules.read_days(text)] == [first, last]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("23 s.d. 21 Agustus 2025", "ends_before"),
        ("Senin – Kamis, 18 – 20 Agustus 2025", "wrong_weekday"),
        ("21 s.d. besok", "no_date_form"),
        ("12/31/2026", "month_first"),
    ],
)
def test_ranges_that_are_none(text, code):
    with pytest.raises(Unreadable) as caught:
        rules.read_days(text)
    assert caught.value.code == code


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0)))
def test_each_way_to_write_a_time_reads_back(time):
    said = rules.say_time(time)
    half = "AM" if time.hour < 12 else "PM"
    for text in (
        said, f"{time:%H:%M}", f"{time:%H:%M:%S}", f"{time.hour}.{time.minute:02}", f"{time:%H%M}",
        f"pukul {said}", f"Pukul : {said} WIB", f"Pkl. {said}", f"jam {said}", f"{said} WITA",
        f"{time:%I:%M} {half}", f"{time:%I.%M} {half.lower()}", f"{said}.",
    ):  # fmt: skip
        assert rules.read_time(text) == time, text


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9.3", "09:30"), ("9,3", "09:30"), ("13.3", "13:30"), ("9.0", "09:00"), ("9.03", "09:03"),
        ("pukul 9", "09:00"), ("9", "09:00"), ("9:00 AM", "09:00"), ("9 pagi", "09:00"),
        ("jam 9 pagi", "09:00"), ("12 siang", "12:00"), ("1 siang", "13:00"), ("3 sore", "15:00"),
        ("15 sore", "15:00"), ("7.30 malam", "19:30"), ("1:30 PM", "13:30"), ("12 AM", "00:00"),
        ("12 PM", "12:00"), ("9 a.m.", "09:00"), ("21.15", "21:15"),
    ],
)  # fmt: skip
def test_times_as_they_are_typed(text, time):
    assert rules.read_time(text).isoformat("minutes") == time


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_time"), ("24.00", "midnight"), ("24.01", "no_such_time"),
        ("25.00", "no_such_time"),
        ("09.75", "no_such_time"), ("9.6", "no_such_time"), ("9:3", "one_digit_minute"),
        ("pagi", "no_time_form"), ("12 malam", "part_of_day"), ("9 sore", "part_of_day"),
        ("13 AM", "part_of_day"), ("²", "no_time_form"), ("setelah Jumatan", "no_time_form"),
        ("930", "no_time_form"), ("9" * 5000, "too_long"),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_read_says_why(text, code):
    with pytest.raises(Unreadable) as caught:
        rules.read_time(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "start", "end", "zone"),
    [
        ("09.00 WIB s/d selesai", "09:00", None, "WIB"),
        ("Pukul : 09.00 WIB", "09:00", None, "WIB"),
        ("Pkl. 09.00 WIB s.d Selesai", "09:00", None, "WIB"),
        ("09.00 s.d. 12.00", "09:00", "12:00", ""),
        ("09.00 wib s/d. selesai", "09:00", None, "WIB"),
        ("0,375", "09:00", None, ""), ("0.375", "09:00", None, ""),
        ("9.3", "09:30", None, ""), ("08.30 – selesai", "08:30", None, ""),
        ("09.00 sd selesai", "09:00", None, ""),
        ("09.00 WIB sampai selesai", "09:00", None, "WIB"),
        ("09.00 WIB - sls", "09:00", None, "WIB"),
        ("10:00 WIB s.d 12:00 WIB", "10:00", "12:00", "WIB"),
        ("19.30 s/d 21.30 WIB", "19:30", "21:30", "WIB"),
        ("pukul 13.00 WITA s.d. selesai", "13:00", None, "WITA"),
        ("08.00–09.00", "08:00", "09:00", ""), ("9:30 - 12.00 WIB", "09:30", "12:00", "WIB"),
    ],
)  # fmt: skip
def test_times_from_and_to(text, start, end, zone):
    found = rules.read_times(text)
    assert found.start.isoformat("minutes") == start
    assert (found.end.time().isoformat("minutes") if found.end else None) == end
    assert found.zone == zone


def test_the_end_of_the_day_is_midnight():
    found = rules.read_times("20.00-24.00")
    assert found.end == Clock(24)
    assert rules.moment_of(dt.date(2026, 12, 31), found.end) == dt.datetime(2027, 1, 1)
    assert rules.read_end("selesai") is None
    assert rules.read_end("12.00 WIB") == Clock(12, zone="WIB")
    assert rules.read_times(" ") is None
    for text in ("09.00 WIB / 10.00 WITA", "09.00-10.00 dan 13.00-15.00", "Selesai", "-"):
        with pytest.raises(Unreadable):
            rules.read_times(text)


@given(DAYS, st.times().map(lambda time: time.replace(second=0, microsecond=0)))
@example(dt.date(2020, 1, 1), dt.time(20, 20))
def test_moments_read_back(day, time):
    moment = dt.datetime.combine(day, time)
    for text in (
        rules.say_moment(moment), f"{day:%d/%m/%Y} {time:%H.%M}", f"{day:%d-%m-%Y} {time:%H:%M}",
        f"{rules.say_day(day)} pukul {time:%H.%M} WIB", moment.isoformat(),
        f"{day.isoformat()} {time:%H:%M}", f"{day:%d/%m/%y} {time:%H.%M}"
        if 1980 <= day.year < 2080 else f"{day:%d.%m.%Y}, {time:%H.%M}",
    ):  # fmt: skip
        assert rules.read_moment(text) == moment, text


def test_moments_at_their_edges():
    assert rules.read_moment("31/12/2026 24.00") == dt.datetime(2027, 1, 1)
    assert rules.read_moment("31 Des 2026 9 pagi") == dt.datetime(2026, 12, 31, 9)
    assert rules.read_when("21-8-2025 09:00") == (dt.date(2025, 8, 21), Clock(9))
    assert rules.read_when("31/12/2026") == (dt.date(2026, 12, 31), None)
    with pytest.raises(Unreadable, match="time_missing"):
        rules.read_moment("31/12/2026")
    with pytest.raises(Unreadable, match="month_first"):
        rules.read_moment("12/31/2026 09.00")


def test_days_as_spreadsheets_keep_them():
    assert rules.read_serial("45890") == dt.datetime(2025, 8, 21)
    assert rules.read_serial("45890.375") == dt.datetime(2025, 8, 21, 9)
    for text in ("", "21", "2025", "4589", "45890 x", "99999"):
        assert rules.read_serial(text) is None


@given(st.decimals(-(10**12), 10**12, places=4, allow_nan=False), st.booleans())
@example(Decimal("1.2340"), True)
@example(Decimal("1234"), True)
@example(Decimal("-0.123"), False)
def test_numbers_read_back(number, grouped):
    for value in (number, number.quantize(Decimal(1))):
        said = rules.say_number(value, grouped=grouped)
        assert rules.read_number(said, grouped=grouped) == value
        assert rules.read_number(f"Rp {said} %", grouped=grouped) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"), ("1.234", "1234"), ("Rp15.000", "15000"), ("Rp. 15.000,00", "15000"),
        ("Rp 1.500.000,-", "1500000"), ("12,5 %", "12.5"), ("12.5", "12.5"), ("12,5", "12.5"),
        ("1,234.5", "1234.5"), ("1,234,567", "1234567"), ("0.123", "0.123"),
        ("-7.005145", "-7.005145"),
        ("-Rp500", "-500"), ("0", "0"), ("1234567.891", "1234567.891"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_typed(text, value):
    assert rules.read_number(text) == Decimal(value)


def test_a_fraction_where_no_thousands_can_be():
    assert rules.read_number("110.438", grouped=False) == Decimal("110.438")


@pytest.mark.parametrize(
    "text", ["", "dua", "1.2.3", "1.234.5", "1,2,3", "²", "1 000", "e5", "nan"]
)
def test_a_number_that_cannot_be_read(text):
    with pytest.raises(Unreadable):
        rules.read_number(text)


def test_whole_numbers():
    assert rules.read_whole("1.234") == 1234
    with pytest.raises(Unreadable, match="not_whole"):
        rules.read_whole("12,5")


READERS = (
    rules.read_date, rules.read_days, rules.read_time, rules.read_times, rules.read_when,
    rules.read_moment, rules.read_serial, rules.read_number, rules.read_whole,
)  # fmt: skip


@given(WRITTEN)
@example("9" * 100)
@example("١٢/٣/٢٠٢٦")
@example("00000000")
@example("31 s.d. s.d. 2 jan 2020")
def test_nothing_raises_anything_but_its_own_error(text):
    for read in READERS:
        with contextlib.suppress(Unreadable):
            read(text)
