"""What follows for an item that waits when its text is saved or comes out."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Revision
from wagtail.signals import page_published

from zona.website.showcase.models import BasePage

from .actions.following import close_if_published, follow


@receiver(post_save, sender=Revision)
def follow_text(instance: Revision, raw: bool = False, update_fields: Any = None, **_: Any) -> None:
    if not raw and update_fields is None:  # single fields only tell when it comes out
        follow(instance)


@receiver(page_published)
def close_review(instance: BasePage, **_: Any) -> None:
    if instance.live:
        close_if_published(instance)
