"""Contact and profile pages fulfil their duty without anybody choosing it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from ..actions.duties import claim_duty
from ..models import ContactPage, ProfilePage


@receiver(post_save, sender=ContactPage)
@receiver(post_save, sender=ProfilePage)
def claim(instance: ContactPage | ProfilePage, raw: bool = False, **_: Any) -> None:
    if not raw:
        claim_duty(instance)
