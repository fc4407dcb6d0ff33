"""Drafts for the checker, from pages and from forms that are being filled in. Only reads."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from zona.backstage.rights.isolation import visible_photos
from zona.bakohumas.agenda.models import Coverage, Participation
from zona.bakohumas.agenda.rules.duties import likeness
from zona.ground.guard.numbers import read_number
from zona.offices.models import Office, User
from zona.website.site.models import BasePage
from zona.website.site.models import Photo as Picture
from zona.website.site.models.files import Consent, People

from .rules import Draft, Event, Photo, Sibling

MOST_TEXT = 100_000  # characters of one field that are read
ALIKE = 0.7  # share of words from which two items of one day seem to tell of the same
BLOCKS = ("p", "li", "h2", "h3", "h4", "blockquote")
_GAP = re.compile(r"\n\s*\n")


def draft_of_page(page: BasePage) -> Draft:
    """An item as it stands in this instance, saved or not."""
    body = getattr(page, "body", ()) or ()
    html = getattr(page, "text", "") or getattr(page, "transcript", "")
    texts: list[str] = []
    cells: list[str] = []
    photos = list(_photos_of(page))
    for block in body:
        texts += _texts_of_block(block)
        if block.block_type == "table":
            cells += strings_in(block.get_prep_value()["value"])
        if block.block_type == "photo" and block.value.get("image"):
            photos.append(_photo(block.value["image"], block.value["caption"], is_main=False))
    return _draft(
        page.office,
        page=page,
        participations=_participations(page),
        title=page.title,
        lead=page.lead,
        paragraphs=(*texts, *texts_of_html(html)),
        cells=tuple(cells),
        dateline=getattr(page, "dateline", ""),
        place=getattr(page, "place", ""),
        people=getattr(page, "people", ""),
        activity_date=page.activity_date,
        photos=tuple(photos),
    )


def _texts_of_block(block: Any) -> list[str]:
    if block.block_type == "paragraph":
        return texts_of_html(block.value.source)
    if block.block_type == "heading":
        return [str(block.value)]
    return [str(block.value["text"])] if block.block_type == "quote" else []


def strings_in(raw: Any) -> Iterator[str]:
    """All texts in the raw value of a block, in their order."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, Mapping | list):
        for part in raw.values() if isinstance(raw, Mapping) else raw:
            yield from strings_in(part)


def texts_of_html(html: str) -> list[str]:
    """The paragraphs and points of a rich text, without their markup."""
    soup = BeautifulSoup(html or "", "html.parser")
    for line_break in soup.find_all("br"):
        line_break.replace_with("\n")
    blocks = soup.find_all(BLOCKS)
    texts = [block.get_text() for block in blocks] if blocks else [soup.get_text()]
    return [text for text in texts if text.strip()]


def _photos_of(page: BasePage) -> Iterator[Photo]:
    if page.photo:
        yield _photo(page.photo, page.caption, is_main=True)
    rows = getattr(page, "photos", None)
    for row in rows.all() if rows is not None else ():
        if row.photo_id:
            yield _photo(row.photo, row.caption, is_main=False)


def _photo(picture: Picture, caption: str, *, is_main: bool) -> Photo:
    return Photo(
        alt=picture.description,
        caption=caption,
        credit=picture.credit,
        has_children=picture.has_children,
        has_consent=picture.consent == Consent.WRITTEN,
        shows_named=picture.people == People.NAMED,
        is_asked=picture.consent != Consent.OPEN,
        is_main=is_main,
    )


@dataclass(frozen=True)
class Typed:
    """What stands in a form that was not sent yet, and where its paragraphs begin."""

    draft: Draft
    begins: Sequence[int]  # of each paragraph in the field `text`


