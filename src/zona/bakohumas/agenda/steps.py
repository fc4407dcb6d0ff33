"""Steps of publication."""

from __future__ import annotations

from zona.website.site.models import BasePage

from .actions import duties


def settle_duties(page: BasePage, _revision: object) -> None:
    """What an item delivers is done, for every event that it tells of."""
    if page.live:
        duties.settle_duties(page)
