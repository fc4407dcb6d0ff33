"""What follows when an item is published."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage

from .models import Subscription
from .tasks import deliver


@receiver(page_published)
def announce(instance: BasePage, **_: Any) -> None:
    """Send as soon as it is committed; the clock finds what was published in another way."""
    if instance.kind not in KINDS or instance.is_imported:
        return
    if Subscription.objects.filter(office_id=instance.office_id).exists():
        deliver.enqueue()