def draft_of_form(
    office: Office,
    given: Mapping[str, str],
    *,
    user: User,
    page: BasePage | None = None,
    participations: Sequence[Participation] = (),
) -> Typed:
    """The fields of a form that is being filled in; what it lacks comes from the saved page."""
    values = {name: _plain(given.get(name, "")) for name in ("title", "lead", "text")}
    parts = list(_parts(values["text"]))
    photos = tuple(_typed_photos(given, user, page))
    draft = _draft(
        office,
        page=page,
        kind=page.kind if page else given.get("kind", "") or "article",
        participations=[*participations, *_participations(page)],
        title=values["title"],
        lead=values["lead"],
        paragraphs=tuple(text for _begin, text in parts),
        dateline=given.get("dateline", "").strip(),
        place=given.get("place", "").strip(),
        people=given.get("people", "").strip(),
        activity_date=_day(given.get("activity_date", "")),
        photos=photos,
    )
    return Typed(draft, [begin for begin, _text in parts])


def _plain(text: str) -> str:
    return text[:MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n")


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """(where it begins, paragraph): blank lines part paragraphs."""
    begin = 0
    for gap in _GAP.finditer(text):
        yield begin, text[begin : gap.start()]
        begin = gap.end()
    if text[begin:].strip():
        yield begin, text[begin:]


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


def _typed_photos(given: Mapping[str, str], user: User, page: BasePage | None) -> Iterator[Photo]:
    """The main photo: its words from the form where it has them, else from the library."""
    number = read_number(given.get("photo"))
    picture = page.photo if page else None
    if number is not None and (picture is None or picture.pk != number):
        picture = visible_photos(user).filter(pk=number).first()
    caption = given.get("caption", "")
    if "alt" not in given:
        if picture is not None:
            yield _photo(picture, caption, is_main=True)
        return
    if not (picture or given.get("has_photo") or given["alt"] or caption):
        return
    consent = given.get("consent", "")
    yield Photo(
        alt=given["alt"],
        caption=caption,
        credit=given.get("credit", ""),
        has_children=bool(given.get("has_children")),
        has_consent=consent == Consent.WRITTEN,
        shows_named=given.get("seen") == People.NAMED,
        is_asked=consent != Consent.OPEN,
    )


def _draft(
    office: Office,
    *,
    page: BasePage | None,
    participations: Sequence[Participation],
    kind: str = "",
    **values: Any,
) -> Draft:
    """What forms and pages share: days, event, other items of the same event."""
    rows = list({row.pk: row for row in participations}.values())
    return Draft(
        kind=kind or (page.kind if page else "article"),
        publish_on=_publish_on(office, page),
        event=_event(rows[0], office) if len(rows) == 1 else None,
        is_roundup=len(rows) > 1,
        siblings=tuple(_siblings(office, page, rows, values["title"], values["activity_date"])),
        **values,
    )


def _publish_on(office: Office, page: BasePage | None) -> dt.date:
    """The day in the office's own time on which it came out, or will; today for a draft."""
    moment = (page.first_published_at or page.go_live_at) if page else None
    return (moment or timezone.now()).astimezone(office.tz).date()


def _participations(page: BasePage | None) -> list[Participation]:
    if page is None or page.pk is None:
        return []
    rows = Participation.objects.filter(coverages__page_id=page.pk)
    return list(rows.select_related("event"))


def _event(row: Participation, office: Office) -> Event:
    first, last = (
        moment.astimezone(office.tz).date() for moment in (row.event.starts_at, row.event.ends_at)
    )
    return Event(row.event.title, first, last)


def _siblings(
    office: Office,
    page: BasePage | None,
    participations: Sequence[Participation],
    title: str,
    day: dt.date | None,
) -> Iterator[Sibling]:
    """Other items on the same event; of an item without one, those of its day that are alike."""
    own = page.pk if page else None
    if participations:
        rows = Coverage.objects.filter(participation__in=participations).exclude(page_id=own)
        others = [row.page for row in rows.select_related("page")[:5]]
    elif day and title:
        items = BasePage.objects.filter(office=office, activity_date=day).exclude(pk=own)
        found = items.only("title", "draft_title", "kind")[:50]
        others = [
            row for row in found if likeness(title, day, row.draft_title or row.title, day) >= ALIKE
        ]
    else:
        others = []
    for other in others:
        url = reverse("wagtailadmin_pages:edit", args=[other.pk])
        yield Sibling(other.draft_title or other.title, url, other.kind)
