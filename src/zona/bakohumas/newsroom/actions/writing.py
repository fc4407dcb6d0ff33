"""Writing: the draft that begins from an event, kept while one types."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.models import Revision

from zona.backstage.rights.grants import collection_of
from zona.bakohumas.agenda.actions.duties import begin_text
from zona.bakohumas.agenda.models import Coverage, Participation
from zona.bakohumas.agenda.policies.coverage import check_may_write
from zona.ground.guard.numbers import read_number
from zona.ground.journal.actions import record
from zona.offices.models import Office, User
from zona.website.site.forms import reserved_words
from zona.website.site.models import ArticlePage, BasePage, IndexPage, Photo, Rubric
from zona.website.site.models.files import Rights
from zona.website.site.staff.desk import desk_of

from ..bodies import body_of, body_text
from ..models import ItemPlan, Review
from ..policies.writing import get_article_for
from ..rules import writing as rules
from . import keys

# Fields of the screen that are fields of the page as they stand.
PLAIN = (
    "lead",
    "dateline",
    "place",
    "people",
    "activity_date",
    "caption",
    "sign_off",
    "go_live_at",
)
PHOTO = {"alt": "description", "credit": "credit", "seen": "people", "consent": "consent"}


@dataclass(frozen=True)
class Writing:
    """Which form a text comes from, how new it is, and what it builds on (`keys.version_of`)."""

    key: uuid.UUID | None = None
    sequence: int = 0
    base: str = ""


@transaction.atomic
def keep(
    *,
    actor: User,
    office: Office,
    page: ArticlePage | None,
    participations: Sequence[Participation],
    fields: Mapping[str, Any],
    writing: Writing,
) -> ArticlePage:
    """Keep what a form says: in the item it belongs to, which its first saving makes.

    Raises keys.Overtaken when it is older than what is kept, or builds on another state of it.
    """
    if writing.key is None:
        if page is None:
            return begin(actor=actor, office=office, participations=participations, fields=fields)
        return save(actor=actor, page=page, fields=fields, base=writing.base)
    row = keys.claim(actor, writing.key)
    made = keys.page_of(row)
    if made is not None:
        keys.check_order(row, writing.sequence)
        keys.check_base(actor, made, row.version)  # before rights: a scheduled item is locked
        article = get_article_for(actor, made.pk)
        kept = save(actor=actor, page=article, fields=fields)
    elif begun := page or draft_of(actor, [row.pk for row in participations]):
        # Without a base the form was shown before there was a draft, which came from another one.
        kept = save(actor=actor, page=begun, fields=fields, base=writing.base or "none")
    else:
        kept = begin(actor=actor, office=office, participations=participations, fields=fields)
    keys.keep(row, kept, writing.sequence)
    return kept


@transaction.atomic
def begin(
    *,
    actor: User,
    office: Office,
    participations: Sequence[Participation] = (),
    fields: Mapping[str, Any],
) -> ArticlePage:
    """Make the draft of one event, of several (a roundup), or of none (story first).

    What the actor has begun for the very same events is gone on with, so that a repeated request
    makes no second draft. Raises PermissionDenied for strangers.
    """
    check_may_write(actor, office)
    if any(row.office_id != office.pk for row in participations):
        raise PermissionDenied
    events = [row.pk for row in participations]
    list(Participation.objects.select_for_update().filter(pk__in=events).values_list("pk"))
    begun = draft_of(actor, events)
    if begun is not None:
        return save(actor=actor, page=begun, fields=fields)
    index = desk_of(actor, office).index
    if index is None:
        raise PermissionDenied
    page = ArticlePage(title=fields.get("title") or "Tanpa judul", live=False, owner=actor)
    lock_children(index.pk)
    parent = IndexPage.objects.get(pk=index.pk)  # the tree may have moved on
    page.slug = _free_slug(page, parent)
    parent.add_child(instance=page)
    log(instance=page, action="wagtail.create", user=actor)
    for participation in participations:
        Coverage.objects.create(participation=participation, page_id=page.pk, linked_by=actor)
        begin_text(actor=actor, participation=participation)
    saved = save(actor=actor, page=page, fields=fields)
    record(
        actor=actor,
        verb="newsroom.draft_begun",
        target=saved,
        office_code=office.code,
        changes={"events": [[], events]},
    )
    return saved


def draft_of(actor: User, participation_ids: Sequence[int]) -> ArticlePage | None:
    """The unpublished draft of the actor for exactly these events, newest version."""
    if not participation_ids:
        return None
    pages = ArticlePage.objects.filter(owner=actor, live=False, first_published_at=None)
    for key in participation_ids:
        pages = pages.filter(coverages__participation_id=key)
    for page in pages.order_by("-pk"):
        if page.coverages.count() == len(participation_ids):
            draft: ArticlePage = page.get_latest_revision_as_object()
            return draft
    return None


@transaction.atomic
def save(
    *, actor: User, page: ArticlePage, fields: Mapping[str, Any], base: str = ""
) -> ArticlePage:
    """Keep what was typed. One person's work on a draft is one revision, kept up to date.

    `fields` has only what the screen showed. Raises keys.Overtaken when the item is no longer as
    `base` says, PermissionDenied for those who may not edit the page.
    """
    BasePage.objects.select_for_update().filter(pk=page.pk).values_list("pk").first()
    keys.check_base(actor, page, base)
    latest = None
    if page.latest_revision_id is not None:  # a page just made is the maker's
        page = get_article_for(actor, page.pk)
        latest = page.get_latest_revision()
    _apply(page, fields)
    _keep_photo(actor, page, fields)
    keep_plan(actor, page, fields)
    page.is_being_drafted = True
    overwritten = latest if latest is not None and _is_own_work(actor, page, latest) else None
    page.save_revision(user=actor, log_action=overwritten is None, overwrite_revision=overwritten)
    return page


def _is_own_work(actor: User, page: ArticlePage, latest: Revision) -> bool:
    """Whether the newest revision may be written over: nobody else relies on how it stands."""
    return (
        latest.user_id == actor.pk
        and latest.pk != page.live_revision_id
        and latest.approved_go_live_at is None
        and not Review.objects.filter(revision=latest).exists()
    )


def _apply(page: ArticlePage, fields: Mapping[str, Any]) -> None:
    for name in PLAIN:
        if name in fields:
            setattr(page, name, fields[name])
    if title := fields.get("title", "").strip():
        page.title = title
        if page.first_published_at is None:
            lock_children(page.get_parent().pk)
            parent = page.get_parent(update=True)
            page.slug = _free_slug(page, parent)
    if "text" in fields and body_text(page) is not None:
        page.body = body_of(fields["text"])
    if "rubric" in fields:
        rubric: Rubric | None = fields["rubric"]
        if rubric is not None and rubric.office_id != page.office_id:
            raise PermissionDenied
        page.rubric = rubric
    if "tags" in fields:
        page.tags.set(fields["tags"])


def lock_children(parent_id: int) -> None:
    """Who looks for a free address below a page waits for the one who has just taken it."""
    BasePage.objects.select_for_update().filter(pk=parent_id).values_list("pk").first()


def _free_slug(page: BasePage, parent: Any) -> str:
    """A short address from the title that no sibling has; never one of Zona's own or a year."""
    made = slugify(page.title)[:240] or "kabar"
    if made in reserved_words() or made.isdigit():
        made = f"{made}-kabar"
    siblings = parent.get_children().exclude(pk=page.pk).filter(slug__startswith=made)
    taken = set(siblings.values_list("slug", flat=True))
    free, number = made, 2
    while free in taken:
        free, number = f"{made}-{number}", number + 1
    return free


