"""What follows when the agenda changes or an item comes out."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from zona.website.showcase.models import BasePage

from .actions.coverage import ensure_default_duties, follow_event
from .actions.publishing import after_publication
from .models import Event, Participation


@receiver(post_save, sender=Participation)
def give_duties(instance: Participation, created: bool, raw: bool = False, **_: Any) -> None:
    if created and not raw:
        ensure_default_duties(instance)


@receiver(post_save, sender=Event)
def move_deadlines(instance: Event, created: bool, raw: bool = False, **_: Any) -> None:
    if not created and not raw:
        follow_event(instance)


@receiver(page_published)
def settle_and_tell(instance: BasePage, **_: Any) -> None:
    if instance.live:  # the signal is sent for what will come out by the clock too
        after_publication(instance)
