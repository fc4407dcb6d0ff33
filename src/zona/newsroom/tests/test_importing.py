"""An agenda from a table: headings and days as offices write them, a look first, no doubles."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zona.newsroom import sheets
from zona.newsroom.actions.importing import import_events
from zona.newsroom.actions.kinds import ensure_kinds, read_catalogue
from zona.newsroom.importing import Row
from zona.newsroom.models import Event, Participation
from zona.offices.models import Office, Role, User
from zona.testing import make_office, make_person, open_home, sign_in
from zona.typed.rules import Unreadable
from zona.typed.words import explain

pytestmark = pytest.mark.django_db
KINDS = {row["code"]: row["name"] for row in read_catalogue()}
TABLE = """\
AGENDA PEKAN INI;;;;;
No;Hari, Tanggal;Waktu;Nama Kegiatan;Tempat;Jenis Kegiatan;Sifat
1;Senin, 23 November 2026;07.30-08.00 WIB;Apel pagi;Halaman;Apel;internal
2;;10.00;Rapat koordinasi data;Aula;Rapat Koordinasi;
3;Senin, 24 November 2026;09.00;Sosialisasi;Pasar;;terbuka
4;25/11/2026;pagi;Audiensi;;;
5;26 November 2026;;Pameran;;pameran;
"""


@pytest.fixture
def office() -> Office:
    ensure_kinds()
    return make_office("33.08", is_open=True)


@pytest.fixture
def officer(office: Office) -> User:
    open_home(office)
    return make_person("siti@kpu.test", Role.REPORTER, office=office)


def read(office: Office, text: str) -> list[Row]:
    return sheets.read_sheet("agenda.csv", text.encode("cp1252"), office, KINDS)


def test_a_table_as_offices_write_it(office):
    apel, rakor, wrong, no_time, fair = read(office, TABLE)
    assert (apel.kind, apel.visibility, apel.is_all_day) == ("apel", "closed", False)
    assert (apel.ends_at - apel.starts_at).total_seconds() == 1800
    assert rakor.starts_at.date() == apel.starts_at.date()
    assert rakor.hints
    assert wrong.problems == [explain(Unreadable("wrong_weekday", "Selasa"))]
    assert wrong.number == 5
    assert no_time.problems
    assert fair.is_all_day
    assert fair.hints


def test_a_workbook_is_read_like_a_table(office):
    template = sheets.read_sheet("t.xlsx", sheets.make_template(KINDS), office, KINDS)
    assert [row.problems for row in template] == [[], []]
    assert [row.kind for row in template] == ["apel", "pendidikan_sekolah"]
    book = openpyxl.Workbook()
    import datetime as dt

    book.active.append(["Tanggal", "Jam", "Kegiatan"])
    book.active.append([dt.datetime(2026, 11, 24), dt.time(9, 30), "Rakor"])
    written = io.BytesIO()
    book.save(written)
    (row,) = sheets.read_sheet("a.xlsx", written.getvalue(), office, KINDS)
    assert row.starts_at.isoformat() == "2026-11-24T09:30:00+07:00"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b"a;b\n1;2"), ("a.csv", b"\0\0\0"), ("a.xlsx", b"PK\x03\x04"), ("a.xlsx", b"x"),
     ("a.csv", b"Tanggal;Kegiatan\n"), ("a.csv", b"")],
)  # fmt: skip
def test_what_is_no_agenda(office, name, content):
    with pytest.raises(ValidationError):
        sheets.read_sheet(name, content, office, KINDS)


def test_too_many_rows_are_refused_as_a_whole(office):
    with pytest.raises(ValidationError):
        read(office, "Tanggal;Kegiatan\n" + "24/11/2026;Rakor\n" * 2001)


def test_the_same_file_again_changes_and_doubles_nothing(office, officer):
    rows = read(office, TABLE)
    first = import_events(actor=officer, office=office, rows=rows, visibility="closed")
    assert (first.added, first.updated, first.unchanged) == (3, 0, 0)
    assert Participation.objects.filter(office=office, is_host=True).count() == 3
    again = import_events(actor=officer, office=office, rows=rows, visibility="closed")
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)
    rows[0].place = "Lapangan"
    moved = import_events(actor=officer, office=office, rows=rows, visibility="closed")
    assert (moved.added, moved.updated) == (0, 1)
    assert Event.objects.get(title="Apel pagi").place == "Lapangan"
    assert Event.objects.count() == 3
    stranger = make_person("b@kpu.test", Role.EDITOR, office=make_office("33.74"))
    with pytest.raises(PermissionDenied):
        import_events(actor=stranger, office=office, rows=rows, visibility="closed")


def test_a_file_is_looked_at_then_accepted_and_the_rest_can_be_mended(office, officer, client):
    sign_in(client, officer)
    url = reverse("newsroom:import", args=[office.code])
    file = SimpleUploadedFile("agenda.csv", TABLE.encode())
    answer = client.post(url, {"file": file, "visibility": "closed"})
    assert not Event.objects.exists()
    sealed = answer.context["sealed"]
    assert (len(answer.context["good"]), len(answer.context["bad"])) == (3, 2)
    rest = client.post(url, {"isi": sealed, "sisa": "1"}).content.decode("utf-8-sig")
    assert "Senin, 24 November 2026" in rest
    assert [
        row.number for row in read(office, rest.encode("cp1252", "replace").decode("cp1252"))
    ] == [2, 3]
    assert client.post(url, {"isi": sealed}).status_code == 302
    assert Event.objects.count() == 3
    client.post(url, {"isi": sealed[:-2] + "xx"})
    assert Event.objects.count() == 3


def test_no_cell_becomes_a_formula(office):
    row = Row(2, {"title": "=HYPERLINK(1)", "date": "@x"}, problems=["x"])
    assert ";'=HYPERLINK(1);" in sheets.write_rest([row])
    assert "'@x" in sheets.write_rest([row])


@pytest.mark.parametrize(
    ("day", "time", "first", "last"),
    [
        ("21 s.d. 23 Agustus 2025", "09.00", "2025-08-21T09:00", "2025-08-23T11:00"),
        ("21 Agustus 2025", "9.3 WIB s/d selesai", "2025-08-21T09:30", "2025-08-21T11:30"),
        ("21-Aug-25", "20.00-24.00", "2025-08-21T20:00", "2025-08-22T00:00"),
        ("45890", "Pukul : 09.00", "2025-08-21T09:00", "2025-08-21T11:00"),
        ("45890.375", "", "2025-08-21T09:00", "2025-08-21T11:00"),
        ("21-8-2025 09:00", "", "2025-08-21T09:00", "2025-08-21T11:00"),
        ("2025-08-21 09:00:00", "9:00 AM", "2025-08-21T09:00", "2025-08-21T11:00"),
        ("Senin – Rabu, 18 – 20 Agustus 2025", "", "2025-08-18T00:00", "2025-08-21T00:00"),
    ],
)
def test_days_and_times_as_tables_hold_them(office, day, time, first, last):
    [row] = read(office, f"Tanggal;Waktu;Kegiatan\n{day};{time};Rapat\n")
    assert row.problems == []
    assert (f"{row.starts_at:%Y-%m-%dT%H:%M}", f"{row.ends_at:%Y-%m-%dT%H:%M}") == (
        first,
        last,
    )


def test_two_times_for_one_event_are_no_guess(office):
    [row] = read(office, "Tanggal;Waktu;Kegiatan\n21-8-2025 09:00;10.00;Rapat\n")
    assert row.problems == [explain(Unreadable("two_times", "09.00"))]
