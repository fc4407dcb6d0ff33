"""The outbox: what is new becomes deliveries, deliveries become letters and pushes.

A delivery is claimed in the database before it is sent and marked after. A machine that stops in
between leaves it "perhaps sent": it is not sent again, because the same news twice is worse than
one item missed.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Min, QuerySet
from django.utils import timezone

from zona.ground.mail import failures
from zona.ground.mail.sending import Line, mail_leaves
from zona.ground.outbox import presence
from zona.ground.outbox.claims import ClaimLost, release_dead, settle, take
from zona.ground.outbox.rules import wait_before
from zona.website.site.models import BasePage

from .. import actions, queries, rules
from ..models import Announced, Channel, Delivery, Frequency, Subscriber
from . import letters, push

logger = logging.getLogger("zona.website.subscriptions")

BATCH = 200  # subscribers in one job
MOST_PUSHES = 3  # after a silence the newest few are enough
STUCK_AFTER = dt.timedelta(minutes=30)
State = Delivery.State


@dataclass
class Done:
    """What one run did; `more`: whether something is still due."""

    announced: int = 0
    sent: int = 0
    failed: int = 0
    more: bool = False


def run(now: dt.datetime | None = None) -> Done:
    """Announce what is new, then send what is due, at most BATCH subscribers."""
    now, done = now or timezone.now(), Done()
    release_stuck(now)
    for page in queries.fresh_items(now):
        done.announced += announce(page, now)
    due = queries.due_deliveries(now)
    if not mail_leaves():
        due = due.exclude(channel=Channel.EMAIL)
    waiting = due.values_list("subscriber_id").annotate(first=Min("due_at")).order_by("first")
    ids = [pk for pk, _first in waiting[: BATCH + 1]]
    done.more = len(ids) > BATCH
    with presence.hold() as name, Line() as line:
        try:
            for pk in ids[:BATCH]:
                _serve(pk, now, line, name, done)
        except failures.ServerGone:
            done.more = False  # the next turn of the clock tries again
    return done


@transaction.atomic
def announce(page: BasePage, now: dt.datetime) -> int:
    """Put one item into the outbox of all whom it concerns, once; how many."""
    Announced.objects.create(page=page)
    rows = []
    for subscriber in queries.followers(page).iterator(chunk_size=1_000):
        is_push = subscriber.channel == Channel.PUSH
        frequency = Frequency.AT_ONCE if is_push else subscriber.frequency
        due = rules.next_due(frequency, now.astimezone(page.office.tz))
        rows.append(
            Delivery(
                office=page.office,
                page=page,
                subscriber=subscriber,
                channel=subscriber.channel,
                due_at=due,
            )
        )
    Delivery.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
    return len(rows)


def release_stuck(now: dt.datetime) -> int:
    """What was being sent when a machine stopped counts as perhaps sent."""
    return release_dead(
        Delivery.objects.all(), now, STUCK_AFTER, lambda row, _: row.update(state=State.UNKNOWN)
    )


def _serve(pk: int, now: dt.datetime, line: Line, name: str, done: Done) -> None:
    """Claim all that is due for one subscriber and send it."""
    subscriber = Subscriber.objects.filter(pk=pk, paused_at=None).first()
    if subscriber is None:
        return
    due = Delivery.objects.filter(subscriber=subscriber, due_at__lte=now)
    claim = take(due, name)
    if not claim:
        return
    claimed = Delivery.objects.filter(claim=claim, state=State.SENDING)
    rows = list(claimed.select_related("page", "office").order_by("-page__first_published_at"))
    gone = [row.pk for row in rows if not row.page.live]
    if subscriber.channel == Channel.PUSH:
        gone += [row.pk for row in rows if row.page.live][MOST_PUSHES:]
    if gone:
        Delivery.objects.filter(pk__in=gone).delete()
        rows = [row for row in rows if row.pk not in gone]
    if not rows:
        return
    try:
        _carry(subscriber, rows, claimed, now, line, done)
    except ClaimLost:
        logger.warning("Deliveries of %s were taken up by another run", subscriber)


def _carry(
    subscriber: Subscriber,
    rows: list[Delivery],
    claimed: QuerySet[Delivery],
    now: dt.datetime,
    line: Line,
    done: Done,
) -> None:
    """Send the claimed rows in one letter or as pushes. Raises ServerGone, ClaimLost."""
    try:
        if subscriber.channel == Channel.PUSH:
            push.send_items(subscriber, rows)
        else:
            line.send(letters.make_news(subscriber, rows))
    except failures.ServerGone:
        _again(rows, now, None)
        raise
    except failures.Uncertain:
        done.failed += len(rows)
        claimed.update(state=State.UNKNOWN, claim="")
    except failures.Refused as error:
        done.failed += len(rows)
        _refused(subscriber, claimed, error)
    except failures.Later as error:
        done.failed += len(rows)
        _again(rows, now, dt.timedelta(seconds=error.wait))
    except push.Later as error:
        done.failed += len(rows)
        _again(rows, now, error.wait)
    except push.Gone:
        actions.leave(subscriber=subscriber)
        claimed.delete()
    except ClaimLost:
        raise
    except Exception:
        logger.exception("Deliveries of %s could not be made", subscriber)
        done.failed += len(rows)
        claimed.update(state=State.FAILED, claim="")
    else:
        claimed.update(state=State.SENT, claim="", sent_at=timezone.now())
        Subscriber.objects.filter(pk=subscriber.pk).exclude(failures=0).update(failures=0)
        done.sent += len(rows)


def _again(rows: list[Delivery], now: dt.datetime, wait: dt.timedelta | None) -> None:
    """Put back what may succeed later; given up after ATTEMPTS."""
    for row in [row for row in rows if row.state != State.SENT]:
        if row.attempts >= rules.ATTEMPTS:
            settle(row, state=State.FAILED)
        else:
            due_at = now + (wait or wait_before(row.attempts))
            settle(row, state=State.WAITING, due_at=due_at)


def _refused(subscriber: Subscriber, claimed: QuerySet[Delivery], why: failures.Refused) -> None:
    """It is not taken: an address that takes nothing HARD_FAILURES times in a row is left alone."""
    claimed.update(state=State.FAILED, claim="")
    if not why.of_address:
        logger.warning("A letter to %s was refused: %s", subscriber, why.said)
        return
    Subscriber.objects.filter(pk=subscriber.pk).update(failures=F("failures") + 1)
    paused = Subscriber.objects.filter(pk=subscriber.pk, failures__gte=rules.HARD_FAILURES)
    if paused.update(paused_at=timezone.now()):
        logger.warning("%s is paused: %s", subscriber, why.said)
