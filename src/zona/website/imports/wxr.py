"""WordPress exports (WXR 1.0 to 1.2), read as a stream: one entry in memory at a time."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from zona.ground.files.reader import limits
from zona.ground.files.reader.limits import TooMuch, Unreadable, check
from zona.ground.files.reader.unpacking import GZIP, Unpacked
from zona.ground.guard.numbers import read_number

from .rules.items import Item, Term

CHUNK = 1 << 16
LARGEST_ENTRY = 20_000_000  # characters of one content; more is no article
# What XML does not allow at all; old editors left such characters in texts.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
STRAY = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8, as surrogateescape leaves them
DEEPEST = 100  # tags within tags
DECLARED = re.compile(rb'encoding\s*=\s*["\']([\w.-]+)["\']')


class BrokenFile(ValueError):
    """The file cannot be read on; the message (Indonesian) names the line and what to do."""


@dataclass
class Site:
    """What the head of the file tells."""

    url: str = ""
    version: str = ""
    authors: dict[str, str] = field(default_factory=dict)  # login -> name shown
    terms: list[Term] = field(default_factory=list)


class CleanStream:
    """A file for the parser: characters that XML forbids are blanks, HTML's entities are letters.

    Bytes that are no UTF-8 are read as Windows-1252, which pasted texts bring along. `since` counts
    the bytes since the last entry: TooMuch when no memory should hold them. Works on UTF-8 alone;
    other encodings are passed through as they are.
    """

    def __init__(self, raw: Any, is_utf8: bool) -> None:
        self.raw, self.is_utf8 = raw, is_utf8
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape")
        self.held = ""
        self.replaced = self.since = 0
        self.is_over = False

    def read(self, size: int = -1) -> bytes:
        if not self.is_utf8:
            return self._counted(bytes(self.raw.read(CHUNK)))
        while not self.is_over:
            data = self._counted(self.raw.read(CHUNK))
            self.is_over = not data
            text = self.held + self.decoder.decode(data, final=self.is_over)
            # An entity may be cut by the end of the chunk.
            cut = text.rfind("&", max(0, len(text) - 34))
            self.held = "" if self.is_over or cut < 0 or ";" in text[cut:] else text[cut:]
            text = text[: len(text) - len(self.held)] if self.held else text
            text, count = CONTROL.subn(" ", text)
            text, strays = STRAY.subn(_windows, text)
            self.replaced += count + strays
            if out := ENTITY.sub(_letter, text).encode("utf-8", "replace"):
                return out
        return b""

    def _counted(self, data: bytes) -> bytes:
        self.since += len(data)
        check("entry", limits.ENTRY_BYTES, self.since)
        return data


def _windows(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")


def _letter(match: re.Match[str]) -> str:
    if match[1] in XML_ENTITIES:
        return match[0]
    letter = html.unescape(match[0])
    return match[0] if letter == match[0] or letter in "<>&" else letter


class Reader:
    """Iterate for the entries; `site` fills with the head on the way."""

    def __init__(self, path: Path, progress: Callable[[int], None] = lambda size: None) -> None:
        self.path, self.progress = path, progress
        self.site = Site()
        self.replaced = 0

    def __iter__(self) -> Iterator[Item]:
        """Raise BrokenFile where the file stops to be readable, OSError when it is not there."""
        with self.path.open("rb") as file:
            counted = _Counted(file, self.progress)
            start = file.read(2)
            file.seek(0)
            raw: Any = Unpacked(counted, limits.EXPORT_BYTES) if start == GZIP else counted
            try:
                head = raw.read(300).lstrip(b" \t\r\n")  # <?xml must come first
            except Unreadable as error:
                raise BrokenFile(f"Berkas .gz rusak: {error.detail}.") from error
            stream = CleanStream(_Rejoined(head, raw), _is_utf8(head))
            try:
                yield from self._entries(stream)
            finally:
                self.replaced = stream.replaced

    def _entries(self, stream: CleanStream) -> Iterator[Item]:
        channel: Element | None = None
        depth = 0
        try:
            for event, element in iterparse(stream, events=("start", "end")):
                if event == "start":
                    depth += 1
                    check("depth", DEEPEST, depth)
                    if depth == 1 and _name(element) != "rss":
                        raise BrokenFile(
                            "Ini bukan berkas ekspor WordPress (WXR): bagian luarnya bukan <rss>."
                            " Di WordPress: Alat > Ekspor > Semua isi."
                        )
                    if depth == 2:
                        channel = element
                    continue
                depth -= 1
                if depth != 2:
                    continue
                if _name(element) == "item":
                    yield read_item(element)
                else:
                    self._read_head(element)
                stream.since = 0
                if channel is not None:
                    channel.clear()
        except ParseError as error:
            line, _column = error.position
            said = "berkas terpotong" if "no element found" in str(error) else "tulisan XML rusak"
            raise BrokenFile(
                f"{said.capitalize()} pada baris {line} ({error}). Yang sebelum baris itu sudah"
                " dikerjakan. Perbaiki atau ekspor ulang berkas itu, lalu jalankan perintah yang"
                " sama: yang sudah masuk tidak masuk dua kali."
            ) from error
        except DefusedXmlException as error:
            raise BrokenFile(
                "Berkas ini memuat deklarasi entitas XML, yang tidak ada pada ekspor WordPress dan"
                " dapat berbahaya. Ekspor ulang dari WordPress."
            ) from error
        except TooMuch as error:
            raise BrokenFile(_say_too_much(error)) from error
        except (OSError, EOFError, UnicodeError, Unreadable) as error:
            raise BrokenFile(f"Berkas tidak dapat dibaca sampai habis: {error}.") from error

    def _read_head(self, element: Element) -> None:
        name, site = _name(element), self.site
        if name == "wxr_version":
            site.version = _text(element)
        elif name in ("base_blog_url", "base_site_url") or (name == "link" and not site.url):
            site.url = _text(element) or site.url
        elif name == "author":
            parts = _parts(element)
            login = parts.get("author_login", "")
            shown = parts.get("author_display_name", "")
            names = f"{parts.get('author_first_name', '')} {parts.get('author_last_name', '')}"
            if login:
                site.authors[login] = shown or names.strip() or login
        elif name == "category":
            parts = _parts(element)
            site.terms.append(_term("category", parts, "category_nicename", "cat_name"))
        elif name == "tag":
            parts = _parts(element)
            site.terms.append(_term("post_tag", parts, "tag_slug", "tag_name"))


def _say_too_much(error: TooMuch) -> str:
    if error.code == "depth":
        return "Susunan XML berkas ini terlalu dalam. Ekspor ulang dari WordPress."
    what = "Satu isi di berkas ini" if error.code == "entry" else "Isi berkas .gz ini"
    return (
        f"{what} lebih besar dari {error.limit // limits.MB} MB; pembacaan dihentikan. Yang sebelum"
        " itu sudah dikerjakan. Ekspor ulang dari WordPress dalam beberapa bagian (per tahun)."
    )


def _term(domain: str, parts: dict[str, str], slug: str, name: str) -> Term:
    number = parts.get("term_id", "")
    return Term(domain, parts.get(slug, ""), html.unescape(parts.get(name, "")),
                read_number(number) or 0,
                parts.get("category_parent", ""))  # fmt: skip


def read_item(element: Element) -> Item:
    """One `<item>`; what is missing stays empty."""
    item = Item()
    for child in element:
        name, text = _name(child), _text(child)
        space = child.tag.partition("}")[0]
        if name == "encoded":
            if "excerpt" in space:
                item.excerpt = text
            else:
                item.content = text[:LARGEST_ENTRY]
        elif name == "category":
            item.terms.append(Term(child.get("domain") or "category", child.get("nicename") or "",
                                   html.unescape(text)))  # fmt: skip
        elif name == "postmeta":
            _read_meta(item, _parts(child))
        elif name == "comment":
            item.comments += 1
        elif name == "post_password":
            item.password = bool(text)
        elif name in TEXTS:
            setattr(item, TEXTS[name], text)
        elif name in NUMBERS:
            setattr(item, NUMBERS[name], read_number(text) or 0)
    item.title = " ".join(html.unescape(item.title).split())
    item.type = item.type or "post"
    item.status = item.status or "publish"
    return item


TEXTS = {
    "title": "title", "link": "link", "guid": "guid", "creator": "author", "pubDate": "published",
    "post_date": "date", "post_date_gmt": "date_gmt", "post_modified_gmt": "modified_gmt",
    "status": "status", "post_name": "slug", "post_type": "type", "attachment_url": "url",
}  # fmt: skip
NUMBERS = {"post_id": "number", "post_parent": "parent"}


def _read_meta(item: Item, parts: dict[str, str]) -> None:
    key, value = parts.get("meta_key", ""), parts.get("meta_value", "")
    if key == "_thumbnail_id":
        item.thumbnail = read_number(value) or 0
    elif key == "_wp_attachment_image_alt":
        item.alt = value
    elif key == "_elementor_data":
        item.builder = True


def _parts(element: Element) -> dict[str, str]:
    return {_name(child): _text(child) for child in element}


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _is_utf8(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    found = DECLARED.search(head)
    return found is None or found[1].lower() in (b"utf-8", b"utf8", b"us-ascii")


class _Counted:
    """A file that tells how many bytes were read."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], None]) -> None:
        self.file, self.progress = file, progress

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.progress(len(data))
        return data


class _Rejoined:
    """The head that was looked at, then the rest."""

    def __init__(self, head: bytes, rest: Any) -> None:
        self.head, self.rest = head, rest

    def read(self, size: int = -1) -> bytes:
        head, self.head = self.head, b""
        return head or bytes(self.rest.read(size))
