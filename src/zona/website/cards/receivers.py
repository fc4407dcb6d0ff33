"""Cards follow their pages."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from zona.website.site.models import BasePage

from .tasks import drop_cards, make_card


@receiver(page_published)
def order_card(instance: BasePage, **_: Any) -> None:
    if instance.office_id and not instance.is_imported:  # an import asks for none of thousands
        make_card.enqueue(instance.pk)


@receiver(page_unpublished)
def order_drop(instance: BasePage, **_: Any) -> None:
    drop_cards.enqueue(instance.pk)


@receiver(post_delete)
def order_drop_of_deleted(sender: type, instance: Any, **_: Any) -> None:
    if sender is BasePage:
        drop_cards.enqueue(instance.pk)
