"""What the screens and the outbox read. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from zona.ground.mail.sending import mail_leaves
from zona.offices.models import Office
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage
from zona.website.site.models.base import Tag
from zona.website.site.queries import rubrics_in_use

from .models import Announced, Channel, Delivery, Frequency, Subscriber, Subscription
from .rules import Topic

FRESH = dt.timedelta(days=2)
MOST_TAGS = 8


def takes_subscriptions(office: Office) -> bool:
    """Whether the public can subscribe to an office's news by e-mail."""
    return office.is_open and mail_leaves()


def topics_of(office: Office, also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(topic, name) of what can be followed: the office, its rubrics, its commonest tags.

    `also`: topics that are asked for; those among them that are rarer tags of the office join in.
    """
    used = Tag.objects.filter(
        tagged_pages__content_object__office=office, tagged_pages__content_object__live=True
    )
    tags = list(used.annotate(uses=Count("tagged_pages")).order_by("-uses", "name")[:MOST_TAGS])
    asked = {int(m[1]) for topic in also if (m := re.fullmatch(r"topik-(\d{1,12})", topic))}
    asked -= {tag.pk for tag in tags}
    if asked:
        tags += used.filter(pk__in=asked).distinct().order_by("name")
    return [
        (str(Topic("kantor")), _("All news of this office")),
        *((str(Topic("rubrik", row.pk)), row.title) for row in rubrics_in_use(office)),
        *((str(Topic("topik", tag.pk)), _("Topic: %(name)s") % {"name": tag.name}) for tag in tags),
    ]


def name_topic(row: Subscription) -> str:
    """What a subscription is called in a letter: office, and what of it."""
    of = row.rubric.title if row.rubric else row.tag.name if row.tag else ""
    return f"{row.office.short_name}: {of}" if of else row.office.short_name


def fresh_items(now: dt.datetime) -> QuerySet[BasePage]:
    """Own items that were first published lately and have not been announced."""
    return (
        BasePage.objects.live()
        .public()
        .filter(
            kind__in=KINDS,
            source_id="",
            office__isnull=False,
            first_published_at__gt=now - FRESH,
            first_published_at__lte=now,
        )
        .exclude(pk__in=Announced.objects.values("page_id"))
        .select_related("office", "rubric")
    )


def followers(page: BasePage) -> QuerySet[Subscriber]:
    """Whom an item concerns: confirmed before it was published, and not paused."""
    matching = Subscription.objects.filter(
        Q(rubric=None, tag=None)
        | Q(rubric__isnull=False, rubric_id=page.rubric_id)
        | Q(tag__in=page.tags.all()),
        office_id=page.office_id,
        confirmed_at__lte=page.first_published_at,
    )
    return Subscriber.objects.filter(
        pk__in=matching.values("subscriber_id"), confirmed_at__isnull=False, paused_at=None
    )


def due_deliveries(now: dt.datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        state=Delivery.State.WAITING, due_at__lte=now, subscriber__paused_at=None
    ).exclude(subscriber=None)


@dataclass
class Numbers:
    """How an office's subscriptions stand; numbers only, never addresses."""

    channels: list[tuple[str, int]] = field(default_factory=list)
    frequencies: list[tuple[str, int]] = field(default_factory=list)
    topics: list[tuple[str, int]] = field(default_factory=list)
    unconfirmed: int = 0
    paused: int = 0
    deliveries: list[tuple[str, str, int]] = field(default_factory=list)  # channel, state, count
    items: list[tuple[str, int]] = field(default_factory=list)  # item, sent


def count_subscribers(office: Office, now: dt.datetime) -> Numbers:
    """The numbers of one office; what was sent in the last 30 days."""
    rows = Subscription.objects.filter(office=office)
    people = Subscriber.objects.filter(
        pk__in=rows.filter(confirmed_at__isnull=False).values("subscriber_id")
    )
    by_channel = dict(people.values_list("channel").annotate(Count("pk")).order_by())
    mail = people.filter(channel=Channel.EMAIL)
    by_frequency = dict(mail.values_list("frequency").annotate(Count("pk")).order_by())
    by_topic = dict(
        rows.filter(confirmed_at__isnull=False)
        .values_list("topic")
        .annotate(Count("pk"))
        .order_by()
    )
    sent = Delivery.objects.filter(office=office, due_at__gte=now - dt.timedelta(days=30))
    by_state = (
        sent.values_list("channel", "state").annotate(Count("pk")).order_by("channel", "state")
    )
    items = (
        sent.filter(state=Delivery.State.SENT)
        .values_list("page__title")
        .annotate(Count("pk"))
        .order_by("-page__first_published_at")[:10]
    )
    names = topics_of(office, by_topic)
    return Numbers(
        channels=[(str(c.label), by_channel.get(c.value, 0)) for c in Channel],
        frequencies=[(str(f.label), by_frequency.get(f.value, 0)) for f in Frequency],
        topics=[(name, by_topic[topic]) for topic, name in names if topic in by_topic],
        unconfirmed=rows.filter(confirmed_at=None).count(),
        paused=people.exclude(paused_at=None).count(),
        deliveries=[
            (str(Channel(channel).label), str(Delivery.State(state).label), count)
            for channel, state, count in by_state.order_by("channel", "state")
        ],
        items=list(items),
    )
