"""How often each page is read: a number a day, and nothing of who read it.

The event loop counts in a dict; once a minute a thread adds what was counted to the table. What a
process counted in its last minute is lost with it.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from .models import PageViews

EVERY = 60.0  # seconds
KEPT = dt.timedelta(days=40)  # the freshness score looks 30 days back

logger = logging.getLogger(__name__)


def store(counts: Mapping[int, int], day: dt.date | None = None) -> None:
    """Add views by page key to a day (today). What cannot be written is logged and lost."""
    day = day or timezone.localdate()
    try:
        with transaction.atomic():
            # In one order everywhere, so that two processes never wait for each other.
            for page, count in sorted(counts.items()):
                rows = PageViews.objects.filter(page_id=page, day=day)
                if not rows.update(count=F("count") + count):
                    _, is_new = PageViews.objects.get_or_create(
                        page_id=page, day=day, defaults={"count": count}
                    )
                    if not is_new:  # another process was quicker
                        rows.update(count=F("count") + count)
    except DatabaseError as error:
        logger.warning("The views of a minute were not counted: %s", error)
        connection.close()


def views_since(pages: Iterable[int], since: dt.date) -> dict[int, int]:
    """Views by page key since a day, that day included (one query); unread pages are absent."""
    rows = PageViews.objects.filter(page_id__in=list(pages), day__gte=since)
    return dict(rows.order_by().values_list("page_id").annotate(Sum("count")))


def forget_old(today: dt.date) -> int:
    """Drop what no score looks at any more; how many rows."""
    return PageViews.objects.filter(day__lt=today - KEPT).delete()[0]
