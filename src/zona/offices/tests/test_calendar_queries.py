"""What a page says about an office's hours, read from the tables."""

import datetime as dt

import pytest
from django.utils.translation import override

from zona.offices.models import ClosedDay, ElectionStage, Holiday, Office, ServiceHours
from zona.offices.queries import offices as queries
from zona.offices.rules import is_working_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    ri = Office.objects.create(
        code="00", level="ri", slug="kpu-ri", short_name="KPU RI", zone="WIB"
    )
    office = Office.objects.create(
        code="33.08", level="kabupaten", parent=ri, slug="kab-magelang", zone="WIB"
    )
    for weekday in range(4):
        ServiceHours.objects.create(
            office=office,
            weekday=weekday,
            opens=dt.time(8),
            closes=dt.time(16),
            break_starts=dt.time(12),
            break_ends=dt.time(13),
        )
    ServiceHours.objects.create(office=office, weekday=4, opens=dt.time(8), closes=dt.time(14))
    return office


def say(office: Office, text: str) -> str:
    now = dt.datetime.fromisoformat(text).replace(tzinfo=office.tz)
    with override("en"):
        return queries.opening_now(office, now).sentence


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2026-11-23T09:00", "Open until 4 p.m. WIB, break noon–1 p.m."),
        ("2026-11-23T14:00", "Open until 4 p.m. WIB"),
        ("2026-11-23T12:30", "Break until 1 p.m. WIB"),
        ("2026-11-23T06:00", "Closed. Opens today, 8 a.m. WIB."),
        ("2026-11-21T10:00", "Closed. Opens again on Monday, 23 November 2026, 8 a.m. WIB."),
        (
            "2026-12-25T10:00",
            "Closed today: Hari Raya Natal. Opens again on Monday, 28 December 2026, 8 a.m. WIB.",
        ),
    ],
)
def test_the_sentence_of_the_moment(office: Office, moment: str, sentence: str) -> None:
    assert say(office, moment) == sentence


def test_hours_of_the_week_share_rows(office: Office) -> None:
    with override("en"):
        rows = queries.hours_rows(office)
    assert [(row.days, row.is_closed) for row in rows] == [
        ("Monday–Thursday", False),
        ("Friday", False),
        ("Saturday–Sunday", True),
    ]
    assert rows[0].text == "8 a.m.–4 p.m. WIB, break noon–1 p.m."
    assert rows[2].text == "Closed"


def test_an_office_without_hours_says_so(office: Office) -> None:
    ServiceHours.objects.all().delete()
    now = queries.opening_now(office, dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    assert (now.is_open, now.is_known, now.rows) == (False, False, [])


def test_staff_rows_lie_over_the_library(office: Office) -> None:
    day = dt.date
    calendar = queries.calendar_for(office)
    assert not is_working_day(day(2026, 12, 25), calendar)
    assert not is_working_day(day(2026, 12, 24), calendar)  # cuti bersama
    assert is_working_day(day(2026, 11, 23), calendar)
    Holiday.objects.create(date=day(2026, 12, 24), name="Masuk kerja", kind="working", decree="1")
    Holiday.objects.create(date=day(2026, 12, 25), name="Natal", kind="national", decree="1")
    Holiday.objects.create(date=day(2026, 11, 23), name="Pilkada", kind="national", decree="2")
    calendar = queries.calendar_for(office)  # shows at once
    assert is_working_day(day(2026, 12, 24), calendar)
    assert calendar.holidays.get(day(2026, 12, 25)) == "Natal"
    assert calendar.holidays.get(day(2026, 11, 23)) == "Pilkada"


def test_collective_leave_is_a_setting(office: Office, settings) -> None:
    from dataclasses import replace

    Holiday.objects.create(
        date=dt.date(2026, 11, 23), name="Cuti", kind="collective", decree="SKB 1"
    )
    settings.ENV = replace(settings.ENV, collective_leave=False)
    calendar = queries.calendar_for(office)
    assert is_working_day(dt.date(2026, 12, 24), calendar)
    assert is_working_day(dt.date(2026, 11, 23), calendar)
    assert not is_working_day(dt.date(2026, 12, 25), calendar)


def test_a_closed_day_is_of_one_office_only(office: Office) -> None:
    other = Office.objects.create(
        code="33.09", level="kabupaten", parent=office.parent, slug="kab-boyolali", zone="WIB"
    )
    monday = dt.date(2026, 11, 23)
    ClosedDay.objects.create(office=office, starts_on=monday, ends_on=monday, reason="Banjir")
    assert queries.calendar_for(office).closure(monday) == "Banjir"
    assert queries.calendar_for(other).closure(monday) is None
    assert say(office, "2026-11-23T09:00").startswith("Closed today: Banjir.")


def test_a_home_page_asks_three_times(office: Office, django_assert_num_queries) -> None:
    now = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
    with django_assert_num_queries(3):
        opening = queries.opening_now(office, now)
        assert opening.rows
        list(queries.current_stages(now.date()))


def test_stages_that_run_and_the_next(db: None) -> None:
    def stage(name: str, first: str, last: str) -> ElectionStage:
        return ElectionStage.objects.create(
            name=name,
            election="Pemilu 2029",
            starts_on=dt.date.fromisoformat(first),
            ends_on=dt.date.fromisoformat(last),
            decree="PKPU",
        )

    first = stage("Pendaftaran", "2027-06-01", "2027-06-14")
    second = stage("Verifikasi", "2027-06-14", "2027-09-01")
    assert list(queries.current_stages(dt.date(2027, 6, 14))) == [first, second]
    assert list(queries.current_stages(dt.date(2027, 5, 31))) == []


def test_the_tree_below(office: Office) -> None:
    ri = office.parent
    province = Office.objects.create(
        code="33", level="provinsi", parent=ri, slug="jawa-tengah", zone="WIB"
    )
    office.parent, office.is_open = province, True
    office.save()
    Office.objects.create(
        code="33.99", level="kota", parent=province, slug="x", abolished_on=dt.date(2020, 1, 1)
    )
    assert list(queries.offices_below(ri)) == [province, office]
    assert list(queries.offices_below(province)) == [office]
    assert not queries.offices_below(office)
    assert list(queries.open_offices()) == [office]


def test_the_year_lists_where_a_day_comes_from(db: None) -> None:
    Holiday.objects.create(
        date=dt.date(2026, 12, 24), name="Masuk kerja", kind="working", decree="SKB 9"
    )
    days = {day["date"]: day for day in queries.holidays_of_year(2026)}
    assert days[dt.date(2026, 12, 24)]["row"].decree == "SKB 9"
    assert days[dt.date(2026, 12, 25)]["kind"] == "national"
    assert days[dt.date(2026, 3, 20)]["kind"] == "collective"
    estimated = [day for day in queries.holidays_of_year(2029) if day["is_estimated"]]
    assert estimated
