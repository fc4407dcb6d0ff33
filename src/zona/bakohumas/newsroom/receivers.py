"""What follows when lower rooms tell of something: a text was saved, an item came out."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Revision
from wagtail.signals import page_published

from zona.bakohumas.agenda.signals import risk_may_fall
from zona.bakohumas.checker.actions.catches import note_catches
from zona.website.site.models import BasePage

from .actions.following import close_if_published, follow
from .actions.publishing import after_publication, keep_risk


@receiver(post_save, sender=Revision)
def follow_text(instance: Revision, raw: bool = False, update_fields: Any = None, **_: Any) -> None:
    if not raw and update_fields is None:  # single fields only tell when it comes out
        follow(instance)


@receiver(risk_may_fall)
def remember_risk(page: BasePage, **_: Any) -> None:
    keep_risk(page)


@receiver(page_published)
def finish_publication(instance: BasePage, revision: Revision | None = None, **_: Any) -> None:
    if instance.live:  # the signal is sent for what will come out by the clock too
        close_if_published(instance)
        after_publication(instance)
        note_catches(instance, revision)
