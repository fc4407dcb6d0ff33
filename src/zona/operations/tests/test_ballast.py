"""A start on a full disk: SQLite needs room to be read at all."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from zona.operations import ballast, supervisor


def free(amount: int) -> object:
    return lambda _: SimpleNamespace(free=amount)


def test_room_is_kept_back_and_given_back_when_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", free(ballast.PLENTY - 1))
    ballast.lay_down(tmp_path)
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr("shutil.disk_usage", free(ballast.PLENTY))
    ballast.lay_down(tmp_path)
    assert [path.stat().st_size for path in tmp_path.iterdir()] == [ballast.SIZE]
    assert not ballast.release(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", free(ballast.LITTLE - 1))
    assert ballast.release(tmp_path)
    assert not ballast.release(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB in memory, where that may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("nothing may be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=False)


def fill(path: Path) -> None:
    with path.open("ab", buffering=0) as file:
        while file.write(b"x" * 512):
            pass


def test_a_start_on_a_full_disk_reads(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballast, "PLENTY", ballast.SIZE)
    ballast.lay_down(small_disk)
    base = sqlite3.connect(small_disk / "a.db")
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("CREATE TABLE t(x)")
    base.close()
    with pytest.raises(OSError, match="space"):
        fill(small_disk / "isi")

    def read() -> list[object]:
        base = sqlite3.connect(small_disk / "a.db")
        try:
            return base.execute("SELECT * FROM t").fetchall()
        finally:
            base.close()

    with pytest.raises(sqlite3.OperationalError):
        read()  # as it would be without the room kept back
    with supervisor.hold_data_folder(small_disk):
        assert read() == []
