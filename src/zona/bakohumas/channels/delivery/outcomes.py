"""What came of a try, written into the row of the post and of its channel, and told to staff."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.journal.naming import Target
from zona.ground.outbox.claims import settle, write

from .. import rules
from ..actions import posts as actions
from ..actions.accounts import hold_unchanged
from ..adapters.base import Later, Sent, SignInAgain
from ..models import Channel, Post
from ..tasks import send_alert
from .recipients import Tally

State, Action = Post.State, Post.Action


def remember(post: Post, memory: dict[str, str]) -> None:
    """Keep what an adapter needs to find its post again, committed before it goes on."""
    write(post, memory={k: v for k, v in (post.memory | memory).items() if v})


def sent(post: Post, answer: Sent) -> None:
    """It is there (or, of a deletion, gone)."""
    now = timezone.now()
    with transaction.atomic():
        settle(
            post,
            state=State.SENT,
            sent_at=now,
            remote_id=answer.remote_id[:200],
            permalink=answer.permalink[:500],
            cost=answer.cost,
            reason="",
            memory={},
        )
        _works_again(post.channel)
        _tell_origin(post)
        _journal(post)
    if post.action == Action.PUBLISH:
        _withdraw_if_gone(post)


def _tell_origin(post: Post) -> None:
    """The row of the post itself says what stands there now."""
    if post.action == Action.DELETE:
        Post.objects.filter(pk=post.of_id or 0).update(state=State.DELETED)
    elif post.action == Action.EDIT:
        Post.objects.filter(pk=post.of_id or 0).update(text=post.text)


def _withdraw_if_gone(post: Post) -> None:
    """The page may have left the website while its post was on the way."""
    post.page.refresh_from_db(fields=["live"])
    if not post.page.live:
        actions.withdraw(page=post.page)


def delivered(post: Post, tally: Tally) -> None:
    """What became of letters or messages to each recipient."""
    if tally.more:
        settle(post, state=State.WAITING, due_at=timezone.now(), attempts=0)
        return
    with transaction.atomic():
        fields = {"reason": tally.reason[:500], "cost": tally.cost or None}
        if tally.sent or tally.unsure:
            settle(post, state=State.SENT, sent_at=timezone.now(), **fields)
            _works_again(post.channel)
            _journal(post)
            return
        settle(post, state=State.FAILED, **fields)
        _alert(post, tally.reason)


def later(post: Post, failure: Later) -> None:
    """Nothing was posted: again after a while, at most five times; the channel may need a rest."""
    now = timezone.now()
    rests = _failed_once(post.channel, failure.reason, now)
    if post.attempts >= rules.ATTEMPTS:
        failed(post, failure.reason)
        return
    wait = max(dt.timedelta(seconds=failure.wait or 0), rules.wait_before(post.attempts))
    with transaction.atomic():
        settle(post, state=State.WAITING, due_at=now + wait, reason=failure.reason[:500])
        if rests:
            alert(
                post.channel,
                _("%(channel)s does not answer; Zona tries again by itself. %(why)s")
                % {"channel": post.channel.name, "why": failure.reason},
            )


def sign_in(post: Post, failure: SignInAgain) -> None:
    """The account has to be put right by a person; the post waits, and this was no try of it."""
    with transaction.atomic():
        row = hold_unchanged(post.channel)  # None: a person has put it right meanwhile
        if row is not None and not row.needs_sign_in:
            row.needs_sign_in, row.last_reason = True, failure.reason[:500]
            row.save(update_fields=["needs_sign_in", "last_reason"])
            alert(
                post.channel,
                _("%(channel)s asks to sign in again: posts wait. %(why)s")
                % {"channel": post.channel.name, "why": failure.reason},
            )
    attempts = max(0, post.attempts - 1)
    settle(post, state=State.WAITING, attempts=attempts, reason=failure.reason[:500])


def failed(post: Post, reason: str) -> None:
    """Not sent, until a person changes something."""
    with transaction.atomic():
        settle(post, state=State.FAILED, reason=reason[:500])
        _alert(post, reason)


def unsure(post: Post, reason: str) -> None:
    """Perhaps sent, and nobody but a person can tell."""
    with transaction.atomic():
        settle(post, state=State.UNSURE, reason=reason[:500])
        alert(
            post.channel,
            _("Perhaps posted on %(channel)s: “%(page)s”. Please look and tell in the outbox.")
            % {"channel": post.channel.name, "page": post.page.title},
        )


def skipped(post: Post, reason: str) -> None:
    settle(post, state=State.SKIPPED, reason=reason[:500])


# --- the channel, the record, the staff ---


def _works_again(channel: Channel) -> None:
    if channel.failures or channel.open_until or channel.last_reason:
        Channel.objects.filter(pk=channel.pk).update(failures=0, open_until=None, last_reason="")


def _failed_once(channel: Channel, reason: str, now: dt.datetime) -> bool:
    """Count a failure; True when the channel begins to rest with this one."""
    with transaction.atomic():
        row = Channel.objects.select_for_update().get(pk=channel.pk)
        row.failures, row.last_reason = row.failures + 1, reason[:500]
        rest = rules.rest_after(row.failures)
        row.open_until = now + rest if rest else row.open_until
        row.save(update_fields=["failures", "last_reason", "open_until"])
    return bool(rest) and row.failures == rules.FAILURES


def _journal(post: Post) -> None:
    verbs = {Action.PUBLISH: "sent", Action.EDIT: "corrected", Action.DELETE: "removed"}
    record(
        actor=None,
        verb=f"channels.{verbs[Action(post.action)]}",
        target=Target("site.basepage", str(post.page_id), post.page.title),
        office_code=post.office.code,
        changes={"channels": ["", post.channel.name]},
    )


def _alert(post: Post, reason: str) -> None:
    alert(
        post.channel,
        _("Not sent on %(channel)s: “%(page)s”. %(why)s")
        % {"channel": post.channel.name, "page": post.page.title, "why": reason},
    )


def alert(channel: Channel, text: str) -> None:
    """Tell the places for alerts of the office, in a job of its own."""
    send_alert.enqueue(channel.office_id, "channels", text)
