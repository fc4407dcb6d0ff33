"""Telling OpenSearch what changed, when there is one; without it nothing here does anything.

A change is noted in the transaction that makes it and sent after the commit. What could not be
sent stays noted and is sent by the schedule: publishing never waits for OpenSearch.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable, Iterable
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..engines.base import EngineUnavailable
from ..models import Entry, Unsent

logger = logging.getLogger("zona.backstage.search")
BATCH = 200


def note_changes(source: str, keys: Iterable[str]) -> None:
    """Note that these entries changed or are about to go, and send that after the commit."""
    if not settings.ENV.search_url:
        return
    ids = list(
        Entry.objects.filter(source=source, object_id__in=list(keys)).values_list("pk", flat=True)
    )
    Unsent.objects.bulk_create([Unsent(entry_id=pk) for pk in ids])
    if ids:
        transaction.on_commit(send_some, robust=True)


def send_some() -> None:
    """Send what waits, as far as OpenSearch answers."""
    try:
        send_all()
    except EngineUnavailable as error:
        logger.warning("OpenSearch was not told of changes yet: %s", error)


def send_all() -> int:
    """Send what waits; how many changes that were. Raises EngineUnavailable."""
    from ..engines.opensearch import get_engine

    sent = 0
    while waiting := dict(Unsent.objects.order_by("pk").values_list("pk", "entry_id")[:BATCH]):
        ids = set(waiting.values())
        entries = list(Entry.objects.filter(pk__in=ids))
        get_engine().write(entries, ids - {entry.pk for entry in entries})
        # By row, not by entry: what was noted meanwhile stays.
        Unsent.objects.filter(pk__in=list(waiting)).delete()
        sent += len(waiting)
    return sent


def catch_up() -> int:
    """Send what waits; fill the index first when OpenSearch has none. Raises EngineUnavailable."""
    from ..engines.opensearch import get_engine

    if Entry.objects.exists() and not get_engine().exists():
        return copy_all()
    return send_all()


def copy_all(progress: Callable[[int], None] = lambda count: None) -> int:
    """Fill a new index of OpenSearch and put it in the old one's place; how many entries it has.

    Searches meet the old one until the new one is whole. Raises EngineUnavailable.
    """
    from ..engines.opensearch import get_engine

    engine, started, copied = get_engine(), timezone.now(), array("q")
    with engine.exchange() as fresh:
        entries = Entry.objects.order_by("pk").iterator(BATCH)
        while batch := list(islice(entries, BATCH)):
            fresh.add(batch)
            copied.extend(entry.pk for entry in batch)
            progress(len(batch))
    # What changed while it was filled went to the old one.
    for at in range(0, len(copied), BATCH):
        ids = set(copied[at : at + BATCH])
        there = set(Entry.objects.filter(pk__in=ids).values_list("pk", flat=True))
        engine.write([], ids - there)
    changed = Entry.objects.filter(updated_at__gte=started).iterator(BATCH)
    while batch := list(islice(changed, BATCH)):
        engine.write(batch, set())
    return len(copied)
