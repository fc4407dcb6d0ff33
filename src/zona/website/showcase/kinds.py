"""The kinds of items in lists: their words in addresses and on screens."""

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


KINDS = {
    kind.code: kind
    for kind in (
        Kind("article", "berita", _("Article"), _("Articles"), "newspaper"),
        Kind("announcement", "pengumuman", _("Announcement"), _("Announcements"), "megaphone"),
        Kind("infographic", "infografis", _("Infographic"), _("Infographics"), "file-image"),
        Kind("photo_story", "foto", _("Photo story"), _("Photo stories"), "image"),
        Kind("video", "video", _("Video"), _("Videos"), "video"),
        Kind("podcast_episode", "podcast", _("Podcast episode"), _("Podcast"), "headphones"),
    )
}
BY_SLUG = {kind.slug: kind for kind in KINDS.values()}
