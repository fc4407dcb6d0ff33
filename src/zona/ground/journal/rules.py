"""The arithmetic of the record: what is hashed, and how a broken chain is recognised.

Each office has one chain. Row 1 follows `GENESIS`; each later row carries the hash of the one
before it, so nothing in the middle can be altered alone. The head (last number and hash, kept apart
from the rows) shows when rows at the end were cut off.

What this does not stop: whoever holds full rights on the database can drop the triggers, write the
rows anew with fresh hashes and set the head to match, or erase an office's rows together with its
head; nothing inside the database can show that. Only a head noted elsewhere (paper, e-mail to the
level above, an older backup) shows it, which is why `verify` prints the head and takes a noted one.
Detection is certain as long as the head or a noted mark stands; which row is named, and whether as
changed, removed or inserted, is the reading that fits a single act of tampering.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

GENESIS = "0" * 64
"""The hash that row 1 of every chain follows."""

FORMAT = 1
"""Version of the canonical form; it is hashed with the row."""

SHIFT = 100
"""How far renumbered rows are traced back to the number they had, in rows."""

_VERB = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


class Mark(NamedTuple):
    """A place in a chain: the number of a row and its hash."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the record as plain values, in the order of the table's columns."""

    id: int | None
    office_code: str
    seq: int
    at: datetime | None
    actor_id: str
    actor_label: str
    verb: str
    target_type: str
    target_id: str
    target_label: str
    reason: str
    changes: Any
    request_id: str
    previous_hash: str
    hash: str

    def content(self) -> dict[str, Any]:
        """What the hash covers besides the previous hash: all but the key of the table."""
        left_out = ("id", "previous_hash", "hash")
        return {name: getattr(self, name) for name in self.__slots__ if name not in left_out}

    def is_sound(self) -> bool:
        """Does the row's hash fit its own content?"""
        return entry_hash(self.previous_hash, self.content()) == self.hash


class Kind(StrEnum):
    """What was done to a chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    HEADLESS = "headless"  # rows are there, but the head that seals them is gone


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain fails; `id` is the row's key, None where the row is gone."""

    kind: Kind
    seq: int
    id: int | None = None


def clean_text(value: object) -> str:
    """Text that both engines store unchanged: no NUL, no half of a surrogate pair."""
    return str(value).replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def shorten(value: object, length: int) -> str:
    """Clean text of at most `length` characters, for labels that only people read."""
    text = clean_text(value)
    return text if len(text) <= length else text[: length - 1] + "…"


def check_verb(verb: str) -> str:
    """The verb itself; ValueError unless it reads `room.verb`."""
    if not _VERB.fullmatch(verb):
        raise ValueError(f"{verb!r} is not a verb of the form room.verb")
    return verb


def plain_changes(changes: Mapping[str, Iterable[Any]] | None) -> dict[str, list[Any]]:
    """`{field: [old, new]}` in values that JSON keeps exactly; ValueError or TypeError if not."""
    result = {}
    for name, pair in (changes or {}).items():
        values = None if isinstance(pair, str | Mapping) else list(pair)
        if values is None or len(values) != 2:
            raise ValueError(f"changes of {name!r} must be a pair of old and new value")
        result[clean_text(name)] = [_plain(value) for value in values]
    return result


