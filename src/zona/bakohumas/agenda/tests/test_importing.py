"""An agenda from a table: headings and days as offices write them, a look first, no doubles."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zona.bakohumas.agenda.actions.importing import import_events
from zona.bakohumas.agenda.actions.kinds import ensure_kinds, read_catalogue
from zona.bakohumas.agenda.exchange import sheets
from zona.bakohumas.agenda.exchange.rows import Row
from zona.bakohumas.agenda.models import Event, Participation
from zona.ground.files import actions as files
from zona.ground.files.models import SentFile, State
from zona.ground.files.reader.limits import Unreadable
from zona.ground.files.reader.tables import read_table
from zona.ground.typed import rules as typed
from zona.ground.typed.words import explain
from zona.offices.models import Office, Role, User
from zona.testing import make_office, make_person, open_home, sign_in

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


def read_bytes(office: Office, content: bytes, tmp_path: Path) -> list[Row]:
    path = tmp_path / "agenda"
    path.write_bytes(content)
    table = read_table(path, lambda share: None)
    return sheets.read_sheets(table["sheets"], office, KINDS)[0]


def work() -> str:
    """What the worker does with the last file that was sent."""
    return files.work(SentFile.objects.latest("pk").pk)


@pytest.fixture
def read(office: Office, tmp_path: Path) -> Callable[[str], list[Row]]:
    return lambda text: read_bytes(office, text.encode("cp1252"), tmp_path)


def test_a_table_as_offices_write_it(read):
    apel, rakor, wrong, no_time, fair = read(TABLE)
    assert (apel.kind, apel.visibility, apel.is_all_day) == ("apel", "closed", False)
    assert (apel.ends_at - apel.starts_at).total_seconds() == 1800
    assert rakor.starts_at.date() == apel.starts_at.date()
    assert rakor.hints
    assert wrong.problems == [explain(typed.Unreadable("wrong_weekday", "Selasa"))]
    assert wrong.number == 5
    assert no_time.problems
    assert fair.is_all_day
    assert fair.hints


def test_a_workbook_is_read_like_a_table(office, tmp_path):
    template = read_bytes(office, sheets.make_template(KINDS), tmp_path)
    assert [row.problems for row in template] == [[], []]
    assert [row.kind for row in template] == ["apel", "pendidikan_sekolah"]
    book = openpyxl.Workbook()
    book.active.append(["Tanggal", "Jam", "Kegiatan"])
    book.active.append([dt.datetime(2026, 11, 24), dt.time(9, 30), "Rakor"])
    written = io.BytesIO()
    book.save(written)
    (row,) = read_bytes(office, written.getvalue(), tmp_path)
    assert row.starts_at.isoformat() == "2026-11-24T09:30:00+07:00"


@pytest.mark.parametrize(
    "content",
    [b"a;b\n1;2", b"\0\0\0", b"PK\x03\x04", b"x", b"Tanggal;Kegiatan\n", b""],
)
def test_what_is_no_agenda(office, content, tmp_path):
    with pytest.raises((ValidationError, Unreadable)):
        read_bytes(office, content, tmp_path)


def test_too_many_rows_are_refused_as_a_whole(read):
    with pytest.raises(ValidationError):
        read("Tanggal;Kegiatan\n" + "24/11/2026;Rakor\n" * 2001)


def test_the_same_file_again_changes_and_doubles_nothing(office, officer, read):
    rows = read(TABLE)
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


def test_a_file_is_looked_at_then_accepted_and_the_rest_can_be_mended(
    office, officer, client, read
):
    sign_in(client, officer)
    file = SimpleUploadedFile("agenda.csv", TABLE.encode())
    url = reverse("agenda_staff:import", args=[office.code])
    here = client.post(url, {"file": file, "visibility": "closed"})["Location"]
    assert client.get(f"{here}keadaan/").json()["is_underway"]
    work()
    assert not Event.objects.exists()
    assert SentFile.objects.get().refusal == ""
    shown = client.get(here)
    assert (len(shown.context["good"]), len(shown.context["bad"])) == (3, 2)
    assert shown.context["guessed"] == 2
    number = shown.context["sent"].uuid
    rest = client.get(reverse("agenda_staff:import_rest", args=[office.code, number]))
    assert "Senin, 24 November 2026" in rest.content.decode("utf-8-sig")
    mended = read(rest.content.decode("utf-8-sig"))
    assert [row.number for row in mended] == [2, 3]
    client.post(here, {"terima": "1"})
    assert not Event.objects.exists()
    work()
    assert Event.objects.count() == 3
    assert "3" in client.get(here).content.decode()
    client.post(here, {"terima": "1"})
    work()
    assert Event.objects.count() == 3


def test_what_was_stopped_is_not_taken(office, officer, client):
    sign_in(client, officer)
    file = SimpleUploadedFile("agenda.csv", TABLE.encode())
    url = reverse("agenda_staff:import", args=[office.code])
    here = client.post(url, {"file": file, "visibility": "closed"})["Location"]
    assert client.get(f"{here}keadaan/").json()["is_underway"]
    work()
    client.post(here, {"batal": "1"})
    client.post(here, {"terima": "1"})
    work()
    assert SentFile.objects.get().state == State.DROPPED
    assert not Event.objects.exists()


def test_strangers_meet_neither_file_nor_report(office, officer, client):
    sign_in(client, officer)
    file = SimpleUploadedFile("agenda.csv", TABLE.encode())
    url = reverse("agenda_staff:import", args=[office.code])
    here = client.post(url, {"file": file, "visibility": "closed"})["Location"]
    assert client.get(f"{here}keadaan/").json()["is_underway"]
    work()
    rest = reverse("agenda_staff:import_rest", args=[office.code, SentFile.objects.get().uuid])
    elsewhere = make_office("33.74", is_open=True)
    own_rest = rest.replace("33.08", "33.74")
    people = [
        (make_person("asing@kpu.test", Role.EDITOR, office=elsewhere), {404}),
        (make_person("kepala@kpu.test", Role.DIRECTOR, office=office), {403, 302}),
    ]
    for person, statuses in people:
        client.logout()
        sign_in(client, person)
        for address in (here, f"{here}keadaan/", rest):
            assert client.get(address).status_code in statuses
        client.post(here, {"terima": "1"})
        assert client.post(url, {"file": file, "visibility": "closed"}).status_code in statuses
        assert client.get(own_rest).status_code in {403, 404, 302}
    client.logout()
    assert client.get(here).status_code == 302
    assert not Event.objects.exists()
    assert SentFile.objects.count() == 1


def test_two_rows_of_headings_sheets_and_a_signature(office, read, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Sampul"
    book.active.append(["AGENDA BULAN AGUSTUS"])
    first = book.create_sheet("Agustus")
    for row in (
        ["No", "Waktu", None, "Kegiatan", "Tempat"],
        [None, "Hari/Tanggal", "Jam", None, None],
        [1, "Kamis, 21 Agustus 2025", "09.00 WIB", "Rapat pleno", "Aula"],
        [2, None, "13.00", "Rapat lanjutan", "Aula"],
        [],
        [None, None, None, "Magelang, 20 Agustus 2025"],
        [None, None, None, "Budi Contoh"],
    ):
        first.append(row)
    second = book.create_sheet("September")
    second.append(["Tanggal", "Kegiatan"])
    second.append([dt.datetime(2025, 9, 21, 9, 0), "Rapat"])
    second.append(["=A2+1", "Rapat B"])
    second.append([None, "Rapat C"])
    written = io.BytesIO()
    book.save(written)
    path = tmp_path / "agenda"
    path.write_bytes(written.getvalue())
    table = read_table(path, lambda share: None)
    rows, notes = sheets.read_sheets(table["sheets"], office, KINDS)
    said = [
        (row.sheet, row.number, row.title, row.starts_at and f"{row.starts_at:%d %H.%M}")
        for row in rows
    ]
    assert said == [
        ("Agustus", 3, "Rapat pleno", "21 09.00"), ("Agustus", 4, "Rapat lanjutan", "21 13.00"),
        ("September", 2, "Rapat", "21 09.00"), ("September", 3, "Rapat B", None),
        ("September", 4, "Rapat C", None),
    ]  # fmt: skip
    assert rows[3].problems
    assert rows[4].problems
    assert len(notes) == 3  # the cover, and two rows of the signature


@pytest.mark.parametrize("title", ["+62 812", "=a|b", "%x", "'dalam kutip'"])
def test_the_quote_of_our_own_tables_comes_off_again(office, tmp_path, title):
    row = Row(2, {"title": title, "date": "24/11/2026"}, problems=["x"])
    (again,) = read_bytes(office, sheets.write_rest([row]).encode(), tmp_path)
    assert again.title == title


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_codings_and_separators(office, tmp_path, coding, mark):
    text = mark.join(["Tanggal", "Kegiatan"]) + "\r\n" + mark.join(["24/11/2026", "Rapat é"])
    (row,) = read_bytes(office, text.encode(coding), tmp_path)
    assert row.title == "Rapat é"


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
def test_days_and_times_as_tables_hold_them(read, day, time, first, last):
    [row] = read(f"Tanggal;Waktu;Kegiatan\n{day};{time};Rapat\n")
    assert row.problems == []
    assert (f"{row.starts_at:%Y-%m-%dT%H:%M}", f"{row.ends_at:%Y-%m-%dT%H:%M}") == (
        first,
        last,
    )


def test_two_times_for_one_event_are_no_guess(read):
    [row] = read("Tanggal;Waktu;Kegiatan\n21-8-2025 09:00;10.00;Rapat\n")
    assert row.problems == [explain(typed.Unreadable("two_times", "09.00"))]
