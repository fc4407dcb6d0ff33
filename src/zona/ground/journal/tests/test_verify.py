"""`zona journal verify` names each kind of tampering."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from zona.ground.journal import guards
from zona.ground.journal.actions import record
from zona.ground.journal.models import Entry, Head
from zona.ground.journal.rules import GENESIS

pytestmark = pytest.mark.django_db

OFFICE = "33.08"


@pytest.fixture
def entries(db: None) -> list[Entry]:
    """Five rows of one office and one nation-wide, in a database whose guards were dropped."""
    written = [
        record(actor="Sari", verb="offices.opened", office_code=OFFICE, changes={"n": [n, n + 1]})
        for n in range(5)
    ]
    record(actor=None, verb="offices.listed")
    guards.remove(connection)
    return written


def verify(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    """Exit code and everything printed."""
    code, last = 0, ""
    try:
        call_command("journal", "verify", *args)
    except CommandError as error:
        code, last = error.returncode, str(error)
    printed = capsys.readouterr()
    return code, printed.out + printed.err + last


def test_an_empty_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(capsys) == (0, "Belum ada catatan.\n")


def test_a_whole_record_shows_its_heads(entries, capsys) -> None:
    guards.install(connection)
    code, text = verify(capsys)
    assert code == 0
    assert f"kantor 33.08: utuh, 5 baris, kepala 5:{entries[-1].hash}\n" in text
    assert "tingkat nasional: utuh, 1 baris" in text


def change(row: Entry) -> None:
    Entry.objects.filter(pk=row.pk).update(reason="lain")


def remove(row: Entry) -> None:
    Entry.objects.filter(pk=row.pk).delete()


def remove_and_close_the_gap(row: Entry) -> None:
    remove(row)
    for later in Entry.objects.filter(office_code=OFFICE, seq__gt=row.seq).order_by("seq"):
        Entry.objects.filter(pk=later.pk).update(seq=F("seq") - 1)


def insert(row: Entry) -> None:
    for later in Entry.objects.filter(office_code=OFFICE, seq__gte=row.seq).order_by("-seq"):
        Entry.objects.filter(pk=later.pk).update(seq=F("seq") + 1)
    Entry.objects.create(office_code=OFFICE, seq=row.seq, verb="offices.forged", hash="0" * 64)


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize(
    ("tamper", "word"),
    [
        (change, "diubah"),
        (remove, "dihapus"),
        (remove_and_close_the_gap, "dihapus"),
        (insert, "disisipkan"),
    ],
)
def test_the_first_tampered_row_is_named(
    entries, capsys, tamper: Callable[[Entry], None], word: str, place: int
) -> None:
    tamper(entries[place])
    guards.install(connection)
    code, text = verify(capsys)
    assert code == 1
    assert f"kantor 33.08: RUSAK, baris pertama yang {word}: nomor {place + 1}" in text
    assert "tingkat nasional: utuh" in text


def test_a_row_added_after_the_head_is_named(entries, capsys) -> None:
    Entry.objects.create(
        office_code=OFFICE, seq=6, verb="offices.forged", previous_hash=entries[-1].hash
    )
    code, text = verify(capsys, "--office", OFFICE)
    assert code == 1
    assert "baris pertama yang disisipkan: nomor 6" in text


@pytest.mark.parametrize("gone", [Head, Entry])
def test_a_lost_head_and_lost_rows_are_told(entries, capsys, gone) -> None:
    gone.objects.filter(office_code=OFFICE).delete()
    code, text = verify(capsys)
    assert code == 1
    assert ("kepala rantai hilang" if gone is Head else "yang dihapus: nomor 1") in text


@pytest.mark.parametrize("place", range(5))
def test_a_row_that_cannot_be_read_is_named(entries, capsys, place: int) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does not store a time that is none")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_entry SET at = '2026-13-45 00:00:00' WHERE id = %s", [entries[place].pk]
        )
    code, text = verify(capsys, "--office", OFFICE)
    assert code == 1
    assert f"yang diubah: nomor {place + 1}" in text


def test_a_noted_head_shows_a_record_written_anew(entries, capsys) -> None:
    noted = f"5:{entries[-1].hash}"
    guards.install(connection)
    assert verify(capsys, "--office", OFFICE, "--noted", noted)[0] == 0
    guards.remove(connection)
    Entry.objects.filter(office_code=OFFICE).delete()
    Head.objects.filter(office_code=OFFICE).update(last_seq=0, last_hash=GENESIS)
    for _ in range(5):
        record(actor="Lain", verb="offices.opened", office_code=OFFICE)
    guards.install(connection)
    assert verify(capsys, "--office", OFFICE)[0] == 0
    code, text = verify(capsys, "--office", OFFICE, "--noted", noted)
    assert code == 1
    assert "yang diubah: nomor 5" in text


def test_a_noted_head_belongs_to_an_office(entries, capsys) -> None:
    code, text = verify(capsys, "--noted", f"5:{entries[-1].hash}")
    assert code == 1
    assert "perlu --office" in text


def test_missing_guards_are_a_fault(entries, capsys) -> None:
    code, text = verify(capsys)
    assert code == 1
    assert "Pelindung tabel (trigger) hilang: journal_entry_no" in text
    assert "zona prepare" in text
