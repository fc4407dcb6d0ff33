"""What follows when a page comes out or leaves, whatever way it took.

One list of steps: the rooms name theirs in `room.py`, and they run in the order of the wiring,
lower rooms first, in the transaction of `BasePage.publish`. So all of it stands, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.dispatch import receiver
from django.utils.module_loading import import_string
from wagtail.models import Revision
from wagtail.signals import page_published, page_unpublished

from zona.ground.house import gather
from zona.ground.journal.actions import record

from .models import BasePage


@cache
def steps(fact: str) -> list[Callable[..., None]]:
    """The steps that the rooms name, in their order."""
    return [import_string(path) for path in gather(fact)]


@receiver(page_published)
def follow_publication(instance: BasePage, revision: Revision | None = None, **_: Any) -> None:
    for step in steps("when_published"):
        step(instance, revision)


@receiver(page_unpublished)
def follow_leaving(instance: BasePage, **_: Any) -> None:
    for step in steps("when_unpublished"):
        step(instance)


def note_publication(page: BasePage, revision: Revision | None) -> None:
    _note("site.page_published", page, getattr(revision, "user", None))


def note_leaving(page: BasePage) -> None:
    _note("site.page_unpublished", page, None)


def _note(verb: str, page: BasePage, actor: Any) -> None:
    office = page.office
    record(actor=actor, verb=verb, target=page, office_code=office.code if office else "")
