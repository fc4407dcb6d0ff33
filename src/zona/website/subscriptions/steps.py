"""A step of publication: who follows the office hears of it."""

from __future__ import annotations

from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage

from .models import Subscription
from .tasks import deliver


def announce(page: BasePage, _revision: object) -> None:
    """Send as soon as it is committed; the clock finds what was published in another way."""
    if page.kind not in KINDS or page.is_imported:
        return
    if Subscription.objects.filter(office_id=page.office_id).exists():
        deliver.enqueue()
