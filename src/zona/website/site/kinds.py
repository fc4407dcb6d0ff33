"""The kinds of items in lists: their words in addresses and on screens.

A room above that has items of its own adds its kind when the apps are ready.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    code: str
    slug: str  # in addresses
    one: str | Promise
    many: str | Promise
    icon: str
    is_strip: bool = False  # the newest one stands in a row of its own on the home page


KINDS = {
    kind.code: kind
    for kind in (
        Kind("article", "berita", _("Article"), _("Articles"), "newspaper"),
        Kind("announcement", "pengumuman", _("Announcement"), _("Announcements"), "megaphone"),
        Kind("infographic", "infografis", _("Infographic"), _("Infographics"), "file-image", True),
        Kind("photo_story", "foto", _("Photo story"), _("Photo stories"), "image"),
        Kind("video", "video", _("Video"), _("Videos"), "video", True),
    )
}
BY_SLUG = {kind.slug: kind for kind in KINDS.values()}


def register_kind(kind: Kind) -> None:
    """Add a kind of items, after those that are there."""
    KINDS[kind.code] = BY_SLUG[kind.slug] = kind


def strips() -> list[str]:
    """The kinds that have a row of their own on the home page, in order."""
    return [kind.code for kind in KINDS.values() if kind.is_strip]
