"""What a single page shows that only its kind has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import cards, pictures, queries
from .models import (
    ArticlePage,
    BasePage,
    PhotoStoryPage,
    PodcastEpisodePage,
    PodcastShowPage,
    ProfilePage,
    StandardPage,
    VideoPage,
)

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
            {"image": pictures.describe(row.photo), "caption": row.caption} for row in photos
        ]
    }


def _video(request: HttpRequest, page: VideoPage) -> Details:
    tracks = []
    if page.captions:
        tracks = [{"url": page.captions.url, "code": "id", "label": "Bahasa Indonesia"}]
    return _recording(request, page) | {"tracks": tracks}


def _recording(request: HttpRequest, page: VideoPage | PodcastEpisodePage) -> Details:
    facts = [{"term": _("Length"), "value": say_length(page.duration)}] if page.duration else []
    return {
        "media_size": filesizeformat(page.media.get_file_size()),
        "transcript_url": "#transkrip" if page.transcript else "",
        "facts": facts,
    }


def say_length(seconds: int) -> str:
    """1 menit 20 detik."""
    minutes, rest = divmod(seconds, 60)
    parts = []
    if minutes:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes})
    if rest or not minutes:
        parts.append(ngettext("%(n)s second", "%(n)s seconds", rest) % {"n": rest})
    return " ".join(parts)


def _podcast_show(request: HttpRequest, page: PodcastShowPage) -> Details:
    episodes = queries.newest(queries.published(page.office).filter(path__startswith=page.path))
    return {
        "episodes": [cards.story(request, row) for row in episodes],
        "cover": _picture(page),
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
    "podcast_episode": _recording,
    "podcast_show": _podcast_show,
    "standard": _standing,
    "profile": _profile,
}
