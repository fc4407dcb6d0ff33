"""Cards follow their pages."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from zona.website.site.models import BasePage

from .tasks import drop_cards, make_card


def order_card(page: BasePage, _revision: object) -> None:
    """A step of publication."""
    if page.office_id and not page.is_imported:  # an import asks for none of thousands
        make_card.enqueue(page.pk)


def order_drop(page: BasePage) -> None:
    """A step of leaving."""
    drop_cards.enqueue(page.pk)


@receiver(post_delete)
def order_drop_of_deleted(sender: type, instance: Any, **_: Any) -> None:
    if sender is BasePage:
        drop_cards.enqueue(instance.pk)
