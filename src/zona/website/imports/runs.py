"""Where a run writes its report, and that only one runs for an office at a time."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from zona.offices.models import Office


class Busy(RuntimeError):
    """Another import for the office is running."""


@contextlib.contextmanager
def own_folder(office: Office, kind: str) -> Iterator[Path]:
    """A new folder for the report, below the data folder. Raises Busy."""
    base = Path(settings.ENV.data) / "imports" / office.code
    base.mkdir(parents=True, exist_ok=True)
    with (base / "berjalan.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy from error
        now = timezone.now().astimezone(office.tz)
        yield base / f"{now:%Y-%m-%d-%H%M%S}-{kind}"
