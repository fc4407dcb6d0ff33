"""Many writers on one office make one unbroken chain."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from zona.ground.journal import guards, queries
from zona.ground.journal.actions import record
from zona.ground.journal.models import Entry, Head

WRITERS, ROWS = 4, 15


@pytest.fixture(params=["IMMEDIATE", "DEFERRED"])
def database(
    request: pytest.FixtureRequest, transactional_db: None, tmp_path: Path, monkeypatch
) -> Iterator[None]:
    """A database that other threads share: on SQLite a file, as in the field, not one in memory."""
    if connection.vendor == "postgresql":
        if request.param == "DEFERRED":
            pytest.skip("a mode of SQLite only")
        yield
        return
    settings = connections.settings["default"] | {
        "NAME": str(tmp_path / "journal.sqlite3"),
        "OPTIONS": {"timeout": 30, "transaction_mode": request.param},
    }
    monkeypatch.setitem(connections.settings, "default", settings)
    in_threads([create_tables])
    yield


def create_tables() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Head)
        editor.create_model(Entry)
    guards.install(connection)


def in_threads(jobs: list[Callable[[], object]]) -> list[object]:
    """Run each job in a thread with a connection of its own, all starting together."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        start.wait(timeout=30)
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


def write_rows() -> None:
    for _ in range(ROWS):
        with transaction.atomic():
            record(actor="writer", verb="offices.opened", office_code="33.08")


def read_result() -> tuple[list[int], int, list[object]]:
    numbers = list(Entry.objects.order_by("id").values_list("seq", flat=True))
    return numbers, Head.objects.get().last_seq, [found.broken for found in queries.verify()]


@pytest.mark.usefixtures("database")
def test_concurrent_writers_make_one_chain() -> None:
    in_threads([write_rows] * WRITERS)
    [(numbers, last, faults)] = in_threads([read_result])
    assert sorted(numbers) == list(range(1, WRITERS * ROWS + 1))
    assert last == WRITERS * ROWS
    assert faults == [None]


@pytest.mark.usefixtures("database")
def test_verify_is_not_misled_by_writers() -> None:
    def verify_often() -> list[object]:
        return [found.broken for _ in range(10) for found in queries.verify("33.08")]

    results = in_threads([write_rows, write_rows, verify_often])
    assert results[2] == [None] * 10
