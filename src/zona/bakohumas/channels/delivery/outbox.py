"""The outbox: posts are claimed, sent, found again after a crash, and never sent twice.

A post is claimed and that is committed before its service is called; what came of it is committed
after. A run that dies in between leaves the claim behind: the next run asks the service whether the
post is there (`find`) before it tries again, and asks a person where the service cannot tell.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zona.ground.outbox import presence
from zona.ground.outbox.claims import ClaimLost, release_dead, take

from .. import rules
from ..adapters import build
from ..adapters.base import (
    Adapter,
    CannotTell,
    Failure,
    Later,
    Message,
    Refused,
    Sent,
    SignInAgain,
    Uncertain,
)
from ..models import Post
from . import outcomes, recipients, secrets
from .messages import message_of

logger = logging.getLogger("zona.bakohumas.channels")

BATCH = 50  # posts in one job
STUCK_AFTER = dt.timedelta(minutes=15)  # of runs on other machines, whose locks cannot be seen
LOOK_AFTER = dt.timedelta(minutes=1)  # a service may show a post later than it took it
STALE_AFTER = dt.timedelta(days=7)
LOOK = "look"  # in `memory`: ask whether it is there before it is sent
State, Action = Post.State, Post.Action
OVER = (State.FAILED, State.SKIPPED, State.DELETED)


@dataclass
class Done:
    """What one run did; `more`: whether something is still due."""

    tried: int = 0
    sent: int = 0
    more: bool = False


def run(now: dt.datetime | None = None) -> Done:
    """Take up what a dead run left behind, then send what is due, at most BATCH posts."""
    now, done = now or timezone.now(), Done()
    with presence.hold() as name, translation.override("id"):
        release_stuck(now)
        close_old(now)
        due = due_posts(now).order_by("due_at", "pk").values_list("pk", flat=True)
        for pk in list(due[:BATCH]):
            if post := _claim(pk, name, now):
                done.tried += 1
                serve(post)
                done.sent += post.state == State.SENT
        done.more = due_posts(timezone.now()).exists()
    return done


def due_posts(now: dt.datetime) -> QuerySet[Post]:
    """What may be sent: its channel in use and not resting, what it concerns already there."""
    return Post.objects.filter(
        Q(channel__open_until=None) | Q(channel__open_until__lte=now),
        Q(of=None) | Q(of__state=State.SENT),
        state=State.WAITING,
        due_at__lte=now,
        channel__is_active=True,
        channel__needs_sign_in=False,
    )


def release_stuck(now: dt.datetime) -> int:
    """Put back what a run had in hand when it died, to be looked for first; how many."""

    def look_first(row: QuerySet[Post], post: Post) -> int:
        return row.update(
            state=State.WAITING,
            claim="",
            memory=post.memory | {LOOK: "1"},
            due_at=(post.claimed_at or now) + LOOK_AFTER,
        )

    return release_dead(Post.objects.all(), now, STUCK_AFTER, look_first)


def close_old(now: dt.datetime) -> None:
    """What waited longer than a week is no news; what it concerned is gone."""
    waiting = Post.objects.filter(state=State.WAITING)
    waiting.filter(of__state__in=OVER).update(state=State.SKIPPED)
    old = waiting.filter(action=Action.PUBLISH, created_at__lt=now - STALE_AFTER)
    old.filter(due_at__lt=now - STALE_AFTER).update(
        state=State.FAILED, reason=_("It waited for more than a week. Is it still news?")
    )


def _claim(pk: int, name: str, now: dt.datetime) -> Post | None:
    """Take a post in hand, committed at once; None when another run was quicker."""
    claim = take(due_posts(now).filter(pk=pk), name)
    if not claim:
        return None
    names = ("office", "rubric", "photo", "card_photo")
    rows = Post.objects.select_related("office", "channel", "of", *(f"page__{n}" for n in names))
    return rows.filter(pk=pk, claim=claim).first()


def serve(post: Post) -> None:
    """One try of a claimed post; whatever happens is written into its row."""
    if post.action != Action.DELETE and not is_public(post):
        outcomes.skipped(post, _("It is not on the website (any more)."))
        return
    try:
        adapter = build(post.channel.kind, post.channel.settings, secrets.read(post.channel))
        message = _prepare(post, adapter)
        if adapter.per_recipient:
            outcomes.delivered(post, recipients.serve(post, adapter, message))
        else:
            outcomes.sent(post, _CALLS[post.action](post, adapter, message))
    except ClaimLost:
        logger.warning("Post %s was taken up by another run", post.pk)
    except CannotTell as reason:
        outcomes.unsure(post, str(reason))
    except SignInAgain as failure:
        outcomes.sign_in(post, failure)
    except Refused as failure:
        outcomes.failed(post, failure.reason)
    except Uncertain as failure:
        _look_again(post, failure)
    except Later as failure:
        if post.attempts >= rules.ATTEMPTS and post.memory.get(LOOK):
            outcomes.unsure(post, failure.reason)
        else:
            outcomes.later(post, failure)


def is_public(post: Post) -> bool:
    """The website first: nothing is said of a page that not everyone can read."""
    page = post.page
    return bool(page.live) and not page.get_view_restrictions().exists()


def _prepare(post: Post, adapter: Adapter) -> Message:
    """What is to be said; nothing was sent when it cannot be made."""
    try:
        return message_of(post, adapter.limits)
    except post.page.__class__.press_release.RelatedObjectDoesNotExist as error:
        raise Refused(_("Give the press release its number first.")) from error
    except Exception as error:
        logger.exception("Post %s could not be prepared", post.pk)
        raise Later(_("The post could not be prepared.")) from error


# --- one call ---


def _publish(post: Post, adapter: Adapter, message: Message) -> Sent:
    if post.memory.get(LOOK):
        if found := _find(post, adapter, message):
            return found
        if post.attempts > rules.ATTEMPTS:
            raise Refused(_("It did not arrive in five tries."))
        outcomes.remember(post, {LOOK: ""})
    try:
        return adapter.publish(
            message,
            resume=post.memory,
            remember=lambda memory: outcomes.remember(post, memory),
        )
    except Uncertain as failure:
        if found := _find_at_once(post, adapter, message):
            return found
        raise failure
    except (Failure, ClaimLost):
        raise
    except Exception as error:  # of a library, perhaps after the call
        logger.exception("Post %s broke off", post.pk)
        raise Uncertain(_("Sending broke off. It may have been posted.")) from error


def _find(post: Post, adapter: Adapter, message: Message) -> Sent | None:
    """Ask the service for the post; CannotTell where it does not answer that."""
    try:
        return adapter.find(message, post.created_at, resume=post.memory)
    except Refused as failure:
        raise CannotTell(failure.reason) from failure
    except Uncertain as failure:
        raise Later(failure.reason) from failure


def _find_at_once(post: Post, adapter: Adapter, message: Message) -> Sent | None:
    """As `_find`; that nothing is there yet or nobody answers means nothing at this moment."""
    try:
        return _find(post, adapter, message)
    except Failure:
        return None


def _look_again(post: Post, failure: Uncertain) -> None:
    """The call may have arrived: look for it in a while, and never trust the first absence."""
    if post.action != Action.PUBLISH:  # the same once more changes nothing
        outcomes.later(post, Later(failure.reason))
    elif post.attempts >= rules.ATTEMPTS:
        outcomes.unsure(post, failure.reason)
    else:
        outcomes.remember(post, {LOOK: "1"})
        outcomes.later(post, Later(failure.reason, LOOK_AFTER.total_seconds()))


def _edit(post: Post, adapter: Adapter, message: Message) -> Sent:
    return adapter.edit(post.remote_id, message)


def _delete(post: Post, adapter: Adapter, message: Message) -> Sent:
    adapter.delete(post.remote_id)
    return Sent(post.remote_id)


_CALLS: dict[str, Callable[[Post, Adapter, Message], Any]] = {
    Action.PUBLISH: _publish,
    Action.EDIT: _edit,
    Action.DELETE: _delete,
}
