"""What screens read of the outbox. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet, Sum

from zona.offices.models import Office
from zona.website.site.models import BasePage
from zona.website.subscriptions.models import Channel as Follow
from zona.website.subscriptions.models import Delivery

from .adapters import limits_of
from .content import composing
from .models import Channel, LinkCount, Post

State, Action = Post.State, Post.Action
SHARE_WITHIN = dt.timedelta(days=7)  # afterwards it is no news in a group any more
FAILED_WITHIN = dt.timedelta(days=14)


def posts_in_need(office: Office, now: dt.datetime) -> QuerySet[Post]:
    """What waits for a person: to share or take down by hand, to look at, to try again."""
    rows = Post.objects.filter(
        office=office,
        state__in=(State.TO_SHARE, State.UNSURE, State.FAILED),
        created_at__gte=now - FAILED_WITHIN,
    )
    old = now - SHARE_WITHIN
    return rows.exclude(state=State.TO_SHARE, action=Action.PUBLISH, created_at__lt=old)


def channels_in_need(office: Office, now: dt.datetime) -> QuerySet[Channel]:
    """Accounts that ask to sign in again, and those whose access ends within two weeks."""
    rows = Channel.objects.filter(office=office, is_active=True)
    return rows.filter(needs_sign_in=True) | rows.filter(
        secret_expires_at__lte=now + dt.timedelta(days=14)
    )


def corrections(page: BasePage) -> list[Post]:
    """Posts that can be edited there and say something else than the item would say now."""
    posts = Post.objects.filter(page=page, state=State.SENT, action=Action.PUBLISH)
    rows = [
        post
        for post in posts.select_related("channel")
        if not post.channel.is_assisted
        and (limits := limits_of(post.channel.kind, post.channel.settings))
        and limits.can_edit
    ]
    prepared = composing.prepare_all(page, {post.channel for post in rows}) if rows else {}
    return [post for post in rows if prepared[post.channel_id].text != post.text]


def announced_to(page: BasePage) -> dict[str, int]:
    """How many subscribers had an item by e-mail and as a notification, by kind of channel."""
    rows = Delivery.objects.filter(page=page, state=Delivery.State.SENT)
    counts = dict.fromkeys(Follow.values, 0)
    for channel in rows.values_list("channel", flat=True):
        counts[channel] += 1
    return counts


def visits_by_source(office: Office, since: dt.date) -> dict[str, int]:
    """How often the short links of an office were followed, by origin, most first."""
    rows = LinkCount.objects.filter(link__office=office, day__gte=since)
    counted = rows.values_list("link__source").annotate(total=Sum("count")).order_by("-total")
    return dict(counted)
