"""When this installation was last backed up, and whether the last try failed.

A small file in the data folder: it tells also when the database does not answer.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from .archive.files import write_whole
from .rules import longest_age

FILE = "backup.json"


@dataclass(frozen=True)
class State:
    """`place`: the last whole backup; times as ISO texts with their zone, "" for never."""

    place: str = ""
    succeeded_at: str = ""
    failed_at: str = ""
    failure: str = ""

    @property
    def succeeded(self) -> dt.datetime | None:
        return dt.datetime.fromisoformat(self.succeeded_at) if self.succeeded_at else None

    @property
    def has_failed(self) -> bool:
        """Whether the last try, not an earlier one, failed."""
        return bool(self.failed_at) and self.failed_at > self.succeeded_at

    def is_too_old(self, now: dt.datetime, *, is_daily: bool) -> bool:
        """Whether a last backup there is, but long ago."""
        return self.succeeded is not None and now - self.succeeded > longest_age(is_daily=is_daily)


def read_state(data: Path) -> State:
    """What is known; nothing is known of a file that cannot be read."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        return State(**json.loads((data / FILE).read_text()))
    return State()


def note_success(data: Path, place: Path) -> None:
    _write(data, replace(read_state(data), place=str(place), succeeded_at=_now()))


def note_failure(data: Path, why: str) -> None:
    _write(data, replace(read_state(data), failed_at=_now(), failure=why))


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat()


def _write(data: Path, state: State) -> None:
    write_whole(data / FILE, json.dumps(asdict(state), ensure_ascii=False))
