"""Steps of publication and of leaving."""

from __future__ import annotations

from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage

from .actions import posts as actions
from .content import composing
from .models import Channel, Post


def withdraw(page: BasePage) -> None:
    """Not for a page about to be deleted, which is unpublished in memory only."""
    if Post.objects.filter(page_id=page.pk, page__live=False).exists():
        actions.withdraw(page=page)


def keep(page: BasePage, _revision: object) -> None:
    """What was withdrawn or waits follows the page that comes out again."""
    actions.keep(page=page)


def make_links(page: BasePage, _revision: object) -> None:
    """Before anybody looks at what its channels would say."""
    if page.live and page.kind in KINDS and not page.is_imported:
        channels = Channel.objects.filter(office_id=page.office_id, is_active=True)
        composing.make_links(page, {channel.kind: channel for channel in channels})
