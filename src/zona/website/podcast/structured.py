"""A podcast and its episodes as schema.org data (JSON-LD)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zona.website.site.machines.structured import recorded
from zona.website.site.pages.frame import absolute


def describe_series(context: Mapping[str, Any]) -> dict[str, Any]:
    page, cover = context["page"], context.get("cover")
    data = {
        "@context": "https://schema.org",
        "@type": "PodcastSeries",
        "name": page.title,
        "description": page.lead,
        "url": context["canonical_url"],
        "webFeed": context["podcast_feed"],
        "inLanguage": "id",
        "author": {"@type": "GovernmentOrganization", "name": context["office_row"].long_name},
        "image": absolute(cover["src"]) if cover else "",
    }
    return {key: value for key, value in data.items() if value}


def describe_episode(context: Mapping[str, Any]) -> dict[str, Any]:
    page, show, sound = context["page"], context["show"], recorded(context)
    return {
        "name": page.title,
        "url": context["canonical_url"],
        "episodeNumber": page.number,
        "timeRequired": sound.get("duration", ""),
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": show["title"],
            "url": absolute(show["url"]),
            "webFeed": context["podcast_feed"],
        },
        "associatedMedia": {"@type": "AudioObject", **sound} if sound else "",
        "actor": [{"@type": "Person", "name": guest["name"]} for guest in context["guests"]],
    }
