"""What follows when lower rooms tell of something: a text was saved, a risk may fall."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Revision

from zona.bakohumas.agenda.signals import risk_may_fall
from zona.website.site.models import BasePage

from .actions.following import follow
from .actions.publishing import keep_risk


@receiver(post_save, sender=Revision)
def follow_text(instance: Revision, raw: bool = False, update_fields: Any = None, **_: Any) -> None:
    if not raw and update_fields is None:  # single fields only tell when it comes out
        follow(instance)


@receiver(risk_may_fall)
def remember_risk(page: BasePage, **_: Any) -> None:
    keep_risk(page)
