"""The database itself refuses to change the record."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from zona.ground.journal import guards
from zona.ground.journal.actions import record
from zona.ground.journal.models import Entry, Head

REFUSED = "append-only"


@pytest.fixture
def entry(db: None) -> Entry:
    return record(actor=None, verb="offices.opened", office_code="33.08")


def refused(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=REFUSED),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_orm_cannot_change_an_entry(entry: Entry) -> None:
    entry.reason = "another"
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        Entry.objects.update(reason="another")
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        entry.delete()
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.get().reason == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET reason = 'another'",
        "UPDATE journal_entry SET hash = hash",
        "DELETE FROM journal_entry",
        "UPDATE journal_head SET last_hash = 'another'",
        "UPDATE journal_head SET last_seq = last_seq - 1",
        "UPDATE journal_head SET last_seq = last_seq + 2",
        "UPDATE journal_head SET office_code = '33.74', last_seq = last_seq + 1",
        "DELETE FROM journal_head",
    ],
)
def test_raw_sql_cannot_change_the_record(entry: Entry, statement: str) -> None:
    refused(statement)
    assert Entry.objects.get().hash == Head.objects.get().last_hash == entry.hash


@pytest.mark.parametrize("table", guards.TABLES)
def test_postgresql_cannot_truncate(entry: Entry, table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has TRUNCATE")
    refused(f"TRUNCATE {table}")


@pytest.mark.parametrize("key", ["id", "NULL"])
def test_sqlite_cannot_replace_a_row(entry: Entry, key: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    columns = [field.column for field in Entry._meta.fields]
    values = [key, *columns[1:]]
    refused(
        f"INSERT OR REPLACE INTO journal_entry ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM journal_entry"
    )
    with connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO journal_head VALUES ('33.08', 0, 'another')")
    assert Head.objects.get().last_hash == entry.hash


@pytest.mark.django_db(transaction=True)
def test_migrate_puts_lost_guards_back() -> None:
    guards.remove(connection)
    assert guards.missing(connection)
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_guard_that_is_switched_off_is_missing() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL can switch a trigger off")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_change")
    assert guards.missing(connection) == ["journal_entry_no_change"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_but_the_guards(turn: int) -> None:
    assert Entry.objects.count() == 0
    assert guards.missing(connection) == []
    record(actor=None, verb="offices.opened")
