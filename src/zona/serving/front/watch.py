"""The thread that asks the database for changes, a few times a second, in every web process."""

from __future__ import annotations

import contextlib
import logging
import threading
import time

from django.db import DatabaseError, connections

from ..models import Change
from ..rules import Sequence
from .memory import Versions

PAUSE = 0.2  # seconds between two questions
MANY = 5_000  # changes in one answer; beyond that everything counts as changed

logger = logging.getLogger(__name__)


class Watcher:
    """Counts new rows of Change into `versions`. Not shared between threads."""

    def __init__(self, versions: Versions, alias: str = "default") -> None:
        self.versions = versions
        self.alias = alias
        self.sequence: Sequence | None = None  # None: not asked yet, or the answers are lost
        self.data_version: int | None = None

    def ask(self) -> None:
        """Ask once. Raises DatabaseError; then what was kept must not be shown for long."""
        # Read before the question: all that was committed until now is in the answer.
        asked_at = time.monotonic()
        if self._may_have_changed():
            self._read(asked_at)
        self.versions.asked_at = asked_at

    def forget(self) -> None:
        """After an error: a new connection, and nothing that was kept holds."""
        connections[self.alias].close()
        self.sequence = self.data_version = None

    def _may_have_changed(self) -> bool:
        """SQLite says for next to nothing whether anybody wrote; other engines are asked."""
        connection = connections[self.alias]
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()[0]
        if version == self.data_version:
            return False
        # Noted before the rows are read: what comes in between is asked for once more.
        self.data_version = version
        return True

    def _read(self, now: float) -> None:
        rows = Change.objects.using(self.alias).order_by("-id").values_list("id", "office_id")
        last = self.sequence.last if self.sequence else 0
        found = list(rows.filter(id__gte=last)[: MANY + 1])
        if self.sequence is None or (last and not found):
            # The first answer; or the last row is gone: the database is another, or was idle for
            # days. The row of `last` itself is asked for only to tell that.
            self.sequence = self._begin(now)
            self.versions.count([None])
            return
        found = [row for row in found if row[0] > last]
        if self.sequence.gaps:
            found += rows.filter(id__in=list(self.sequence.gaps)[:MANY])
        is_whole = self.sequence.learn([number for number, _ in found], now)
        if len(found) > MANY or not is_whole:
            self.versions.count([None])
        elif found:
            self.versions.count({office for _, office in found})

    def _begin(self, now: float) -> Sequence:
        """From here on; numbers that are still missing below may belong to open transactions."""
        recent = Change.objects.using(self.alias).order_by("-id").values_list("id", flat=True)
        seen = set(recent[:MANY])
        if not seen:
            return Sequence()
        missing = set(range(min(seen), max(seen))) - seen
        return Sequence(last=max(seen), gaps=dict.fromkeys(missing, now))


def start(versions: Versions) -> threading.Thread:
    """Begin to watch; the thread ends with the process."""
    thread = threading.Thread(target=_watch, args=(versions,), name="zona-changes", daemon=True)
    thread.start()
    return thread


def _watch(versions: Versions) -> None:
    watcher = Watcher(versions)
    is_well = True
    while True:
        try:
            watcher.ask()
            is_well = True
        except DatabaseError as error:
            if is_well:
                logger.warning("No pages are kept while the database is silent: %s", error)
            is_well = False
            with contextlib.suppress(DatabaseError):  # closing what is broken already
                watcher.forget()
        time.sleep(PAUSE)
