"""What the pages of a podcast and of an episode show."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zona.website.site.files import pictures
from zona.website.site.pages import rows as cards
from zona.website.site.recorded import player

from .feed import feed_address, published_episodes
from .models import EpisodeGuest, PodcastEpisodePage, PodcastShowPage

SERVICES = (("apple_url", "Apple Podcasts"), ("spotify_url", "Spotify"), ("youtube_url", "YouTube"))


def describe_show(request: HttpRequest, page: PodcastShowPage) -> dict[str, Any]:
    """Episodes by season, the newest season first; where to subscribe."""
    episodes = sorted(
        published_episodes(page).select_related("rubric"),
        key=lambda row: (row.season, row.number, row.pk),
        reverse=True,
    )
    if page.photo:
        prefetch_related_objects([page], "photo__renditions")
    return {
        "seasons": [
            {"number": season, "episodes": [describe_row(request, row) for row in rows]}
            for season, rows in groupby(episodes, key=lambda row: row.season)
        ],
        "cover": pictures.describe(page.photo),
        "podcast_feed": feed_address(page),
        "services": [
            {"label": label, "url": url} for name, label in SERVICES if (url := getattr(page, name))
        ],
        "frequency": page.get_frequency_display(),
    }


def describe_row(request: HttpRequest, episode: PodcastEpisodePage) -> dict[str, Any]:
    recording: Any = episode.recording
    length = player.say_length(recording.duration) if recording.duration else ""
    return cards.story(request, episode) | {"rubric": say_place(episode), "length": length}


def say_place(episode: PodcastEpisodePage) -> str:
    if episode.episode_kind != "full":
        return str(episode.get_episode_kind_display())
    return _("Episode %(number)s") % {"number": episode.number}


def describe_episode(request: HttpRequest, page: PodcastEpisodePage) -> dict[str, Any]:
    show = page.show_page
    paragraphs = player.describe_transcript(page.recording)
    guests = page.guests.select_related("photo").prefetch_related("photo__renditions")
    return {
        "player": player.describe_player(page.recording, page.title, page.chapters.all()),
        "speeds": player.SPEEDS,
        "paragraphs": paragraphs,
        "has_text": bool(paragraphs or page.transcript),
        "show": {"title": show.title, "url": show.get_url(request)},
        "podcast_feed": feed_address(show),
        "episode_place": say_place(page),
        "guests": [describe_person(guest) for guest in guests],
        "facts": player.length_fact(page.recording),
    }


def describe_person(guest: EpisodeGuest) -> dict[str, Any]:
    return {
        "name": guest.name,
        "role": guest.get_role_display(),
        "office": guest.office,
        "competence": guest.competence,
        "image": pictures.describe(guest.photo, "row"),
    }
