"""The podcast's feed: RSS 2.0 that meets PSP-1, with the tags of iTunes and of Podcasting 2.0.

PSP-1: https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification
Podcast namespace: https://podcasting2.org/docs/podcast-namespace
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.html import strip_tags
from django.utils.xmlutils import SimplerXMLGenerator

from zona.backstage.media.models import Transcript
from zona.website.site.models import Photo
from zona.website.site.pages.frame import absolute
from zona.website.site.rules.spoken import as_srt, read_cues

from . import rules
from .models import PodcastEpisodePage, PodcastShowPage

TYPE = "application/rss+xml; charset=utf-8"
CHAPTERS_TYPE = "application/json+chapters"
NAMESPACES = {
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
}
PARAGRAPH_ENDS = ("</p>", "</li>", "</h2>", "</h3>", "<br/>", "<br>")


@contextmanager
def plain_addresses() -> Iterator[None]:
    """Addresses without a language in them: apps keep them for years."""
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        with translation.override("id"):
            yield
    finally:
        set_script_prefix(before)


def feed_address(show: PodcastShowPage) -> str:
    """The one address of the feed, with host."""
    with plain_addresses():
        return absolute(f"{show.get_url() or show.url_path}rss/")


def published_episodes(show: PodcastShowPage) -> QuerySet[PodcastEpisodePage]:
    """What can be heard now, newest first."""
    approved = Transcript.objects.filter(is_draft=False)
    return (
        PodcastEpisodePage.objects.child_of(show)
        .live()
        .public()
        .exclude(recording=None)
        .exclude(recording__file="")
        .select_related("recording", "photo", "office")
        .prefetch_related(
            "guests__photo",
            "chapters",
            "photo__renditions",
            Prefetch("recording__transcripts", approved, to_attr="approved"),
        )
        .order_by("-first_published_at", "-pk")
    )


def show_feed(request: HttpRequest, show: PodcastShowPage) -> HttpResponse:
    with plain_addresses():
        feed = PodcastFeed(
            title=show.title,
            link=absolute(show.get_url(request)),
            description=describe(show.lead, show.description) or show.title,
            language="id",
            feed_copyright=show.office.long_name,
            show=show,
            address=absolute(f"{show.get_url(request)}rss/"),
            cover=cover_url(show.photo),
        )
        for episode in published_episodes(show):
            feed.add_item(**item_of(request, show, episode))
        return HttpResponse(feed.writeString("utf-8"), content_type=TYPE)


def item_of(
    request: HttpRequest, show: PodcastShowPage, episode: PodcastEpisodePage
) -> dict[str, Any]:
    """What the feed says of one episode; its guid never changes."""
    recording: Any = episode.recording  # `published_episodes` leaves out those without
    url = absolute(episode.get_url(request))
    transcripts: list[Transcript] = recording.approved
    return {
        "title": episode.title,
        "link": url,
        "description": describe(episode.lead, episode.description) or episode.title,
        "unique_id": str(episode.translation_key),
        "unique_id_is_permalink": False,
        "pubdate": episode.first_published_at,
        "enclosures": [
            Enclosure(
                absolute(recording.get_url()), str(recording.file_size), recording.content_type
            )
        ],
        "episode": episode,
        "seconds": recording.duration,
        "url": url,
        "cover": cover_url(episode.photo),
        "licence": show.licence,
        "transcripts": transcripts,
    }


def describe(lead: str, rich: str) -> str:
    """Lead and rich text as plain paragraphs, within the limit."""
    for end in PARAGRAPH_ENDS:
        rich = rich.replace(end, f"{end}\n")
    lines = [" ".join(line.split()) for line in strip_tags(rich).splitlines()]
    return rules.cut_bytes("\n\n".join(line for line in (lead, *lines) if line))


def cover_url(photo: Photo | None) -> str:
    """A square JPEG of the picture as apps want it; made when it is first asked for."""
    if photo is None:
        return ""
    rendition = photo.get_rendition(rules.cover_filter(photo.width, photo.height))
    return absolute(rendition.url)


class PodcastFeed(Rss201rev2Feed):
    """Django's RSS with what podcasts have besides."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | NAMESPACES

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        show: PodcastShowPage = self.feed["show"]
        name, email = show.office.long_name, show.office.email
        add = handler.addQuickElement
        here = {"rel": "self", "type": "application/rss+xml", "href": self.feed["address"]}
        add("atom:link", None, here)
        add("itunes:author", name)
        handler.startElement("itunes:owner", AttributesImpl({}))
        add("itunes:name", name)
        if email:
            add("itunes:email", email)
        handler.endElement("itunes:owner")
        category, _slash, part = show.category.partition("/")
        handler.startElement("itunes:category", AttributesImpl({"text": category}))
        if part:
            add("itunes:category", None, {"text": part})
        handler.endElement("itunes:category")
        add("itunes:explicit", "false")
        add("itunes:type", "episodic")
        if self.feed["cover"]:
            add("itunes:image", None, {"href": self.feed["cover"]})
        add("podcast:guid", str(show.guid))
        add("podcast:locked", "yes" if show.is_locked else "no", {"owner": email} if email else {})
        add("podcast:medium", "podcast")
        if show.frequency:
            words = str(show.get_frequency_display())
            add("podcast:updateFrequency", words, {"rrule": show.frequency})
        if show.licence:
            add("podcast:license", show.licence)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        add = handler.addQuickElement
        episode: PodcastEpisodePage = item["episode"]
        add("itunes:title", episode.title)
        add("itunes:duration", str(round(item["seconds"])))
        add("itunes:explicit", "false")
        add("itunes:episodeType", episode.episode_kind)
        for prefix in ("itunes", "podcast"):
            add(f"{prefix}:season", str(episode.season))
            add(f"{prefix}:episode", str(episode.number))
        if item["cover"]:
            add("itunes:image", None, {"href": item["cover"]})
        for guest in episode.guests.all():
            photo = {"img": cover_url(guest.photo)} if guest.photo else {}
            add("podcast:person", guest.name, {"role": guest.role, **photo})
        self._add_transcripts(handler, item)
        if episode.chapters.all():
            url = f"{item['url']}bab/"
            add("podcast:chapters", None, {"url": url, "type": CHAPTERS_TYPE})
        if item["licence"]:
            add("podcast:license", item["licence"])

    def _add_transcripts(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        def add(url: str, kind: str, **more: str) -> None:
            handler.addQuickElement("podcast:transcript", None, {"url": url, "type": kind, **more})

        for row in item["transcripts"]:
            add(absolute(row.get_url()), "text/vtt", language=row.language, rel="captions")
            if row.language == "id":
                add(f"{item['url']}naskah-srt/", "application/x-subrip", language="id")
        if item["transcripts"] or item["episode"].transcript:
            add(f"{item['url']}#naskah", "text/html", language="id")


def show_chapters(request: HttpRequest, episode: PodcastEpisodePage) -> HttpResponse:
    """JSON Chapters 1.2 (https://github.com/Podcastindex-org/podcast-namespace)."""
    rows = [{"startTime": row.start, "title": row.title} for row in episode.chapters.all()]
    if not rows:
        raise Http404
    with plain_addresses():
        data = {
            "version": "1.2.0",
            "title": episode.title,
            "podcastName": episode.show_page.title,
            "author": episode.office.long_name,
            "url": absolute(episode.get_url(request)),
            "chapters": rows,
        }
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = CHAPTERS_TYPE
    return _for_everyone(response)


def show_srt(request: HttpRequest, episode: PodcastEpisodePage) -> HttpResponse:
    """The Indonesian transcript as SubRip."""
    found = Transcript.objects.filter(
        recording_id=episode.recording_id, language="id", is_draft=False
    ).first()
    if found is None:
        raise Http404
    text = as_srt(read_cues(found.vtt))
    response = HttpResponse(text, content_type="application/x-subrip; charset=utf-8")
    return _for_everyone(response)


def _for_everyone(response: HttpResponse) -> HttpResponse:
    """Players on other sites may read it by script."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
