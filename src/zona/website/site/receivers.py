"""What follows when something of the website changes."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from zona.backstage.rights.provision import provision
from zona.offices.models import Office

from .actions.duties import claim_duty
from .models import ContactPage, Photo, ProfilePage
from .signals import office_opened
from .tasks import make_renditions


@receiver(post_save, sender=Photo)
def order_renditions(instance: Photo, created: bool, raw: bool = False, **_: Any) -> None:
    if not raw and (created or instance.file_was_new):
        make_renditions.enqueue(instance.pk)


@receiver(office_opened)
def follow_opening(office: Office, **_: Any) -> None:
    """Offices above may cover this one: their row belongs on a page that may be new."""
    above: Office | None = office
    while above is not None:
        provision(above)
        above = above.parent


@receiver(post_save, sender=ContactPage)
@receiver(post_save, sender=ProfilePage)
def claim(instance: ContactPage | ProfilePage, raw: bool = False, **_: Any) -> None:
    if not raw:
        claim_duty(instance)
