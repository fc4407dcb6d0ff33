"""What a first reading of an export notes on disk, so that nothing large is kept in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from .rules.items import Item, file_key, key_of

TABLES = """
CREATE TABLE entry (number INTEGER, guid TEXT, item TEXT);
CREATE INDEX entry_guid ON entry (guid);
CREATE TABLE file (number INTEGER, url TEXT, key TEXT, title TEXT, alt TEXT, caption TEXT,
                   parent INTEGER);
CREATE INDEX file_number ON file (number);
CREATE INDEX file_key ON file (key);
CREATE INDEX file_parent ON file (parent);
CREATE TABLE block (number INTEGER PRIMARY KEY, content TEXT);
CREATE TABLE page (number INTEGER, parent INTEGER, item TEXT);
"""


@dataclass(frozen=True)
class FileEntry:
    """An attachment of the export."""

    number: int
    url: str
    title: str
    alt: str
    caption: str


class Scratch:
    """An index in a file of its own, gone when the run ends: a later run makes it anew."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Scratch:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES)
        self.db.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.db.close()
        self.path.unlink(missing_ok=True)

    def add(self, item: Item) -> None:
        """Note what others will ask for."""
        if item.type == "attachment":
            url = item.url or item.guid
            row = (item.number, url, file_key(url), item.title, item.alt, item.excerpt, item.parent)
            self.db.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        elif item.type == "wp_block":
            self.db.execute(
                "INSERT OR REPLACE INTO block VALUES (?, ?)", (item.number, item.content)
            )
        if item.type in ("post", "page"):
            entry = (item.number, key_of(item), item.to_json_without_text())
            self.db.execute("INSERT INTO entry VALUES (?, ?, ?)", entry)

    def first_number(self, guid: str) -> int | None:
        """The number of the first entry with this GUID; merged sites have some twice."""
        row = self.db.execute(
            "SELECT number FROM entry WHERE guid=? ORDER BY rowid LIMIT 1", (guid,)
        ).fetchone()
        return row[0] if row else None

    def put_off(self, item: Item) -> None:
        """Keep a page until all are known: its parent may stand later in the file."""
        self.db.execute(
            "INSERT INTO page VALUES (?, ?, ?)", (item.number, item.parent, item.to_json())
        )

    def pages(self) -> Iterator[Item]:
        """All pages, parents before children; those in a circle or without parent stand on top."""
        rows = self.db.execute(
            """
            WITH RECURSIVE below (row, number, depth) AS (
                SELECT rowid, number, 0 FROM page
                WHERE parent = 0 OR parent NOT IN (SELECT number FROM page)
                UNION
                SELECT page.rowid, page.number, depth + 1 FROM page
                JOIN below ON page.parent = below.number AND depth < 30
                    AND page.number <> page.parent
            )
            SELECT page.item FROM page LEFT JOIN
                (SELECT row, min(depth) AS depth FROM below GROUP BY row) AS way
                ON way.row = page.rowid
            ORDER BY coalesce(way.depth, 99), page.rowid
            """
        )
        for (text,) in rows.fetchall():
            yield Item.from_json(text)

    def file_by_number(self, number: int) -> FileEntry | None:
        return self._file("number=?", number)

    def file_by_key(self, key: str) -> FileEntry | None:
        return self._file("key=?", key)

    def _file(self, where: str, value: object) -> FileEntry | None:
        row = self.db.execute(
            f"SELECT number, url, title, alt, caption FROM file WHERE {where}",  # noqa: S608
            (value,),
        ).fetchone()
        return FileEntry(*row) if row else None

    def files(self) -> Iterator[FileEntry]:
        rows = self.db.execute("SELECT number, url, title, alt, caption FROM file ORDER BY rowid")
        for row in rows:
            yield FileEntry(*row)

    def numbers_attached_to(self, number: int) -> list[int]:
        """Attachments uploaded to a post: what a `[gallery]` without ids shows."""
        rows = self.db.execute("SELECT number FROM file WHERE parent=? ORDER BY rowid", (number,))
        return [row[0] for row in rows]

    def reusable(self, number: int) -> str | None:
        row = self.db.execute("SELECT content FROM block WHERE number=?", (number,)).fetchone()
        return row[0] if row else None

    def entries(self) -> Iterator[Item]:
        """All posts and pages again, without their texts."""
        for (text,) in self.db.execute("SELECT item FROM entry ORDER BY rowid"):
            yield Item.from_json(text)
