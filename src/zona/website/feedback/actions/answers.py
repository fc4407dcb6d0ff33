"""Answers on their way to the reporters: each claimed, carried once, and what came of it kept.

What a carrier says of a letter names the address, so neither the log nor the row holds it.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.utils import timezone

from zona.ground.mail import failures
from zona.ground.mail.sending import Line
from zona.ground.outbox import presence
from zona.ground.outbox.claims import ClaimLost, release_dead, settle, take
from zona.ground.outbox.rules import wait_before

from ..letters import make_answer
from ..models import Answer
from ..queries import due_answers

logger = logging.getLogger("zona.website.feedback")

STUCK_AFTER = dt.timedelta(minutes=10)
ATTEMPTS = 10  # within about a day
State = Answer.State


def send_answers(now: dt.datetime | None = None) -> int:
    """Send every answer that is due; how many left."""
    now, sent = now or timezone.now(), 0
    release_stuck(now)
    with presence.hold() as name, Line() as line:
        try:
            for pk in list(due_answers(now).values_list("pk", flat=True)):
                sent += _serve(pk, now, name, line)
        except failures.ServerGone as gone:
            logger.warning("No answer leaves at present: %s", type(gone).__name__)
    return sent


def release_stuck(now: dt.datetime) -> int:
    """What was being sent when a machine stopped counts as perhaps sent; a person decides."""
    return release_dead(
        Answer.objects.all(),
        now,
        STUCK_AFTER,
        lambda row, _: row.update(state=State.UNSURE, claim=""),
    )


def _serve(pk: int, now: dt.datetime, name: str, line: Line) -> bool:
    """One answer, unless another run has it. Raises ServerGone."""
    if not take(due_answers(now).filter(pk=pk), name):
        return False
    row = Answer.objects.select_related("feedback__office").get(pk=pk)
    try:
        return _carry(row, now, line)
    except ClaimLost:
        logger.warning("Answer %s was taken up by another run", pk)
        return False


def _carry(row: Answer, now: dt.datetime, line: Line) -> bool:
    """Send a claimed one and write what came of it. Raises ServerGone, ClaimLost."""
    try:
        line.send(make_answer(row.feedback))
    except failures.ServerGone:  # no try of this letter
        settle(row, state=State.WAITING, attempts=row.attempts - 1)
        raise
    except failures.Uncertain:
        settle(row, state=State.UNSURE)
    except failures.Refused:
        settle(row, state=State.REFUSED)
    except failures.Later as failure:
        _again(row, now, dt.timedelta(seconds=failure.wait))
    except Exception:
        logger.exception("Answer %s could not be made", row.pk)
        settle(row, state=State.FAILED)
    else:
        settle(row, state=State.SENT, sent_at=timezone.now())
        return True
    return False


def _again(row: Answer, now: dt.datetime, wait: dt.timedelta) -> None:
    """Put back what may succeed later; given up after ATTEMPTS."""
    if row.attempts >= ATTEMPTS:
        settle(row, state=State.FAILED)
        return
    due_at = now + max(wait, wait_before(row.attempts))
    settle(row, state=State.WAITING, due_at=due_at)
