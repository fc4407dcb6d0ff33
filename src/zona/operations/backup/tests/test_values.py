import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from zona.operations.backup.archive.values import Column, canonical_json, read_value, write_value

MOMENT = dt.datetime(2026, 11, 29, 16, 5, 4, 30, tzinfo=dt.UTC)
IDENTITY = uuid.UUID("56712c17-197e-446a-8d8a-302732a130ec")


@pytest.mark.parametrize(
    ("kind", "of_sqlite", "of_postgresql", "line"),
    [
        ("int", 7, 7, 7),
        ("bool", 1, True, True),
        ("text", "ñ\n", "ñ\n", "ñ\n"),
        ("float", 0.1, 0.1, 0.1),
        ("decimal", -7.5, Decimal("-7.50"), "-7.50"),
        ("moment", "2026-11-29 16:05:04.000030", MOMENT, "2026-11-29T16:05:04.000030+00:00"),
        ("date", "2026-11-29", MOMENT.date(), "2026-11-29"),
        ("time", "07:30:00", dt.time(7, 30), "07:30:00.000000"),
        ("duration", 1_500_000, dt.timedelta(seconds=1.5), 1_500_000),
        ("uuid", IDENTITY.hex, IDENTITY, str(IDENTITY)),
        ("json", '{"b": 1, "a": [1.0, null]}', '{"a":[1.0,null],"b":1}', '{"a":[1.0,null],"b":1}'),
        ("json", "null", "null", "null"),
        ("binary", b"\x00\xff", memoryview(b"\x00\xff"), "AP8="),
        ("ip", "10.0.0.1", "10.0.0.1", "10.0.0.1"),
    ],
)
def test_both_engines_give_the_same_line(
    kind: str, of_sqlite: Any, of_postgresql: Any, line: Any
) -> None:
    column = Column("x", kind, 9, 2)
    assert write_value(column, of_sqlite) == line
    assert write_value(column, of_postgresql) == line


def test_null_is_not_the_null_of_json() -> None:
    assert write_value(Column("x", "json"), None) is None


def test_large_numbers_in_json_are_written_out() -> None:
    assert canonical_json("[1e16, 1.5e20]") == canonical_json(
        "[10000000000000000, 150000000000000000000]"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "kept_as", "line"),
    [
        (
            "moment",
            {"sqlite": "datetime", "postgresql": "timestamptz"},
            "2026-11-29T16:05:04.000030+00:00",
        ),
        ("date", {"sqlite": "date", "postgresql": "date"}, "2026-11-29"),
        ("time", {"sqlite": "time", "postgresql": "time"}, "23:59:59.999999"),
        ("decimal", {"sqlite": "decimal", "postgresql": "numeric(9,2)"}, "1234567.89"),
        ("uuid", {"sqlite": "char(32)", "postgresql": "uuid"}, str(IDENTITY)),
        ("json", {"sqlite": "text", "postgresql": "jsonb"}, '{"a":"é","b":[1,2.5,null]}'),
        ("binary", {"sqlite": "BLOB", "postgresql": "bytea"}, "AP8="),
        ("duration", {"sqlite": "bigint", "postgresql": "interval"}, 1_500_001),
        ("ip", {"sqlite": "char(39)", "postgresql": "inet"}, "10.0.0.1"),
        ("text", {"sqlite": "text", "postgresql": "text"}, "=1+1 % ' \\ \n"),
    ],
)
def test_a_value_comes_back_from_the_database(
    kind: str, kept_as: dict[str, str], line: Any
) -> None:
    column = Column("x", kind, 9, 2)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE kept (x {kept_as[connection.vendor]})")
        cursor.execute("INSERT INTO kept VALUES (%s)", [read_value(column, line, connection)])
        cursor.execute("SELECT x FROM kept")
        assert write_value(column, cursor.fetchone()[0]) == line
        cursor.execute("DROP TABLE kept")
