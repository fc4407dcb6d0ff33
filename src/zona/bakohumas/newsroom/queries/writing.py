"""What the screens of coverage and writing read. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from zona.bakohumas.agenda.models import Participation
from zona.bakohumas.channels.models import Channel
from zona.bakohumas.checker.models import CheckerSettings
from zona.offices.models import Office, User
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage

from ..models import WritingKey
from ..rules import writing as rules

SAME_TITLE_WITHIN = dt.timedelta(days=30)


def dateline_of(office: Office) -> str:
    """How the office's articles begin: as it has set, else its town."""
    row = CheckerSettings.objects.filter(office=office).values_list("dateline", flat=True).first()
    return row or rules.town_of(office.region)


def find_writing(author: User, key: uuid.UUID) -> WritingKey | None:
    """What the server knows of a form that has saved something."""
    return WritingKey.objects.filter(author=author, key=key).exclude(version="").first()


def twins_of(page: BasePage) -> list[BasePage]:
    """Other items of the office with the very title of this one, drafts and of late; at most 3."""
    since = timezone.now() - SAME_TITLE_WITHIN
    recent = Q(last_published_at__gt=since) | Q(latest_revision_created_at__gt=since)
    title = " ".join(page.title.split())
    same = Q(title__iexact=title) | Q(draft_title__iexact=title)
    rows = BasePage.objects.filter(same, recent, office_id=page.office_id, kind__in=KINDS)
    return list(rows.exclude(pk=page.pk).order_by("-latest_revision_created_at")[:3])


def channels_of(office: Office) -> list[Channel]:
    return list(Channel.objects.filter(office=office, is_active=True))


def ticked_by_default(channels: Iterable[Channel], kinds: Iterable[str]) -> list[int]:
    """Channels ticked for every item, and those that the kind of the event asks for."""
    wanted = set(kinds)
    return [row.pk for row in channels if row.by_default or row.kind in wanted]


def routine_events(office: Office, since: dt.datetime, until: dt.datetime) -> list[Participation]:
    """Routine events that took place in a span, are to be told, and of which nothing is out."""
    return list(
        Participation.objects.filter(
            office=office,
            exception="",
            event__kind__is_routine=True,
            event__cancelled_at=None,
            event__ends_at__range=(since, until),
            coverages=None,
        )
        .select_related("event__kind", "event__office", "office")
        .order_by("event__starts_at")
    )
