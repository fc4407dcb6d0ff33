"""What a single page shows that only its kind has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ..files import pictures
from ..models import (
    ArticlePage,
    BasePage,
    InfographicPage,
    PhotoStoryPage,
    ProfilePage,
    StandardPage,
    VideoPage,
)
from ..recorded import player
from . import rows as cards

Details = dict[str, Any]


def describe_details(request: HttpRequest, page: BasePage) -> Details:
    """The extra context of the page's template; {} for kinds that need none."""
    describe = DESCRIBERS.get(page.kind)
    return describe(request, page) if describe else {}


def _article(request: HttpRequest, page: ArticlePage) -> Details:
    facts = [
        {"term": _("When"), "value": cards.say_day(page.activity_date)},
        {"term": _("Where"), "value": page.place},
        {"term": _("Who took part"), "value": page.people},
    ]
    return {"facts": [fact for fact in facts if fact["value"]]}


def _photo_story(request: HttpRequest, page: PhotoStoryPage) -> Details:
    photos = page.photos.select_related("photo").prefetch_related("photo__renditions")
    return {
        "photos": [
            {
                "image": pictures.describe(row.photo),
                "caption": row.caption,
                "original": row.photo.url,
            }
            for row in photos
        ]
    }


def _video(request: HttpRequest, page: VideoPage) -> Details:
    paragraphs = player.describe_transcript(page.recording)
    return {
        "player": player.describe_player(page.recording, page.title),
        "paragraphs": paragraphs,
        "has_text": bool(paragraphs or page.transcript),
        "external": page.external,
        "facts": player.length_fact(page.recording),
    }


def _infographic(request: HttpRequest, page: InfographicPage) -> Details:
    photo = page.photo
    if photo is None:
        return {}
    return {
        "original": {
            "url": photo.url,
            "size": filesizeformat(photo.get_file_size()),
            "width": photo.width,
            "height": photo.height,
        }
    }


def _standing(request: HttpRequest, page: StandardPage | ProfilePage) -> Details:
    others = page.get_siblings().live().filter(kind=page.kind)
    profile = page.kind == "profile"
    return {
        "picture": _picture(page),
        "siblings_title": _("Profile") if profile else _("Public information"),
        "siblings": [
            {"label": row.title, "url": row.get_url(request), "current": row.pk == page.pk}
            for row in others
        ],
    }


def _profile(request: HttpRequest, page: ProfilePage) -> Details:
    people = page.people.select_related("photo").prefetch_related("photo__renditions")
    return _standing(request, page) | {
        "people": [
            {
                "name": person.name,
                "role": ", ".join(filter(None, (person.position, person.division))),
                "image": pictures.describe(person.photo, "row"),
            }
            for person in people
        ]
    }


def _picture(page: BasePage) -> Details:
    if page.photo is None:
        return {}
    prefetch_related_objects([page], "photo__renditions")
    return pictures.describe(page.photo)


DESCRIBERS: dict[str, Callable[[HttpRequest, Any], Details]] = {
    "article": _article,
    "photo_story": _photo_story,
    "video": _video,
    "infographic": _infographic,
    "standard": _standing,
    "profile": _profile,
}


def register_details(kind: str, describe: Callable[[HttpRequest, Any], Details]) -> None:
    """Say what the pages of a kind show; called when the apps are ready."""
    DESCRIBERS[kind] = describe
