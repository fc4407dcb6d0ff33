"""All rows as they were at one moment, while people go on writing."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .archive.tables import Table
from .archive.values import write_value

CHUNK = 500  # rows in memory at a time


@contextlib.contextmanager
def open_snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own inside one read transaction; it holds up no writer."""
    connection = connections["default"].copy()
    if connection.vendor == "sqlite":
        # Not as everybody else's: IMMEDIATE would take the writers' lock.
        connection.settings_dict["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "DEFERRED",
            "init_command": "PRAGMA journal_mode=WAL",  # only so does a reader hold up nobody
        }
    connection.ensure_connection()
    connection.execute_wrappers = []
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("BEGIN")
                cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")  # takes the snapshot
                cursor.fetchall()
            else:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection
    finally:
        connection.close()


def list_lines(connection: BaseDatabaseWrapper, table: Table) -> Iterator[tuple[str, list[Any]]]:
    """Each row as a line of JSON with its values, in the order of the key.

    The order is by bytes on both engines and whatever language the database speaks, so that the
    lines of equal tables are equal.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in table.columns)
    order = quote(table.key.name)
    if connection.vendor == "postgresql" and table.key.kind == "text":
        order += ' COLLATE "C"'
    query = f"SELECT {names} FROM {quote(table.name)} ORDER BY {order}"  # noqa: S608 - own names
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                values = list(map(write_value, table.columns, row))
                yield json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n", values


def hash_table(
    connection: BaseDatabaseWrapper, table: Table, each: Callable[[], None] = lambda: None
) -> tuple[int, str]:
    """The number of rows and the SHA-256 of their lines."""
    state, count = hashlib.sha256(), 0
    for line, _values in list_lines(connection, table):
        state.update(line.encode())
        count += 1
        each()
    return count, state.hexdigest()


def read_counters(connection: BaseDatabaseWrapper, tables: list[Table]) -> dict[str, int]:
    """The last number each table gave out, so that a deleted row's number is not given again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            given = dict(cursor.fetchall())
        return {table.name: given[table.name] for table in tables if given.get(table.name)}
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            if sequence := find_sequence(connection, table):
                cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608
                last, is_called = cursor.fetchone()
                if is_called:
                    found[table.name] = last
    return found


def find_sequence(connection: BaseDatabaseWrapper, table: Table) -> str | None:
    """The quoted name of the sequence that numbers a table's rows (PostgreSQL)."""
    if table.key.kind != "int":
        return None
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(table.name)
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted, table.key.name])
        return cursor.fetchone()[0]
