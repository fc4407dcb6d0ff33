"""Cards follow their pages."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from ..models import BasePage
from . import store
from .tasks import make_card


@receiver(page_published)
def order_card(instance: BasePage, **_: Any) -> None:
    if instance.office_id and not instance.is_imported:  # an import asks for none of thousands
        transaction.on_commit(lambda: make_card.enqueue(instance.pk))


@receiver(page_unpublished)
def drop_cards(instance: BasePage, **_: Any) -> None:
    transaction.on_commit(lambda: store.forget(instance.pk))


@receiver(post_delete)
def drop_cards_of_deleted(sender: type, instance: Any, **_: Any) -> None:
    if sender is BasePage:
        number = instance.pk
        transaction.on_commit(lambda: store.forget(number))
