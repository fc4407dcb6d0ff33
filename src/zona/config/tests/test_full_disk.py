"""A disk that is full, or cannot be written, stops neither readers nor the next start."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from zona.config import urls
from zona.config.web import full_disk
from zona.testing import make_office, open_home


def write(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    return HttpResponse("tertulis")


def fail(request: HttpRequest) -> HttpResponse:
    raise OperationalError("no such column: x")


def fill(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


urlpatterns = [
    path("tulis/", write), path("penuh/", fill), path("salah/", fail), *urls.urlpatterns,
]  # fmt: skip
handler500 = urls.handler500


@pytest.fixture
def read_only() -> Iterator[None]:
    """A database that takes nothing any more, as both engines say it."""
    is_sqlite = connection.vendor == "sqlite"
    connection.check_constraints()  # what waits for the end would lock rows, which is writing
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON" if is_sqlite else "SET TRANSACTION READ ONLY")
    yield
    if is_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only=OFF")


@pytest.fixture
def home(db: None) -> str:
    page = open_home(make_office())
    return str(page.get_url_parts()[2])


PARTS = ["", "kabar/", "kontak/", "cari/?q=pemilu", "kabar/rss/", "informasi-publik/", "tidak-ada/"]
ELSEWHERE = [
    "/akun/login/", "/robots.txt", "/sitemap.xml", "/daftar-kantor/", "/tidak-ada/", "/-/sehat/",
]  # fmt: skip


def test_all_that_the_public_reads_goes_on(home: str, read_only: None, client: Client) -> None:
    for address in [*(home + part for part in PARTS), *ELSEWHERE, f"/en{home}"]:
        status = client.get(address).status_code
        assert status == (404 if "tidak-ada" in address else 200), address


@pytest.mark.urls(__name__)
def test_who_wants_to_write_is_told_what_to_do(home: str, read_only: None) -> None:
    client = Client(raise_request_exception=False)
    answer = client.post("/tulis/")
    assert answer.status_code == 507
    assert "belum ada yang dapat disimpan" in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_a_full_disk_is_told_apart_from_our_own_faults() -> None:
    client = Client(raise_request_exception=False)
    assert client.get("/penuh/").status_code == 507
    assert "can be stored" in client.get("/en/penuh/").content.decode()
    assert client.get("/salah/").status_code == 500


class DiskFull(Exception):
    sqlstate = "53100"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError("database or disk is full"), True),
        (OperationalError("attempt to write a readonly database"), True),
        (OSError(errno.ENOSPC, "x"), True),
        (OSError(errno.EDQUOT, "x"), True),
        (DiskFull(), True),
        (OperationalError("no such table: disk"), False),
        (ValueError("disk is full"), False),
        (OSError(errno.ENOENT, "x"), False),
        (None, False),
    ],
)
def test_the_words_of_each_engine(error: BaseException | None, expected: bool) -> None:
    assert full_disk.is_no_room(error) is expected


def test_what_it_came_from_counts() -> None:
    error = DatabaseError("could not extend file")
    error.__cause__ = DiskFull()
    assert full_disk.is_no_room(error)


def test_the_cache_neither_fails_nor_tells_old_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = full_disk.PatientFileCache(str(tmp_path), {})
    cache.set("a", "lama")
    assert cache.get("a") == "lama"

    def no_room(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.mkstemp", no_room)
        cache.set("a", "baru")
        assert cache.get("a") is None
        assert cache.add("b", 1) is False
        assert cache.get_or_set("c", "isi") == "isi"
        assert cache.get("c") is None
    assert cache.add("b", 1) is True  # by itself, once there is room
    assert cache.add("b", 2) is False
    assert cache.get("b") == 1


def test_work_waits_for_room_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_disk, "PAUSE", 0.0)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    left = [OperationalError("database or disk is full"), OSError(errno.ENOSPC, "x")]

    def work() -> None:
        if left:
            raise left.pop()

    full_disk.keep_working(work)
    assert not left

    def break_down() -> None:
        raise OperationalError("no such table: x")

    with pytest.raises(OperationalError):
        full_disk.keep_working(break_down)
