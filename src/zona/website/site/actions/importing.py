"""Articles of old sites, read from JSON Lines: one object a line, streamed.

A line names its page (`url`), the text (`body_restated`) and, as far as the source shows them,
`title`, `date_event` (ISO), `rubric`, `dateline`, `sign_off`; `id` makes a second run find it
again. What the source does not show is left empty, and what was concluded is marked.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape, linebreaks
from django.utils.text import slugify

from zona.ground.journal.actions import record
from zona.offices.models import Office

from ..models import ArticlePage, BasePage, IndexPage, Rubric
from ..rules import pages as rules
from ..rules import sites
from .tree import ensure_rubric, open_office

BATCH = 200  # lines a transaction
LONGEST_LINE = 1_000_000  # characters; a longer one is no article
SLUG_LENGTH = 80
ACTOR = "zona import"


class BadLine(ValueError):
    """A line that cannot become an article; the message (Indonesian) says why."""


@dataclass(frozen=True)
class Draft:
    """One line, understood."""

    source_id: str
    code: str
    url: str
    title: str
    title_inferred: bool
    text: str
    day: dt.date | None
    day_inferred: bool
    rubric: str
    dateline: str
    sign_off: str


@dataclass
class Summary:
    """What an import did. `problems`: (line number, reason)."""

    created: Counter[str] = field(default_factory=Counter)  # by office code
    known: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)


Names = dict[str, tuple[str, str]]


def understand(line: str, names: Names) -> Draft:
    """One line of the file as a draft. Raises BadLine."""
    if len(line) > LONGEST_LINE:
        raise BadLine("baris terlalu panjang untuk sebuah artikel")
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadLine("bukan JSON yang utuh") from error
    if not isinstance(row, dict):
        raise BadLine("harus berupa objek JSON, {…}")
    source_id, url, text = (_text(row, key) for key in ("id", "url", "body_restated"))
    for name, value in (("id", source_id), ("url", url), ("body_restated", text)):
        if not value:
            raise BadLine(f'bidang "{name}" kosong atau tidak ada')
    try:
        code = sites.find_code(url, names)
    except sites.UnknownSite as error:
        raise BadLine(str(error)) from error
    title = " ".join(_text(row, "title").split())
    return Draft(
        source_id=source_id[:80],
        code=code,
        url=url,
        title=(title or rules.shorten(rules.split_lead(text)[0]))[:255],
        title_inferred=not title,
        text=text,
        day=_day(row),
        day_inferred=bool(row.get("date_event_year_inferred")),
        rubric=_text(row, "rubric")[:60],
        dateline=rules.clean_dateline(_text(row, "dateline"))[:80],
        sign_off=rules.clean_sign_off(_text(row, "sign_off"))[:80],
    )


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLine(f'bidang "{key}" harus berupa teks')
    return value.strip()


def _day(row: dict[str, Any]) -> dt.date | None:
    text = _text(row, "date_event")
    try:
        day = dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadLine(f'tanggal "{text}" tidak ada; tulis seperti 2025-10-24') from error
    if day and not 1945 <= day.year <= timezone.now().year + 1:
        raise BadLine(f'tahun "{day.year}" tidak mungkin')
    return day


def import_articles(path: Path, *, progress: Callable[[int], None] = lambda size: None) -> Summary:
    """Import a file of JSON Lines; `progress` hears the bytes of each line read.

    Whole batches are written; a stopped run goes on where it was when started again. A bad line is
    noted and the rest goes in. Raises OSError when the file cannot be read.
    """
    summary = Summary()
    work = _Importer(summary)
    with path.open("rb") as lines:
        for batch in _batches(lines):
            with transaction.atomic():
                for number, raw in batch:
                    work.take(number, raw)
                    progress(len(raw))
                work.tell()
    return summary


def _batches(lines: Iterator[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    batch: list[tuple[int, bytes]] = []
    for number, raw in enumerate(lines, 1):
        batch.append((number, raw))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class _Importer:
    """What one run remembers: offices by code, their lists and rubrics."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        self.fresh: Counter[str] = Counter()
        self.indexes: dict[str, IndexPage] = {}
        self.rubrics: dict[tuple[str, str], Rubric] = {}
        rows = Office.objects.filter(level__in=["kabupaten", "kota"])
        self.names = {row.code: (row.level, bare_name(row.region)) for row in rows}

    def take(self, number: int, raw: bytes) -> None:
        try:
            line = raw.decode("utf-8").strip()
            if not line:
                return
            draft = understand(line, self.names)
            with transaction.atomic():
                self.write(draft)
        except UnicodeDecodeError:
            self.summary.problems.append((number, "bukan teks UTF-8"))
        except (BadLine, Office.DoesNotExist) as error:
            self.summary.problems.append((number, str(error)))

    def write(self, draft: Draft) -> None:
        index = self.index_for(draft.code)
        office = index.office
        if BasePage.objects.filter(office=office, source_id=draft.source_id).exists():
            self.summary.known += 1
            return
        lead, rest = rules.split_lead(draft.text)
        now = timezone.now()
        page = ArticlePage(
            title=draft.title,
            title_inferred=draft.title_inferred,
            slug=self.free_slug(index, draft),
            office=office,
            lead=lead[:500],
            body=[("paragraph", linebreaks(escape(rest or draft.text)))],
            dateline=draft.dateline,
            sign_off=draft.sign_off,
            activity_date=draft.day,
            activity_date_inferred=draft.day_inferred,
            source_url=draft.url[:500],
            source_id=draft.source_id,
            rubric=self.rubric_for(office, draft.rubric),
            first_published_at=now,
            last_published_at=now,
        )
        index.add_child(instance=page)
        self.fresh[draft.code] += 1
        self.summary.created[draft.code] += 1

    def index_for(self, code: str) -> IndexPage:
        if code not in self.indexes:
            office = Office.objects.filter(code=code).first()
            if office is None:
                raise BadLine(f"kantor {code} belum dimuat; jalankan: zona offices load")
            was_open = office.is_open
            home = open_office(actor=ACTOR, office=office)
            index = IndexPage.objects.child_of(home).select_related("office").get()
            if not was_open:
                self.summary.opened.append(office.short_name)
            self.indexes[code] = index
        return self.indexes[code]

    def rubric_for(self, office: Office, title: str) -> Rubric | None:
        if not title:
            return None
        key = (office.code, title)
        if key not in self.rubrics:
            self.rubrics[key] = ensure_rubric(office, title)
        return self.rubrics[key]

    def free_slug(self, index: IndexPage, draft: Draft) -> str:
        base = slugify(draft.title) or "kabar"
        if len(base) > SLUG_LENGTH:
            base = base[: SLUG_LENGTH + 1].rpartition("-")[0] or base[:SLUG_LENGTH]
        base = f"kabar-{base}" if base.isdigit() else base
        taken = BasePage.objects.child_of(index).filter(slug=base).exists()
        return f"{base}-{slugify(draft.source_id)}" if taken else base

    def tell(self) -> None:
        """One journal row an office and batch."""
        for code, count in sorted(self.fresh.items()):
            record(
                actor=ACTOR,
                verb="site.articles_imported",
                target=self.indexes[code].office,
                office_code=code,
                changes={"count": [0, count]},
            )
        self.fresh.clear()


def bare_name(region: str) -> str:
    """Kabupaten Magelang -> Magelang; the level tells the rest."""
    for word in ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota "):
        if region.startswith(word):
            return region.removeprefix(word)
    return region
