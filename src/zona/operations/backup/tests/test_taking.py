import errno
import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from zona.operations import ballast
from zona.operations.backup import taking
from zona.operations.backup.archive.files import read_entries
from zona.operations.backup.archive.manifest import FILES, MANIFEST, TABLES
from zona.operations.backup.command import back_up, take_daily
from zona.operations.backup.faults import BackupError
from zona.operations.backup.state import State, read_state
from zona.operations.backup.taking import staging_of, take
from zona.operations.backup.verifying import find_faults
from zona.testing import make_person, plant_roots
from zona.website.site.models import PublicFile

pytestmark = pytest.mark.django_db(transaction=True)


def faults(folder: Path) -> list[str]:
    return find_faults(folder, lambda stage, count: None)[1]


def rows_of(folder: Path, table: str) -> list[Any]:
    with gzip.open(folder / TABLES / f"{table}.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def test_a_backup_holds_rows_files_and_keys(data: Path, tmp_path: Path) -> None:
    make_person("siti@kpu.test")
    manifest = take(tmp_path / "b", passphrase=None)
    assert faults(tmp_path / "b") == []
    assert any("siti@kpu.test" in row for row in rows_of(tmp_path / "b", "offices_user"))
    paths = {entry.path for entry in read_entries(tmp_path / "b" / FILES)}
    assert paths == {"media/documents/satu.pdf", "private/agenda/dua.txt"}
    assert manifest.tables["offices_user"]["rows"] == 1
    assert not (data / taking.HELD).exists()


def test_who_may_not_look_does_not_see(data: Path, tmp_path: Path) -> None:
    take(tmp_path / "b", passphrase=None)
    for path in [tmp_path / "b", *(tmp_path / "b").rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0 or path.parent.name != "b", path
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "path", ["files/media/documents/satu.pdf", "tables/offices_user.jsonl.gz", FILES, "keys.json"]
)
def test_what_changed_or_is_gone_is_named(data: Path, tmp_path: Path, path: str) -> None:
    make_person()
    take(tmp_path / "b", passphrase=None)
    place = tmp_path / "b" / path
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(content)
    assert any(path in fault for fault in faults(tmp_path / "b"))
    place.unlink()
    assert any(path in fault for fault in faults(tmp_path / "b"))


def test_a_changed_manifest_is_refused(data: Path, tmp_path: Path) -> None:
    take(tmp_path / "b", passphrase=None)
    place = tmp_path / "b" / MANIFEST
    place.write_text(place.read_text().replace('"zona-backup"', '"zona-backup" '))
    with pytest.raises(BackupError, match="rusak"):
        faults(tmp_path / "b")


def test_writers_during_the_snapshot_are_not_in_it(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = taking._write_tables

    def disturbed(*arguments: Any) -> set[str]:
        make_person("terlambat@kpu.test")  # another connection commits: nothing waits
        return write(*arguments)

    monkeypatch.setattr(taking, "_write_tables", disturbed)
    take(tmp_path / "b", passphrase=None)
    assert rows_of(tmp_path / "b", "offices_user") == []


def test_a_file_deleted_meanwhile_is_not_lost(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant_roots()
    PublicFile.objects.create(title="Satu", file="documents/satu.pdf")
    write = taking._write_tables

    def disturbed(*arguments: Any) -> set[str]:
        PublicFile.objects.all().delete()
        (data / "media/documents/satu.pdf").unlink(missing_ok=True)
        return write(*arguments)

    monkeypatch.setattr(taking, "_write_tables", disturbed)
    manifest = take(tmp_path / "b", passphrase=None)
    assert manifest.missing == []
    assert len(rows_of(tmp_path / "b", "site_publicfile")) == 1
    assert faults(tmp_path / "b") == []
    assert (tmp_path / "b/files/media/documents/satu.pdf").read_bytes() == b"satu" * 1000


def test_what_was_missing_before_is_told(data: Path, tmp_path: Path) -> None:
    plant_roots()
    PublicFile.objects.create(title="Hilang", file="documents/hilang.pdf")
    assert take(tmp_path / "b", passphrase=None).missing == ["media/documents/hilang.pdf"]


class Killed(BaseException):
    """Ends a run as a kill does: nothing behind it is reached but `finally`."""


def test_stopped_anywhere_it_leaves_none_or_a_whole_one(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, stops = tmp_path / "b", 0
    for name in ("_write_tables", "_take_files", "copy_file", "write_keys", "sync_folder"):
        real = getattr(taking, name)

        def killed(*arguments: Any, **named: Any) -> None:
            raise Killed

        monkeypatch.setattr(taking, name, killed)
        with pytest.raises(Killed):
            take(target, passphrase=None)
        monkeypatch.setattr(taking, name, real)
        stops += 1
        if target.exists():  # only the last step was missing
            assert name == "sync_folder"
            assert faults(target) == []
    assert stops == 5
    assert target.exists()


def test_the_next_run_keeps_what_was_copied(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, copied = tmp_path / "b", []
    real = taking.copy_file

    def limited(source: Path, place: Path, path: str) -> Any:
        if len(copied) == 1 and not (tmp_path / "again").exists():
            raise Killed
        copied.append(path)
        return real(source, place, path)

    monkeypatch.setattr(taking, "copy_file", limited)
    with pytest.raises(Killed):
        take(target, passphrase=None)
    assert not target.exists()
    (tmp_path / "again").touch()
    take(target, passphrase=None)
    assert copied == ["media/documents/satu.pdf", "private/agenda/dua.txt"]
    assert faults(target) == []
    assert not staging_of(target).exists()


def test_files_that_did_not_change_are_shared(data: Path, tmp_path: Path) -> None:
    take(tmp_path / "one", passphrase=None)
    (data / "private/agenda/dua.txt").write_bytes(b"lain")
    take(tmp_path / "two", passphrase=None, before=tmp_path / "one")
    one, two = (tmp_path / name / "files" for name in ("one", "two"))
    assert (one / "media/documents/satu.pdf").samefile(two / "media/documents/satu.pdf")
    assert (one / "private/agenda/dua.txt").read_bytes() == b"dua"
    assert (two / "private/agenda/dua.txt").read_bytes() == b"lain"
    assert faults(tmp_path / "one") == faults(tmp_path / "two") == []


def test_what_rotted_in_the_last_backup_is_copied_anew(data: Path, tmp_path: Path) -> None:
    take(tmp_path / "one", passphrase=None)
    place = tmp_path / "one/files/media/documents/satu.pdf"
    before = place.stat()
    place.write_bytes(b"busuk" + place.read_bytes()[5:])
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    take(tmp_path / "two", passphrase=None, before=tmp_path / "one")
    assert faults(tmp_path / "one") == ["files/media/documents/satu.pdf"]
    assert faults(tmp_path / "two") == []


def test_room_kept_back_is_not_carried(data: Path, tmp_path: Path) -> None:
    (data / ballast.NAME).write_bytes(b"0" * 1000)
    take(tmp_path / "b", passphrase=None)
    assert not (tmp_path / "b/files" / ballast.NAME).exists()


def test_a_slip_of_the_hand_is_no_failed_backup(data: Path, tmp_path: Path, settings: Any) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b/milik-orang").touch()
    for place in (tmp_path / "b", data / "cadangan", Path("/proc/cadangan")):
        with pytest.raises(BackupError):
            back_up(place, settings.ENV, ask=False)
    assert read_state(data) == State()


def test_a_place_that_is_taken_or_inside_is_refused(data: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="di dalam folder data"):
        take(data / "cadangan", passphrase=None)
    (tmp_path / "b").mkdir()
    (tmp_path / "b/milik-orang").touch()
    with pytest.raises(BackupError, match="tidak kosong"):
        take(tmp_path / "b", passphrase=None)


def test_a_full_disk_is_seen_before(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "SPARE", 2**60)
    with pytest.raises(BackupError, match="Ruang disk"):
        take(tmp_path / "b", passphrase=None)


def test_a_disk_that_fills_up_on_the_way_is_told(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(taking, "copy_file", full)
        with pytest.raises(BackupError, match="penuh di tengah"):
            take(tmp_path / "b", passphrase=None)
    take(tmp_path / "b", passphrase=None)
    assert faults(tmp_path / "b") == []


def test_the_dump_is_of_the_same_moment(data: Path, tmp_path: Path) -> None:
    manifest = take(tmp_path / "b", passphrase=None)
    if connection.vendor == "sqlite":
        assert (tmp_path / "b/dump/zona.sqlite3").read_bytes().startswith(b"SQLite format 3")
    else:
        assert manifest.dump.get("file") == "zona.pgdump" or "pg_dump" in manifest.dump["reason"]


def test_daily_once_and_told_when_it_fails(
    data: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zona.operations.backup.rules.is_due", lambda last, now: last is None)
    folder = tmp_path / "daily"
    monkeypatch.setattr(taking, "SPARE", 2**60)
    with pytest.raises(BackupError):
        take_daily(folder, settings.ENV)
    assert read_state(data).has_failed
    assert "Ruang disk" in read_state(data).failure
    monkeypatch.undo()
    monkeypatch.setattr("zona.operations.backup.rules.is_due", lambda last, now: last is None)
    made = take_daily(folder, settings.ENV)
    assert made
    assert faults(made) == []
    assert not read_state(data).has_failed
    assert take_daily(folder, settings.ENV) is None
    assert [path.name for path in folder.iterdir()] == [made.name]  # it went on with the first


def test_a_backup_by_hand_does_not_take_the_place_of_the_daily_one(
    data: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zona.operations.backup.rules.is_due", lambda last, now: last is None)
    back_up(tmp_path / "stik", settings.ENV, ask=False)
    made = take_daily(tmp_path / "daily", settings.ENV)
    assert made
    assert read_state(data).place == str(made)
    assert take_daily(tmp_path / "daily", settings.ENV) is None


def test_too_many_are_pruned(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "daily"
    for day in range(1, 21):
        (folder / f"zona-202611{day:02}-013500").mkdir(parents=True)
        (folder / f"zona-202611{day:02}-013500" / MANIFEST).touch()
    (folder / "milik-orang").mkdir()
    from zona.operations.backup.rules import choose_kept

    taking.prune(folder, choose_kept)
    left = sorted(os.listdir(folder))
    assert "milik-orang" in left
    assert len(left) == 1 + 7 + 2  # the weeks before: one each
