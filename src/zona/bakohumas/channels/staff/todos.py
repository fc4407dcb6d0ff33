"""What channels ask of people, on the dashboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zona.backstage.backoffice.todos import Todo, Urgency, register_todo
from zona.offices.models import Office, User

from ..models import Channel, Post
from ..policies import may_keep, may_share
from ..queries import channels_in_need, posts_in_need

State, Action = Post.State, Post.Action
MOST = 3  # items of one sort; the outbox shows the others


@register_todo(when=posts_in_need)
def posts_to_settle(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """Posts to share or take down by hand, to look at, and those that were not sent."""
    posts = list(
        posts_in_need(office, now).select_related("page", "channel").order_by("created_at")[:200]
    )
    if not posts or not may_share(user, office):
        return
    yield from _by_hand(posts, office)
    yield from _look(posts, office, now)


def _by_hand(posts: list[Post], office: Office) -> Iterator[Todo]:
    """One line an item, however many groups wait for it."""
    for action, title in (
        (Action.PUBLISH, _("Share “%(page)s”")),
        (Action.DELETE, _("Take “%(page)s” down by hand")),
    ):
        waiting: dict[int, list[Post]] = {}
        for post in posts:
            if post.state == State.TO_SHARE and post.action == action:
                waiting.setdefault(post.page_id, []).append(post)
        for rows in list(waiting.values())[-MOST:]:
            first = rows[0]
            detail = ngettext("%(n)s place waits.", "%(n)s places wait.", len(rows))
            url = reverse("channels_staff:list", args=[office.code]) + "?keadaan=perlu"
            if action == Action.PUBLISH:
                url = reverse("channels_staff:share", args=[office.code, first.page_id]) + "#tangan"
            yield Todo(
                title % {"page": first.page.title},
                detail % {"n": len(rows)},
                url,
                Urgency.SOON,
                _day(first.created_at, office),
            )


def _look(posts: list[Post], office: Office, now: dt.datetime) -> Iterator[Todo]:
    url = reverse("channels_staff:list", args=[office.code]) + "?keadaan=perlu"
    for state, title in (
        (State.UNSURE, _("Look whether “%(page)s” stands on %(channel)s, and tell")),
        (State.FAILED, _("“%(page)s” was not sent on %(channel)s")),
    ):
        rows = [post for post in posts if post.state == state]
        for post in rows[:MOST]:
            yield Todo(
                title % {"page": post.page.title, "channel": post.channel.name},
                post.reason,
                f"{url}#kiriman-{post.pk}",
                Urgency.LATE if state == State.UNSURE else Urgency.SOON,
                _day(post.created_at, office),
            )


@register_todo(when=channels_in_need)
def accounts_to_mend(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """Accounts that ask to sign in again, now or soon."""
    channels = list(channels_in_need(office, now).order_by("pk"))
    if not channels or not may_keep(user, office):
        return
    for channel in channels:
        yield _mend(channel, office, now)


def _mend(channel: Channel, office: Office, now: dt.datetime) -> Todo:
    url = reverse("channels_staff:account", args=[office.code, channel.pk])
    ends = channel.secret_expires_at
    if channel.needs_sign_in or ends is None or ends <= now:
        title = _("Sign in again: %(channel)s") % {"channel": channel.name}
        return Todo(title, channel.last_reason, url, Urgency.LATE)
    day = _day(ends, office)
    title = _("The access of %(channel)s ends on %(day)s")
    said = {"channel": channel.name, "day": date_format(day, "j F Y")}
    return Todo(title % said, _("Sign in again before that day."), url, Urgency.SOON, day)


def _day(moment: dt.datetime, office: Office) -> dt.date:
    return moment.astimezone(office.tz).date()
