"""The podcast of the demo office."""

from __future__ import annotations

from typing import Any

from zona.website.site.actions.demo import MEDIA, DemoWriter, paragraphs
from zona.website.site.actions.demo_recordings import store_recording
from zona.website.site.models import BasePage

from .models import EpisodeChapter, EpisodeGuest, PodcastEpisodePage, PodcastShowPage


class DemoShow:
    model = PodcastShowPage

    def fields(self, writer: DemoWriter, row: dict[str, Any]) -> dict[str, Any]:
        return {
            "description": paragraphs(row.get("text") or row.get("lead", "")),
            "category": row["category"],
            "frequency": row["frequency"],
        }

    def add_parts(self, page: Any, row: dict[str, Any]) -> None:
        """A show has no rows of its own."""

    def parent(self, writer: DemoWriter, row: dict[str, Any]) -> BasePage:
        return writer.home


class DemoEpisode:
    model = PodcastEpisodePage

    def fields(self, writer: DemoWriter, row: dict[str, Any]) -> dict[str, Any]:
        return {
            "recording": store_recording(writer.office, MEDIA, row),
            "season": row.get("season", 1),
            "number": row["episode"],
            "description": paragraphs(row.get("text", "")),
        }

    def add_parts(self, page: Any, row: dict[str, Any]) -> None:
        for guest in row.get("guests", ()):
            page.guests.add(EpisodeGuest(**guest))
        for chapter in row.get("chapters", ()):
            page.chapters.add(EpisodeChapter(**chapter))

    def parent(self, writer: DemoWriter, row: dict[str, Any]) -> BasePage:
        return writer.pages[row["parent"]]
