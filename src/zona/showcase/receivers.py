"""What follows when something of the website changes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from zona.journal.actions import record

from .models import BasePage, Photo
from .tasks import make_renditions


@receiver(post_save, sender=Photo)
def order_renditions(instance: Photo, created: bool, raw: bool = False, **_: Any) -> None:
    if not raw and (created or instance.file_was_new):
        transaction.on_commit(lambda: make_renditions.enqueue(instance.pk))


def _tell(verb: str, instance: BasePage, user: Any = None) -> None:
    office = instance.office
    record(actor=user, verb=verb, target=instance, office_code=office.code if office else "")


@receiver(page_published)
def journal_published(instance: BasePage, revision: Any = None, **_: Any) -> None:
    _tell("showcase.page_published", instance, getattr(revision, "user", None))


@receiver(page_unpublished)
def journal_unpublished(instance: BasePage, **_: Any) -> None:
    _tell("showcase.page_unpublished", instance)
