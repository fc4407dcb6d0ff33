"""What the packages of own items hold and lack. Nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast, Length, Trim

from zona.backstage.media.models import Transcript
from zona.offices.models import Office
from zona.website.site.kinds import KINDS
from zona.website.site.models import AnnouncementPage, ArticlePage, BasePage, StoryPhoto
from zona.website.site.recorded.recordings import PLAYED_ON

from ..rules import coverage as rules

EMPTY_BODY = 2  # characters of a body without a block: "[]"


def items_since(office: Office, since: dt.datetime) -> list[rules.Item]:
    """Own items published since a moment, with what their package lacks (five queries)."""
    own = BasePage.objects.live().filter(
        office=office, kind__in=KINDS, source_id="", first_published_at__gte=since
    )
    rows = (
        own.order_by("first_published_at")
        .annotate(mended=Count("corrections"))
        .values(
            "pk", "kind", "first_published_at", "lead", "caption", "photo",
            "photo__description", "photo__credit", "mended",
        )
    )  # fmt: skip
    keys = own.values("pk")
    bodies = _with_text(keys)
    transcripts = _with_transcript(keys)
    stories = _complete_stories(keys)
    found = []
    for row in rows:
        has = {
            name
            for name, is_there in (
                ("text", row["lead"].strip() or row["kind"] == "infographic"),
                ("photo", row["photo"]),
                ("alt", row["photo__description"]),
                ("caption", row["caption"]),
                ("credit", row["photo__credit"]),
            )
            if is_there
        }
        if row["pk"] in bodies:
            has.add("text")
        if row["pk"] in transcripts:
            has.add("transcript")
        if row["kind"] == "photo_story":
            # Its photos are the package; the main photo is one of them or none.
            has = (has & {"text"}) | stories.get(row["pk"], set())
        found.append(
            rules.Item(
                row["pk"],
                row["first_published_at"],
                row["kind"],
                lacks=rules.lacks(row["kind"], has),
                corrections=row["mended"],
            )
        )
    return found


def _with_text(keys: Any) -> set[int]:
    """Items whose body holds something."""
    found: set[int] = set()
    for model in (ArticlePage, AnnouncementPage):
        rows = model.objects.filter(pk__in=keys).annotate(
            length=Length(Trim(Cast("body", TextField())))
        )
        found.update(rows.filter(length__gt=EMPTY_BODY).values_list("pk", flat=True))
    return found


def _with_transcript(keys: Any) -> set[int]:
    """Recordings whose words can be read: a transcript that a person looked at, or plain text."""
    timed = Exists(Transcript.objects.filter(recording=OuterRef("recording"), is_draft=False))
    found: set[int] = set()
    for model in PLAYED_ON:
        rows = model.objects.filter(pk__in=keys).filter(timed | ~Q(transcript=""))
        found.update(rows.values_list("pk", flat=True))
    return found


def _complete_stories(keys: Any) -> dict[int, set[str]]:
    """What all photos of each photo story have."""
    found: dict[int, set[str]] = {}
    rows = StoryPhoto.objects.filter(page__in=keys)
    for page, caption, alt, credit in rows.values_list(
        "page", "caption", "photo__description", "photo__credit"
    ):
        has = {"photo"}
        has |= {
            name
            for name, value in (("caption", caption), ("alt", alt), ("credit", credit))
            if value
        }
        found[page] = found.get(page, has) & has
    return found