def _plain(value: Any) -> Any:
    # Fractions become text: PostgreSQL's jsonb gives 1e22 back as an integer: another hash.
    match value:
        case None | bool():
            return value
        case Enum():
            return _plain(value.value)
        case int():
            return int(value)
        case str():
            return clean_text(value)
        case datetime() | date() | time():
            return value.isoformat()
        case float() | Decimal() | UUID():
            return str(value)
        case Mapping():
            return {clean_text(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case set() | frozenset():
            return sorted((_plain(item) for item in value), key=str)
    raise TypeError(f"the journal takes plain values, not {type(value).__name__}")


def _canonical_value(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"no canonical form for {type(value).__name__}")


def canonical(fields: Mapping[str, Any]) -> bytes:
    """The one form of a row's content: JSON, sorted keys, ASCII, UTC times to the microsecond."""
    document = {"format": FORMAT, **fields}
    text = json.dumps(
        document, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_canonical_value
    )
    return text.encode("ascii")


def entry_hash(previous_hash: str, fields: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the previous row's hash and this row's content."""
    return sha256(previous_hash.encode() + b"\n" + canonical(fields)).hexdigest()


def find_break(rows: Iterable[Row], head: Mark | None, noted: Mark | None = None) -> Break | None:
    """Walk one office's rows (ordered by number, then key) and name the first that fails.

    `head` is the stored head, `noted` a mark that was kept elsewhere. Holds two rows in memory.
    """
    previous = Mark(0, GENESIS)
    for row, following in _with_following(rows):
        found = _place_fault(row, following, previous)
        found = found or _content_fault(row, following, previous, head)
        if head and row.seq > head.seq and (found is None or found.kind is Kind.CHANGED):
            return Break(Kind.INSERTED, row.seq, row.id)  # nothing true lies beyond the head
        if found:
            return found
        if noted and noted.seq == row.seq and noted.hash != row.hash:
            return Break(Kind.CHANGED, row.seq, row.id)
        previous = Mark(row.seq, row.hash)
    return _end_fault(previous, head, noted)


def _with_following(rows: Iterable[Row]) -> Iterator[tuple[Row, Row | None]]:
    def ended() -> Iterator[Row | None]:
        yield from rows
        yield None

    for row, following in pairwise(ended()):
        if row is not None:
            yield row, following


def _place_fault(row: Row, following: Row | None, previous: Mark) -> Break | None:
    """A number that is missing or used twice."""
    expected = previous.seq + 1
    if row.seq < expected:
        return Break(Kind.INSERTED, row.seq, row.id)
    if row.seq > expected:
        return Break(Kind.REMOVED, expected)
    if following and following.seq == row.seq:
        belongs = row.is_sound() and row.previous_hash == previous.hash
        return Break(Kind.INSERTED, row.seq, following.id if belongs else row.id)
    return None


def _content_fault(
    row: Row, following: Row | None, previous: Mark, head: Mark | None
) -> Break | None:
    """A row that does not fit its own hash or does not join the row before it."""
    if not row.is_sound():
        was = _original_seq(row)
        if was is not None:
            # Its content is genuine under another number: rows before it came or went.
            kind, seq = (Kind.REMOVED, row.seq) if was > row.seq else (Kind.INSERTED, was)
            return Break(kind, seq)
        pushed_on = following and not following.is_sound() and _original_seq(following) == row.seq
        return Break(Kind.INSERTED if pushed_on else Kind.CHANGED, row.seq, row.id)
    if row.previous_hash != previous.hash:
        joined = following.previous_hash if following else head.hash if head else None
        if joined == row.hash and previous.seq:
            # This row is held by what follows it, so the one before was rewritten and hashed anew.
            return Break(Kind.CHANGED, previous.seq)
        return Break(Kind.CHANGED, row.seq, row.id)
    return None


def _original_seq(row: Row) -> int | None:
    """The number under which the row's hash holds, if within `SHIFT` rows of the present one."""
    for distance in range(1, SHIFT + 1):
        for seq in (row.seq - distance, row.seq + distance):
            if seq > 0 and replace(row, seq=seq).is_sound():
                return seq
    return None


def _end_fault(last: Mark, head: Mark | None, noted: Mark | None) -> Break | None:
    """Rows cut off at the end, or a last row that is not the one the head sealed."""
    if head is None and last.seq:
        return Break(Kind.HEADLESS, last.seq)
    if head and head.seq > last.seq:
        return Break(Kind.REMOVED, last.seq + 1)
    if head and head.hash != last.hash:
        return Break(Kind.CHANGED, last.seq)
    if noted and noted.seq > last.seq:
        return Break(Kind.REMOVED, last.seq + 1)
    return None
