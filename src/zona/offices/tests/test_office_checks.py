"""What `zona check` finds missing in offices and the calendar."""

import datetime as dt

import pytest

from zona.offices.checks import check_holidays, check_offices
from zona.offices.models import Holiday, Office, ServiceHours
from zona.offices.queries import offices as queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    ri = Office.objects.create(code="00", level="ri", slug="kpu-ri", zone="WIB")
    return Office.objects.create(
        code="33.74",
        level="kota",
        parent=ri,
        slug="kota-semarang",
        short_name="KPU Kota Semarang",
        zone="WIB",
        is_open=True,
    )


def test_an_office_that_is_not_ready(office: Office) -> None:
    (line,) = check_offices()
    assert line.startswith("KPU Kota Semarang (33.74): persiapan awal belum selesai")


def test_an_office_without_hours(office: Office) -> None:
    office.is_ready = True
    office.save()
    (line,) = check_offices()
    assert "/kantor/jam-layanan/33.74/" in line
    ServiceHours.objects.create(office=office, weekday=0, opens=dt.time(8), closes=dt.time(16))
    assert list(check_offices()) == []


def test_a_demo_and_closed_offices_are_left_alone(office: Office) -> None:
    office.is_demo = True
    office.save()
    assert list(check_offices()) == []


def test_an_empty_table(db: None) -> None:
    assert list(check_offices()) == ["Daftar kantor kosong. Jalankan: zona offices load"]


def test_the_coming_year_counts_from_october(db: None, monkeypatch) -> None:
    settled = {dt.date(2030, 12, 25): "Natal"}
    known = {
        (2030, False): settled,
        (2030, True): settled | {dt.date(2030, 12, 24): "Cuti Bersama Natal"},
        (2031, False): {dt.date(2031, 1, 25): "Idul Fitri (perkiraan)"},
        (2031, True): {dt.date(2031, 1, 25): "Idul Fitri (perkiraan)"},
    }
    monkeypatch.setattr(queries, "library_holidays", lambda year, leave: known[year, leave])
    assert list(check_holidays(dt.date(2030, 9, 30))) == []
    (line,) = check_holidays(dt.date(2030, 10, 1))
    assert line.startswith("Kalender libur 2031: 1 tanggal masih perkiraan dan cuti bersama belum")
    for day, kind in ((dt.date(2031, 1, 25), "national"), (dt.date(2031, 1, 27), "collective")):
        Holiday.objects.create(date=day, name="Idul Fitri", kind=kind, decree="SKB")
    assert list(check_holidays(dt.date(2030, 10, 1))) == []
