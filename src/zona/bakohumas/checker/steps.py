"""Steps of publication."""

from __future__ import annotations

from wagtail.models import Revision

from zona.website.site.models import BasePage

from .gate import is_checked
from .tasks import note_catches


def order_catches(page: BasePage, revision: Revision | None) -> None:
    """When an item first comes out; the worker reads its drafts, which may take a while."""
    is_first = page.first_published_at == page.last_published_at
    if page.live and is_first and revision is not None and is_checked(page):
        note_catches.enqueue(page.pk, revision.pk)
