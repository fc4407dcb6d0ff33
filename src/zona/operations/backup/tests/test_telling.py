import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from zona.offices.models import Role
from zona.operations.backup.checks import check_backup
from zona.operations.backup.state import State, note_failure, note_success, read_state
from zona.operations.backup.taking import take
from zona.operations.backup.todos import backup_to_mend
from zona.testing import make_office, make_person, plant_roots
from zona.website.site.models import PublicFile

NOW = dt.datetime(2026, 11, 29, 9, 0, tzinfo=dt.UTC)


def ids() -> set[str]:
    return {str(message.id) for message in check_backup(None)}


def test_too_old_is_another_thing_daily_and_by_hand() -> None:
    state = State(succeeded_at=(NOW - dt.timedelta(days=3)).isoformat())
    assert state.is_too_old(NOW, is_daily=True)
    assert not state.is_too_old(NOW, is_daily=False)


def test_a_success_ends_a_failure(data: Path) -> None:
    note_failure(data, "disk penuh")
    assert read_state(data).has_failed
    note_success(data, Path("/b"))
    assert not read_state(data).has_failed


@pytest.mark.django_db
def test_the_administrator_of_the_only_office_is_told(data: Path) -> None:
    office = make_office(is_open=True)
    admin = make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)
    editor = make_person("editor@kpu.test", Role.EDITOR, office=office)
    assert list(backup_to_mend(admin, office, timezone.now())) == []
    note_failure(data, "disk penuh")
    (todo,) = backup_to_mend(admin, office, timezone.now())
    assert todo.is_late
    assert list(backup_to_mend(editor, office, timezone.now())) == []


@pytest.mark.django_db
def test_that_there_never_was_one_is_told_after_the_first_days(data: Path, settings: Any) -> None:
    office = make_office(is_open=True)
    admin = make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)
    joined = admin.date_joined
    assert not list(backup_to_mend(admin, office, joined + dt.timedelta(days=7)))
    (todo,) = backup_to_mend(admin, office, joined + dt.timedelta(days=9))
    assert str(todo.title) == "Belum ada cadangan"
    note_success(data, Path("/b"))
    assert not list(backup_to_mend(admin, office, timezone.now()))


@pytest.mark.django_db
def test_of_many_offices_the_national_administrator_is_told(data: Path) -> None:
    office = make_office(is_open=True)
    make_office("33.74", is_open=True)
    admin = make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)
    above = make_person("pusat@kpu.test", Role.OFFICE_ADMIN, office=make_office("00"))
    note_failure(data, "disk penuh")
    assert list(backup_to_mend(admin, office, timezone.now())) == []
    assert list(backup_to_mend(above, office, timezone.now()))


@pytest.mark.django_db(transaction=True)
def test_check_names_what_is_gone_or_changed(data: Path, tmp_path: Path, settings: Any) -> None:
    plant_roots()
    PublicFile.objects.create(title="Satu", file="documents/satu.pdf")
    assert ids() == {"backup.W001"}
    take(tmp_path / "b", passphrase=None)
    note_success(data, tmp_path / "b")
    assert ids() == set()
    (data / "media/documents/satu.pdf").write_bytes(b"lain" * 1000)
    assert ids() == {"backup.W004"}
    (data / "media/documents/satu.pdf").unlink()
    assert ids() == {"backup.E003"}
    (tmp_path / "b/files/media/documents/satu.pdf").unlink()
    assert ids() == {"backup.E002", "backup.E003"}
