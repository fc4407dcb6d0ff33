"""A row that leaves the house: claimed and committed, then carried, then what came of it written.

A run that dies in between leaves its claim behind. The next one sees that it is dead, by its lock
(`presence`) or, of another machine, by the time, and the room says what that means: look whether it
arrived, ask a person, or call it perhaps sent. Nobody writes into a row whose claim is lost.

A room's own states may be more; two of them have the same name in every room.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

from . import presence

WAITING, SENDING = "waiting", "sending"


class ClaimLost(Exception):
    """Another run holds the row now: nothing more may be done with it here."""


class Outgoing(models.Model):
    """What every row that leaves has; `state` and what it concerns are its room's."""

    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=24, blank=True)  # run.token; "" while nobody has it
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def take(rows: models.QuerySet[Any], run: str) -> str:
    """Claim those of the rows that wait, committed at once; "" when another run was quicker.

    That a row waits is asked of the row that is written: PostgreSQL, waiting for another run to let
    go of it, looks again at that and not at what stands in a subquery, as the joins of `rows` do.
    """
    claim = f"{run}.{secrets.token_hex(5)}"
    waiting = rows.model._base_manager.filter(pk__in=rows.order_by().values("pk"), state=WAITING)
    taken = waiting.update(
        state=SENDING, claim=claim, claimed_at=timezone.now(), attempts=F("attempts") + 1
    )
    return claim if taken else ""


def write(row: Any, **fields: Any) -> None:
    """Write into a claimed row and keep the claim. Raises ClaimLost."""
    held = type(row)._base_manager.filter(pk=row.pk, state=SENDING, claim=row.claim)
    if not held.update(**fields):
        raise ClaimLost
    for name, value in fields.items():
        setattr(row, name, value)


def settle(row: Any, **fields: Any) -> None:
    """Write what became of a claimed row and give it back. Raises ClaimLost."""
    claim = row.claim
    write(row, claim="", **fields)
    row.claim = claim  # for whoever names it later; the database has none


def release_dead(
    rows: models.QuerySet[Any],
    now: dt.datetime,
    stuck_after: dt.timedelta,
    release: Callable[[models.QuerySet[Any], Any], int],
) -> int:
    """Hand each row of a dead run to `release`, as the queryset of it alone; how many it changed.

    `stuck_after` is for runs of other machines, whose locks cannot be seen.
    """
    count, names = 0, set()
    for row in rows.filter(state=SENDING):
        name = row.claim.partition(".")[0]
        names.add(name)
        is_old = row.claimed_at is None or row.claimed_at < now - stuck_after
        if is_old or presence.is_gone(name):
            count += release(rows.filter(pk=row.pk, state=SENDING, claim=row.claim), row)
    for name in names:
        if presence.is_gone(name):
            presence.forget(name)
    return count
