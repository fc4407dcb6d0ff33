"""Pieces of a body as blocks of ours, in the form in which Wagtail stores them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from zona.website.site.models import Photo
from zona.website.site.rules.pages import split_lead

from ..rules.items import Item, host_of, originals
from ..rules.pieces import Body, Note, Piece
from ..scratch import Scratch
from .media import Media

HREF = re.compile(r'<a href="([^"]*)">')
FIRST_PARAGRAPH = re.compile(r"^<p>([^<]*)</p>")
LEAD = 500  # characters
Block = dict[str, Any]


@dataclass
class Built:
    """A body that can be stored."""

    blocks: list[Block] = field(default_factory=list)
    lead: str = ""
    has_old_links: bool = False
    notes: list[Note] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many pictures and files were not to be had."""
        return sum(note.kind in ("photo", "file") for note in self.notes)

    @property
    def words(self) -> str:
        """The first text, without its tags."""
        texts = [row["value"] for row in self.blocks if row["type"] == "paragraph"]
        return html.unescape(re.sub(r"<[^>]+>", " ", texts[0])).strip() if texts else ""


class Builder:
    """Makes blocks of pieces; pictures and files come from `media`."""

    def __init__(self, media: Media, scratch: Scratch | None = None) -> None:
        self.media, self.scratch = media, scratch
        self.old_hosts: set[str] = set()

    def build(self, body: Body, item: Item, main_photo: Photo | None) -> Built:
        built = Built(notes=list(body.notes))
        for piece in self._with_attached(body.pieces, item):
            self._add(piece, item, main_photo if not built.blocks else None, built)
        built.lead = self._take_lead(item, built)
        return built

    def _with_attached(self, pieces: list[Piece], item: Item) -> list[Piece]:
        """`[gallery]` without numbers shows all that was uploaded to the post."""
        out = []
        for piece in pieces:
            if piece.kind != "attached":
                out.append(piece)
                continue
            numbers = self.scratch.numbers_attached_to(item.number) if self.scratch else []
            empty = {"src": "", "alt": "", "caption": "", "href": ""}
            out += [Piece("photo", empty | {"id": number}) for number in numbers]
        return out

    def _add(self, piece: Piece, item: Item, main: Photo | None, built: Built) -> None:
        value = piece.value
        if piece.kind == "text":
            self._add_text(self._mend_links(value["html"], item, built), built)
        elif piece.kind == "heading":
            built.blocks.append({"type": "heading", "value": value["text"]})
        elif piece.kind == "quote":
            built.blocks.append({"type": "quote", "value": value})
        elif piece.kind == "table":
            columns = [{"type": "text", "heading": text} for text in value["head"]]
            rows = [{"values": row} for row in value["rows"]]
            table = {"columns": columns, "rows": rows, "caption": value["caption"]}
            built.blocks.append({"type": "table", "value": table})
        elif piece.kind == "photo":
            self._add_photo(value, item, main, built)
        elif piece.kind == "file":
            self._add_file(value, item, built)

    def _add_text(self, text: str, built: Built) -> None:
        last = built.blocks[-1] if built.blocks else None
        if last and last["type"] == "paragraph":
            last["value"] += text
        else:
            built.blocks.append({"type": "paragraph", "value": text})

    def _add_photo(
        self, value: dict[str, Any], item: Item, main: Photo | None, built: Built
    ) -> None:
        url = urljoin(item.link, value["src"]) if value["src"] else ""
        photo = self.media.photo(url, value["id"], value["alt"])
        entry = self.media.entry_of(url, value["id"])
        caption = value["caption"] or (entry.caption if entry else "")
        target = value["href"]
        if photo is None:
            shown = value["alt"] or caption or PurePosixPath(urlsplit(url).path).name or "gambar"
            address = url or (entry.url if entry else "")
            built.notes.append(Note("photo", self.media.why(address), address))
            self._add_text(_link(address, shown) if address else f"<p>{_safe(shown)}</p>", built)
        elif main is None or photo.pk is None or photo.pk != main.pk:
            built.blocks.append(
                {"type": "photo", "value": {"image": photo.pk, "caption": caption[:250]}}
            )
        if target and not self._is_picture_itself(target, url):
            self._add_text(self._mend_links(_link(target, target), item, built), built)

    def _is_picture_itself(self, target: str, url: str) -> bool:
        ending = PurePosixPath(urlsplit(target).path).suffix.lower().lstrip(".")
        return ending in settings.WAGTAILIMAGES_EXTENSIONS or target in originals(url)

    def _add_file(self, value: dict[str, Any], item: Item, built: Built) -> None:
        url = urljoin(item.link, value["href"])
        found = self.media.file(url, value["title"])
        if found is not None:
            title = value["title"][:160]
            built.blocks.append({"type": "file", "value": {"document": found.pk, "title": title}})
            return
        built.notes.append(Note("file", self.media.why(url), url))
        self._add_text(_link(url, value["title"] or url), built)

    def _mend_links(self, text: str, item: Item, built: Built) -> str:
        """Links to files become our files; whether links to the old site remain is noted."""

        def mend(match: re.Match[str]) -> str:
            href = html.unescape(match[1])
            if href.startswith(("mailto:", "tel:")):
                return match[0]
            url = urljoin(item.link, href)
            if host_of(url) not in self.old_hosts:
                return f'<a href="{html.escape(url)}">'
            ending = PurePosixPath(urlsplit(url).path).suffix.lower().lstrip(".")
            if ending in settings.WAGTAILDOCS_EXTENSIONS:
                found = self.media.file(url)
                if found is not None:
                    return f'<a linktype="document" id="{found.pk}">'
                built.notes.append(Note("file", self.media.why(url), url))
            else:
                built.has_old_links = True
            return f'<a href="{html.escape(url)}">'

        return HREF.sub(mend, text)

    def _take_lead(self, item: Item, built: Built) -> str:
        """The excerpt; else the first sentence, which then leaves the text, as in other imports."""
        if item.excerpt.strip():
            plain = html.unescape(re.sub(r"<[^>]+>", " ", item.excerpt))
            plain = " ".join(plain.split())
            if len(plain) <= LEAD:
                return plain
        first = built.blocks[0] if built.blocks else None
        if not first or first["type"] != "paragraph":
            return ""
        found = FIRST_PARAGRAPH.match(first["value"])
        lead, rest = split_lead(html.unescape(found[1])) if found else ("", "")
        if not found or not lead or len(lead) > LEAD:
            return ""
        remaining = f"<p>{_safe(rest)}</p>" if rest else ""
        first["value"] = remaining + first["value"][found.end() :]
        if not first["value"]:
            if len(built.blocks) == 1:
                first["value"] = found[0]  # the only words there are
                return lead if len(lead) < 200 else ""
            built.blocks.pop(0)
        return lead


def _safe(text: str) -> str:
    return html.escape(text, quote=False)


def _link(url: str, words: str) -> str:
    return f'<p><a href="{html.escape(url)}">{_safe(words)}</a></p>'