def _keep_photo(actor: User, page: ArticlePage, fields: Mapping[str, Any]) -> None:
    """A new picture goes into the office's folder; words about one of the own are kept with it."""
    file = fields.get("photo")
    told = {to: fields[name] for name, to in PHOTO.items() if name in fields}
    if "has_children" in fields:
        told["has_children"] = fields["has_children"]
    if file:
        folder = collection_of(page.office)
        if folder is None:
            raise PermissionDenied
        page.photo = Photo.objects.create(
            title=page.title[:255],
            file=file,
            collection=folder,
            uploaded_by_user=actor,
            rights=Rights.OWN,
            **told,
        )
    elif page.photo is not None and page.photo.uploaded_by_user_id == actor.pk:
        changed = [name for name, value in told.items() if getattr(page.photo, name) != value]
        for name in changed:
            setattr(page.photo, name, told[name])
        if changed:
            page.photo.save(update_fields=changed)


def keep_plan(actor: User, page: ArticlePage, fields: Mapping[str, Any]) -> ItemPlan:
    """Where the item shall go, and how grave the writer finds a mistake in it."""
    plan, _is_new = ItemPlan.objects.get_or_create(page_id=page.pk, defaults={"by": actor})
    before = (plan.channels, plan.risk, plan.by_id)
    if "channels" in fields:
        own = set(page.office.channels.filter(is_active=True).values_list("pk", flat=True))
        plan.channels = sorted({read_number(key) for key in fields["channels"]} & own)
    if fields.get("risk"):
        plan.risk = fields["risk"]
    plan.by = actor
    if (plan.channels, plan.risk, plan.by_id) != before:
        plan.save()
    return plan


def first_fields(participation: Participation, dateline: str) -> dict[str, Any]:
    """What the screen begins with for an event: what is known, and guidance for the rest."""
    event, office = participation.event, participation.office
    day: dt.date = event.starts_at.astimezone(office.tz).date()
    where = event.place.strip()
    values = {
        "hari": rules.day_text(day),
        "tanggal": rules.day_text(day),
        "tempat": where,
        "di mana": f"di {where}" if where else "secara daring" if event.mode == "online" else "",
        "kegiatan": event.title,
        "kantor": office.short_name,
        "peserta": event.people,
        "siapa": event.people,
        "penyelenggara": event.host_name or event.office.short_name,
    }
    return {
        "title": event.title,
        "lead": rules.fill_skeleton(rules.LEAD, values)[:500],
        "text": rules.fill_skeleton(event.kind.skeleton, values),
        "dateline": dateline,
        "place": where,
        "people": event.people,
        "activity_date": day,
    }


def begin_roundup(
    *, actor: User, office: Office, participations: Sequence[Participation], dateline: str
) -> ArticlePage:
    """One draft that tells of several routine events, linked to all of them."""
    told = [
        rules.Told(
            row.event.title, row.event.starts_at.astimezone(office.tz).date(), row.event.place
        )
        for row in participations
    ]
    first, last = min(row.day for row in told), max(row.day for row in told)
    span = f"{first.day}/{first.month}" if first != last else ""
    until = f"{last.day}/{last.month}/{last.year}"
    fields = {
        "title": f"Sepekan di {office.short_name}, {f'{span}–' if span else ''}{until}",
        "lead": "",
        "text": rules.roundup_text(told),
        "dateline": dateline,
        "activity_date": last,
    }
    return begin(actor=actor, office=office, participations=participations, fields=fields)
