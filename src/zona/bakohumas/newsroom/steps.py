"""Steps of publication."""

from __future__ import annotations

from zona.website.site.models import BasePage

from .actions.following import close_if_published
from .actions.publishing import tell_planned_channels


def close_review(page: BasePage, _revision: object) -> None:
    """An item that came out waits for nobody any more."""
    if page.live:  # a step is taken for what will come out by the clock too
        close_if_published(page)


def tell_channels(page: BasePage, _revision: object) -> None:
    """The website first, then its channels."""
    if page.live:
        tell_planned_channels(page)
