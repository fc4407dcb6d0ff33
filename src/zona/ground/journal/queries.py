"""Reading the record: the timeline of one thing, and the proof that nothing was altered."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.db import connection
from django.db.models import Model, OuterRef, QuerySet, Subquery

from .models import Entry, Head
from .naming import Target, name_target
from .rules import Break, Mark, Row, find_break

_COLUMNS = Row.__slots__
_UNREAD = Mark(-1, "")  # stands for the head beside a row that could not be read


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the walk along one office's chain found; `broken` is None when it is whole."""

    office_code: str
    head: Mark | None
    broken: Break | None


def timeline(target: Model | Target, limit: int = 50) -> QuerySet[Entry]:
    """What happened to one thing, newest first; `target` is an object or `Target(type, id)`."""
    named = name_target(target)
    return Entry.objects.filter(target_type=named.type, target_id=named.id).order_by("-id")[:limit]


def verify(office_code: str | None = None, noted: Mark | None = None) -> Iterator[Verdict]:
    """Walk every chain, or one office's, and yield a verdict each; memory does not grow with rows.

    `noted` is a mark kept outside the database, compared as well (for one office). Writers may go
    on meanwhile.
    """
    codes = [office_code] if office_code is not None else _office_codes()
    for code in codes:
        yield _verify_office(code, noted)


def _office_codes() -> list[str]:
    # Rows whose head was erased must be walked too.
    known = Head.objects.values_list("office_code", flat=True)
    return sorted(known.union(Entry.objects.order_by().values_list("office_code", flat=True)))


def _verify_office(office_code: str, noted: Mark | None) -> Verdict:
    earlier = Head.objects.filter(office_code=office_code).values_list("last_seq", "last_hash")
    head = next((Mark(*values) for values in earlier), None)
    # SQLite may hold a time that is none, and the whole chunk fails with it: read it row by row.
    chunk_size = 1 if connection.vendor == "sqlite" else 1000
    # Head and rows in one statement see one moment, so that rows written meanwhile do no harm.
    beside = Head.objects.filter(office_code=OuterRef("office_code"))
    found = (
        Entry.objects.filter(office_code=office_code)
        .order_by("seq", "id")
        .values_list(
            *_COLUMNS,
            Subquery(beside.values("last_seq")),
            Subquery(beside.values("last_hash")),
        )
        .iterator(chunk_size=chunk_size)
    )
    pairs = _as_rows(found)
    first = next(pairs, None)
    if first is not None and first[1] is not _UNREAD:
        head = first[1]
    rows = (row for row, _ in chain([first] if first else [], pairs))
    return Verdict(office_code, head, find_break(rows, head, noted))


def _as_rows(found: Iterator[tuple]) -> Iterator[tuple[Row, Mark | None]]:
    """Rows with the head beside each; one whose time or JSON is unreadable fits no hash."""
    seq = 0
    try:
        for *columns, head_seq, head_hash in found:
            row = Row(*columns)
            seq = row.seq
            yield row, None if head_hash is None else Mark(head_seq, head_hash)
    except ValueError:
        yield Row(None, "", seq + 1, None, "", "", "", "", "", "", "", {}, "", "", ""), _UNREAD
