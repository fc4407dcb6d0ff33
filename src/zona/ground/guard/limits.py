"""Limits and one-time uses in the database: nothing that safety rests on may be dropped by a cache.

`Store` has the shape of a cache, because that is how allauth asks for its limits: it locks a key,
reads the moments of earlier tries, and writes them back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from zona.ground.sealing.keys import fingerprint

from .models import Spent, Tries

LOCK_LASTS = dt.timedelta(minutes=1)  # a row that was locked and never filled


def spend(*parts: str, lasts: dt.timedelta) -> bool:
    """Whether this is the first use; of two at once exactly one is.

    `lasts`: how long the use must be remembered. Undone with the transaction around it.
    """
    _row, is_new = Spent.objects.get_or_create(
        name=fingerprint("guard.spent", *parts), defaults={"expires_at": timezone.now() + lasts}
    )
    return is_new


class Store:
    """Moments of tries by key; keys are kept as keyed hashes, for they name people and networks."""

    @contextmanager
    def lock(self, key: str) -> Iterator[bool]:
        """Nobody else reads or writes the key meanwhile, in whatever process."""
        name, until = _name(key), timezone.now() + LOCK_LASTS
        with transaction.atomic():
            Tries.objects.bulk_create([Tries(name=name, expires_at=until)], ignore_conflicts=True)
            # None only when the clean-up took the row in between: then the try is refused.
            yield Tries.objects.select_for_update().filter(name=name).first() is not None

    def get(self, key: str, default: list[float]) -> list[float]:
        row = Tries.objects.filter(name=_name(key)).first()
        return list(row.moments) if row else default

    def set(self, key: str, moments: list[float], seconds: float) -> None:
        until = timezone.now() + dt.timedelta(seconds=seconds)
        Tries.objects.filter(name=_name(key)).update(moments=moments, expires_at=until)

    def delete(self, key: str) -> None:
        """Forget the tries; the row stays for whoever waits for its lock."""
        Tries.objects.filter(name=_name(key)).update(moments=[])


def _name(key: str) -> str:
    return fingerprint("guard.limits", key)
