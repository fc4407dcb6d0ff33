"""One text, one draft: what comes from the same form meets on one row, the older after the newer.

A form for writing carries a key that is made when it is shown; nothing is written then. The first
saving claims the row of the key, under a lock, and all that follows edits the item it has made.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from zona.offices.models import User
from zona.website.site.models import BasePage

from ..models import Review, WritingKey
from ..rules.writing import Stage

KEPT = dt.timedelta(days=60)  # as long may a text wait in a browser


class Overtaken(Exception):
    """What is saved now does not build on how the item stands; the words say what happened."""

    def __init__(self, words: str, page: BasePage | None = None) -> None:
        super().__init__(words)
        self.words, self.page = words, page


def claim(actor: User, key: uuid.UUID) -> WritingKey:
    """The row of the key, locked until the transaction ends; made when there is none.

    Two first savings at once both come here, and the second waits for what the first has made.
    """
    limit = timezone.now() - KEPT
    WritingKey.objects.filter(author=actor, made_at__lt=limit).exclude(key=key).delete()
    WritingKey.objects.bulk_create([WritingKey(author=actor, key=key)], ignore_conflicts=True)
    return WritingKey.objects.select_for_update().get(author=actor, key=key)


def page_of(row: WritingKey) -> BasePage | None:
    """The item that the form has made, or None for one that was not saved yet.

    Raises Overtaken when it was deleted since.
    """
    if row.page_id is None and row.version:
        raise Overtaken(_("This draft was deleted in the meantime."))
    return row.page


def check_order(row: WritingKey, sequence: int) -> None:
    """Raises Overtaken when a newer writing of the same form is kept already."""
    if row.version and sequence < row.sequence:
        raise Overtaken(_("A newer version of this text is kept already."), row.page)


def check_base(actor: User, page: BasePage, expected: str) -> None:
    """Raises Overtaken when the item is no longer as the writer had it before; "" asks nothing."""
    current = version_of(page)
    if expected and expected != current:
        before, now = expected.rpartition(".")[2], current.rpartition(".")[2]
        raise Overtaken(what_happened(actor, page, now if now != before else ""), page)


def keep(row: WritingKey, page: BasePage, sequence: int) -> None:
    """Note what was written, as the last step of the transaction that wrote it."""
    row.page_id, row.sequence, row.version = page.pk, sequence, version_of(page)
    row.save(update_fields=["page", "sequence", "version"])


def version_of(page: BasePage) -> str:
    """Names one state of an item: revision, the moment it was written, and what became of it."""
    revision = Revision.objects.for_instance(page).order_by("-created_at", "-pk").first()
    if revision is None:
        return f"0.0.{stage_of(page)}"
    return f"{revision.pk}.{int(revision.created_at.timestamp() * 1_000_000)}.{stage_of(page)}"


def stage_of(page: BasePage) -> Stage:
    """How far an item has come, asked of the database."""
    if Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False).exists():
        return "scheduled"
    if Review.objects.filter(page_id=page.pk, state=Review.State.WAITING).exists():
        return "waiting"
    return "live" if BasePage.objects.filter(pk=page.pk, live=True).exists() else "draft"


def what_happened(actor: User, page: BasePage, stage: str) -> str:
    """Why a text is refused; `stage`: what the item has become since, "" when it is the same."""
    if stage == "live":
        return _("This item has been published in the meantime. What you wrote is not in it.")
    if stage == "scheduled":
        return _("This item has been scheduled in the meantime. What you wrote is not in it.")
    if stage == "waiting":
        return _("Approval of this item has been asked for in the meantime.")
    latest = Revision.objects.for_instance(page).order_by("-created_at", "-pk").first()
    if latest is not None and latest.user is not None and latest.user_id != actor.pk:
        return _("%(person)s has saved this draft in the meantime.") % {"person": latest.user}
    return _("You have changed this draft in another window or on another device.")
