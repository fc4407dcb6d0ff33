"""Which runs that send are alive: each holds a lock that dies with its process."""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def _place(name: str) -> Path:
    return Path(settings.ENV.data) / "locks" / f"kirim-{name}"


@contextmanager
def hold() -> Iterator[str]:
    """A name for this run; after an error or a kill its file stays, unlocked, and tells of it."""
    name = secrets.token_hex(5)
    place = _place(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield name
        place.unlink(missing_ok=True)


def is_gone(name: str) -> bool:
    """Whether a run of this machine ended without tidying up; False for those of other machines."""
    try:
        file = _place(name).open("r+")
    except (FileNotFoundError, ValueError):
        return False
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def forget(name: str) -> None:
    """What a dead run had in hand has been taken up again."""
    _place(name).unlink(missing_ok=True)
