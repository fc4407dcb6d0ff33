"""One value of a column as JSON, the same from SQLite and PostgreSQL, and back again."""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, FileField, ForeignKey
from django.utils.dateparse import parse_date, parse_datetime, parse_time

WHOLE_FROM = 1e16  # from here on Python writes an exponent, and PostgreSQL writes it out

# Kind by what Django calls a field's type (`get_internal_type`).
KINDS = {
    "AutoField": "int", "BigAutoField": "int", "SmallAutoField": "int", "IntegerField": "int",
    "BigIntegerField": "int", "SmallIntegerField": "int", "PositiveIntegerField": "int",
    "PositiveBigIntegerField": "int", "PositiveSmallIntegerField": "int",
    "CharField": "text", "TextField": "text", "SlugField": "text", "FileField": "text",
    "FilePathField": "text", "EmailField": "text", "URLField": "text",
    "BooleanField": "bool", "FloatField": "float", "DecimalField": "decimal",
    "DateTimeField": "moment", "DateField": "date", "TimeField": "time",
    "DurationField": "duration", "UUIDField": "uuid", "JSONField": "json",
    "BinaryField": "binary", "GenericIPAddressField": "ip",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: `places` are the decimals of a decimal, `digits` all its digits.

    `root`: the folder of the data folder in which a file lies that the column names.
    """

    name: str
    kind: str
    digits: int | None = None
    places: int | None = None
    root: str | None = None


def describe_column(field: Field[Any, Any]) -> Column:
    """The column of a field. Raises LookupError for a type that nobody wrote a way for."""
    name, root = field.column, None
    assert name is not None  # only concrete fields are asked
    if isinstance(field, FileField):
        is_private = Path(field.storage.path("")) == Path(settings.PRIVATE_ROOT)
        root = "private" if is_private else "media"
    while isinstance(field, ForeignKey):
        field = field.target_field  # a key is stored as what it points to
    kind = KINDS.get(field.get_internal_type())
    if kind is None:
        raise LookupError(f"{name}: {field.get_internal_type()} has no place in values.KINDS")
    digits, places = getattr(field, "max_digits", None), getattr(field, "decimal_places", None)
    return Column(name, kind, digits, places, root)


# --- out of the database ---


def write_value(column: Column, value: Any) -> Any:
    """What stands in a line for a value as the driver gave it; None stays None (NULL)."""
    return None if value is None else _WRITERS[column.kind](value, column)


def _write_moment(value: Any, _: Column) -> str:
    moment = value if isinstance(value, dt.datetime) else parse_datetime(value)
    assert moment is not None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)  # SQLite keeps UTC without saying so
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _write_date(value: Any, _: Column) -> str:
    day = value if isinstance(value, dt.date) else parse_date(value)
    assert day is not None
    return day.isoformat()


def _write_time(value: Any, _: Column) -> str:
    time = value if isinstance(value, dt.time) else parse_time(value)
    assert time is not None
    return time.isoformat(timespec="microseconds")


def _write_decimal(value: Any, column: Column) -> str:
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    return str(number.quantize(Decimal(1).scaleb(-(column.places or 0))))


def _write_duration(value: Any, _: Column) -> int:
    return value // dt.timedelta(microseconds=1) if isinstance(value, dt.timedelta) else int(value)


def _read_number(text: str) -> float | int:
    number = float(text)
    return int(number) if abs(number) >= WHOLE_FROM else number


def canonical_json(text: str) -> str:
    """The same text for the same content, in whatever order and spacing an engine keeps it."""
    content = json.loads(text, parse_float=_read_number)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_WRITERS: dict[str, Callable[[Any, Column], Any]] = {
    "int": lambda value, _: int(value),
    "text": lambda value, _: str(value),
    "bool": lambda value, _: bool(value),
    "float": lambda value, _: float(value),
    "decimal": _write_decimal,
    "moment": _write_moment,
    "date": _write_date,
    "time": _write_time,
    "duration": _write_duration,
    "uuid": lambda value, _: str(value if isinstance(value, uuid.UUID) else uuid.UUID(value)),
    "json": lambda value, _: canonical_json(value),
    "binary": lambda value, _: base64.b64encode(bytes(value)).decode(),
    "ip": lambda value, _: str(value),
}


# --- into the database ---


def read_value(column: Column, value: Any, connection: BaseDatabaseWrapper) -> Any:
    """What the driver of `connection` takes for a value as it stands in a line."""
    if value is None:
        return None
    ops, is_sqlite = connection.ops, connection.vendor == "sqlite"
    match column.kind:
        case "moment":
            return ops.adapt_datetimefield_value(dt.datetime.fromisoformat(value))
        case "date":
            return ops.adapt_datefield_value(dt.date.fromisoformat(value))
        case "time":
            return ops.adapt_timefield_value(dt.time.fromisoformat(value))
        case "decimal":
            return ops.adapt_decimalfield_value(Decimal(value), column.digits, column.places)
        case "duration":
            return value if is_sqlite else dt.timedelta(microseconds=value)
        case "uuid":
            return uuid.UUID(value).hex if is_sqlite else uuid.UUID(value)
        case "json":
            return ops.adapt_json_value(json.loads(value), None)
        case "binary":
            return base64.b64decode(value)
        case "ip":
            return ops.adapt_ipaddressfield_value(value)
    return value
