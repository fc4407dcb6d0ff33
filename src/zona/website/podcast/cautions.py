"""A warning to editors about a podcast's cover."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zona.website.site.models import BasePage, Photo

from .models import PodcastShowPage
from .rules import is_good_cover


def look_at_cover(page: BasePage) -> Iterator[tuple[str, Photo]]:
    """(what to think of, the picture)"""
    cover = page.photo if isinstance(page, PodcastShowPage) else None
    if cover is None:
        return
    if not is_good_cover(cover.width, cover.height):
        words = _(
            "The cover has %(width)s × %(height)s px. Podcast apps want a square of 1400 to"
            " 3000 px; until then Zona cuts and enlarges it. Save a square picture and choose"
            " it as the cover."
        )
        yield words % {"width": cover.width, "height": cover.height}, cover
