"""What stands on the card of a page, and the address that changes whenever that changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractImage

from zona.ground.drawing.drawing import Focus
from zona.ground.drawing.lettering import FOLDER, has_glyph
from zona.ground.drawing.rules import clean
from zona.ground.ui.rules import check_accent, mix
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage, Photo
from zona.website.site.pages.rows import local_day, say_day

SIZES = {"1200x630": (1200, 630), "1080x1080": (1080, 1080), "1080x1920": (1080, 1920)}
SHARED = "1200x630"  # what OpenGraph names
TEMPLATES = Path(__file__).parent / "templates" / "cards"
EDITION = "1"  # raise it when the drawing itself changes
INK, MUTED, PAPER = "#1D1B19", "#5C5650", "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Face:
    """All that is drawn; equal faces are equal pictures."""

    title: str
    rubric: str
    date: str
    office: str
    accent: str
    logo_name: str
    photo_name: str
    focus: Focus

    @property
    def version(self) -> str:
        """A short name for this very picture."""
        told = json.dumps([asdict(self), _design()], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def context(self) -> dict[str, Any]:
        """What the SVG templates may use."""
        return {
            "title": self.title,
            "rubric": self.rubric,
            "date": self.date,
            "office": self.office,
            "logo_name": self.logo_name,
            "photo_name": self.photo_name,
            "focus": self.focus,
            "accent": self.accent,
            "pattern": mix(PAPER, self.accent, 0.14),
            "ink": INK,
            "muted": MUTED,
            "paper": PAPER,
        }


def face_of(page: BasePage) -> Face:
    """The face of a page of an office, in Indonesian, which its content is written in."""
    office = page.office
    photo: Photo | None = page.card_photo or page.photo
    title = office.long_name if page.kind == "home" else page.title
    with translation.override("id"):
        return Face(
            title=title if clean(title, has_glyph) else office.long_name,
            rubric=_rubric(page),
            date=_date(page),
            office=office.short_name,
            accent=check_accent(office.accent).light,
            logo_name=office.logo.name or "",
            photo_name=_file_name(photo),
            focus=focus_of(photo),
        )


def focus_of(photo: Photo | None) -> Focus:
    """The focus chosen for a photo, or the usual one."""
    if photo is None or not photo.has_focal_point():
        return Focus()
    return Focus(
        round(photo.focal_point_x / photo.width, 3), round(photo.focal_point_y / photo.height, 3)
    )


def describe(page: Any) -> dict[str, Any]:
    """Address, size (px) and description of the card of a public page; {} where there is none."""
    if not (isinstance(page, BasePage) and page.pk and page.live and page.office_id):
        return {}
    width, height = SIZES[SHARED]
    return {
        "url": address(page.pk, face_of(page).version, SHARED, "jpg"),
        "width": width,
        "height": height,
        "alt": f"{page.title}, {page.office.short_name}",
    }


def address_of(page: BasePage, size: str, form: str) -> str:
    """Where the card of a page stands."""
    return address(page.pk, face_of(page).version, size, form)


def address(page_id: int, version: str, size: str, form: str) -> str:
    """Where a card stands, the same in all languages."""
    path = reverse("cards:card", args=[page_id, version, size, form])
    return path.removeprefix("/en") if path.startswith("/en/") else path


def _rubric(page: BasePage) -> str:
    if page.rubric:
        return page.rubric.title
    if page.kind in KINDS:
        return str(KINDS[page.kind].one)
    words = {"home": _("Official website"), "index": _("News"), "podcast_show": _("Podcast")}
    return words.get(page.kind) or _("Public information")


def _date(page: BasePage) -> str:
    if page.kind not in KINDS:
        return ""
    day = page.activity_date if page.is_imported else local_day(page.first_published_at, page)
    return say_day(day)


def _file_name(photo: AbstractImage | None) -> str:
    return (photo.file.name or "") if photo else ""  # type: ignore[attr-defined]


@cache
def _design() -> str:
    """The state of templates and letters: a new design gives every card a new address."""
    state = hashlib.sha256(EDITION.encode())
    for path in sorted([*TEMPLATES.glob("*.svg"), *FOLDER.glob("*.ttf")]):
        state.update(path.read_bytes())
    return state.hexdigest()
