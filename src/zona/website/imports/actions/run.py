"""One run of an import: each item understood, compared with what is there, and written or told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError

from zona.offices.models import Office
from zona.website.redirects.actions import Target, place_imported
from zona.website.site.models import BasePage, Photo
from zona.website.site.rules.pages import shorten, split_lead

from ..models import ImportedItem
from ..report import Report
from ..rules import items as rules
from ..rules.inline import text_of
from ..rules.items import DRAFT, LIVE, Item, host_of
from ..rules.markup import read_body
from ..rules.pieces import Body, Note, Piece
from ..scratch import Scratch
from .building import Builder, Built
from .media import Media
from .planting import Planter

TITLE = 255  # characters
CHUNK = 200  # redirects at once
NOT_TAKEN = {"private": "pribadi", "trash": "di tempat sampah", "auto-draft": "konsep kosong",
             "inherit": "revisi"}  # fmt: skip


@dataclass
class Run:
    """What the items of one file have in common."""

    office: Office
    report: Report
    media: Media
    scratch: Scratch | None = None
    is_trial: bool = False
    authors: dict[str, str] = field(default_factory=dict)
    planted: dict[int, int] = field(default_factory=dict)  # number of an old page -> new page

    def __post_init__(self) -> None:
        self.builder = Builder(self.media, self.scratch)
        self.planter = None if self.is_trial else Planter(self.office)
        self.reusable: Callable[[int], str | None] = (
            self.scratch.reusable if self.scratch else lambda number: None
        )

    def know_site(self, url: str) -> None:
        """Links to this host are links to the old site."""
        if host := host_of(url):
            self.builder.old_hosts.add(host)

    def take(self, item: Item, guid: str = "") -> None:
        """Bring one post or page over. Whatever is wrong with it is told; the next one follows."""
        guid = guid or rules.key_of(item)
        if reason := self._why_not(item):
            self._tell(item, Note("skipped", reason))
            return
        try:
            self._take(item, guid)
        except (DatabaseError, ValueError, TypeError, LookupError, RecursionError) as error:
            self._tell(item, Note("failed", type(error).__name__, str(error)))
        if self.planter:
            self.planter.tell()

    def _why_not(self, item: Item) -> str:
        if item.password:
            return f"{item.type}: berkata sandi"
        if item.status not in LIVE | DRAFT:
            return f"{item.type}: {NOT_TAKEN.get(item.status, f'status {item.status}')}"
        return ""

    def _take(self, item: Item, guid: str) -> None:
        known = ImportedItem.objects.filter(office=self.office, guid=guid).first()
        if known and known.page_id:
            self.planted[item.number] = known.page_id
        digest = item.digest()
        same = known if known and known.digest == digest else None
        if same and not (same.missing and self.media.can_look):
            self.report.counts["known"] += 1
            return
        if known and (reason := _touched(known)):
            self._tell(item, Note(reason, ""))
            return
        built, photo, caption = self._understand(item)
        if same and built.missing >= same.missing:
            self.report.counts["known"] += 1
            return
        author = self.authors.get(item.author, item.author)
        if self.planter is None:
            self._count(item, known)
        elif known:
            self.planter.update(
                known, item, built, photo=photo, caption=caption, author=author, digest=digest
            )
            self._count(item, known)
        else:
            page = self.planter.add(
                item, guid, built, photo=photo, caption=caption, author=author,
                digest=digest, parent=self._parent_of(item),
            )  # fmt: skip
            self.planted[item.number] = page.pk
            self._count(item, known)
        for note in built.notes:
            self._tell(item, note)

    def _count(self, item: Item, known: ImportedItem | None) -> None:
        name = "updated" if known else "post_new" if item.type == "post" else "page_new"
        self.report.counts[name] += 1
        if not known and not item.is_live:
            self.report.counts["draft_new"] += 1

    def _understand(self, item: Item) -> tuple[Built, Photo | None, str]:
        body = read_body(item.content, self.reusable)
        if item.builder:
            body.note("builder", "Elementor")
        photo, caption = None, ""
        if item.thumbnail:
            entry = self.media.entry_of("", item.thumbnail)
            photo = self.media.photo("", item.thumbnail)
            caption = entry.caption if entry else ""
            if photo is None:
                address = entry.url if entry else f"lampiran nomor {item.thumbnail}"
                if entry:  # the builder notes it, and leaves a link at the end
                    body.pieces.append(_picture_link(entry.url, entry.alt or entry.title))
                else:
                    body.note("photo", "lampiran tidak ada di berkas", address)
        self._mend_title(item, body)
        built = self.builder.build(body, item, photo)
        if not item.title:
            words = split_lead(built.lead or built.words)[0]
            item.title = shorten(words)[:TITLE] or f"Tanpa judul {item.number or ''}".strip()
            built.notes.append(Note("title", "tidak ada: dibuat dari isinya", item.title))
        if item.is_live and item.type == "post" and not rules.moment_of(item, self.office.tz):
            built.notes.append(Note("date", item.date or item.published or "kosong"))
        if item.status == "future":
            built.notes.append(Note("skipped", "jadwal terbit: menjadi konsep", item.date))
        if item.comments:
            self.report.counts["comment"] += item.comments
        saved = photo if photo is not None and photo.pk else None
        return built, saved, caption

    def _mend_title(self, item: Item, body: Body) -> None:
        if len(item.title) > TITLE:
            body.note("title", "terlalu panjang: dipotong, lengkapnya di awal isi", item.title)
            body.pieces.insert(
                0, Piece("text", {"html": f"<p><b>{text_of(item.title, breaks=False)}</b></p>"})
            )
            item.title = shorten(item.title, TITLE)

    def _parent_of(self, item: Item) -> BasePage | None:
        """The page above; a post stands in the list, a page without one below the home."""
        if item.type != "page" or not item.parent or self.planter is None:
            return None
        number = self.planted.get(item.parent)
        page = BasePage.objects.filter(pk=number, office=self.office).first() if number else None
        if page is None or page.kind != "standard":
            self._tell(item, Note("skipped", "halaman induknya tidak ada: di bawah beranda"))
            return None
        return page

    def _tell(self, item: Item, note: Note) -> None:
        self.report.note(note, item.title, item.link)

    # --- old addresses ---

    def lead_on(self, item: Item, targets: dict[str, Target]) -> None:
        """Note where the old addresses of an item lead now."""
        if number := self.planted.get(item.number):
            targets.update(dict.fromkeys(rules.old_addresses(item), Target(page_id=number)))

    def place(self, targets: dict[str, Target], at_least: int = 1) -> None:
        """Write redirects down once there are enough of them."""
        if len(targets) < max(at_least, 1):
            return
        if not self.is_trial:
            self.report.counts["redirect_new"] += place_imported(
                office=self.office, targets=targets
            )
        targets.clear()

    def finish(self) -> None:
        if self.planter:
            self.planter.tell(is_last=True)


def _touched(known: ImportedItem) -> str:
    """Why a page must not be written over: it was deleted, edited or taken down here."""
    row = (
        BasePage.objects.filter(pk=known.page_id).values_list("latest_revision_id", "live").first()
    )
    if row is None:
        return "deleted"
    revision, live = row
    return "edited" if revision is not None or live != known.was_live else ""


def _picture_link(url: str, words: str) -> Piece:
    value = {"src": url, "id": None, "alt": words, "caption": "", "href": ""}
    return Piece("photo", value)
