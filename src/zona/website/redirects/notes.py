"""What visitors met, noted without slowing them: kept in memory, written together now and then.

A flood of wrong addresses costs one write every few seconds a process. What a stopping process has
not written yet (seconds of counts) is lost; nothing was promised to anybody with it.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from . import rules
from .models import MissingPage, Redirect

MOST = 500  # different addresses held; what comes on top within the same seconds is not counted
SLACK = 50  # rows an office may have above the limit before any are forgotten
logger = logging.getLogger(__name__)


@dataclass
class Count:
    """How often, and when and from where last."""

    times: int
    last: dt.datetime
    host: str = ""


class Notes:
    """Counts of one process that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._missing: dict[tuple[int, str], Count] = {}
        self._hits: dict[int, Count] = {}
        self._timer: threading.Timer | None = None

    def note_missing(self, office_id: int, path: str, referrer: str) -> None:
        """Count an address that is not there, unless it is a probe or may tell of a person."""
        path = rules.clean_path(path)
        if rules.is_worth_noting(path):
            self._add(self._missing, (office_id, path), rules.host_of(referrer))

    def note_hit(self, redirect_id: int) -> None:
        """Count a use of a redirect."""
        self._add(self._hits, redirect_id, "")

    def _add(self, held: dict, key: object, host: str) -> None:
        now = timezone.now()
        with self._lock:
            row = held.get(key)
            if row is None:
                if len(held) >= MOST:
                    return
                row = held[key] = Count(0, now)
            row.times, row.last, row.host = row.times + 1, now, host or row.host
            self._write_soon()

    def _write_soon(self) -> None:
        delay = settings.REDIRECTS_WRITE_AFTER
        if delay is not None and self._timer is None:
            self._timer = threading.Timer(delay, self._write_aside)
            self._timer.daemon = True
            self._timer.start()

    def _write_aside(self) -> None:
        try:
            self.write()
        except DatabaseError as error:
            logger.warning("visits of old addresses were not counted: %s", error)
        finally:
            connection.close()

    def write(self) -> None:
        """Write all that is held, in one transaction."""
        with self._lock:
            missing, self._missing = self._missing, {}
            hits, self._hits = self._hits, {}
            self._timer = None
        if not missing and not hits:
            return
        with transaction.atomic():
            for key, row in hits.items():
                Redirect.objects.filter(pk=key).update(
                    hits=F("hits") + row.times, last_hit=row.last
                )
            _write_missing(missing)
            for office_id in {office_id for office_id, _path in missing}:
                forget_superfluous(office_id)


def _write_missing(missing: dict[tuple[int, str], Count]) -> None:
    fresh = []
    for (office_id, path), row in missing.items():
        fields = {"count": F("count") + row.times, "last_seen": row.last}
        if row.host:
            fields["referrer_host"] = row.host
        if not MissingPage.objects.filter(office=office_id, path=path).update(**fields):
            fresh.append(
                MissingPage(
                    office_id=office_id,
                    path=path,
                    count=row.times,
                    first_seen=row.last,
                    last_seen=row.last,
                    referrer_host=row.host,
                )
            )
    MissingPage.objects.bulk_create(fresh, ignore_conflicts=True)


def forget_superfluous(office_id: int) -> None:
    """Keep the newest and the most wanted rows of an office; see `rules.superfluous`."""
    rows = MissingPage.objects.filter(office=office_id)
    if rows.count() <= rules.KEPT_MISSING + SLACK:
        return
    seen = [
        rules.Seen(key, count, last.timestamp())
        for key, count, last in rows.values_list("pk", "count", "last_seen")
    ]
    MissingPage.objects.filter(pk__in=rules.superfluous(seen)).delete()


notes = Notes()
