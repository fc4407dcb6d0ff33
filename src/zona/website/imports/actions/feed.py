"""`zona import feed`: RSS or Atom of an old site, from a file or, repeatedly, its server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zona.ground.files.reader import limits
from zona.ground.files.reader.limits import TooMuch, Unreadable
from zona.ground.files.reader.unpacking import GZIP, unpack
from zona.offices.models import Office

from ..feeds import NoFeed, read_feed
from ..fetching import fetch, open_session
from ..models import Feed
from ..report import Report
from ..rules import items as rules
from ..rules.items import Item
from .links import settle_links
from .media import Media
from .run import CHUNK, Run, Target

LARGEST = limits.FEED_BYTES


def import_feed(
    *, source: str, office: Office, folder: Path, may_fetch: bool = False, is_trial: bool = False
) -> Report:
    """Import the entries of a feed; what is known and unchanged stays. Raises OSError, NotFetched.

    From a server only what is new since the last time is asked for (ETag, Last-Modified); that is
    noted once all entries are in, so that a stopped run asks for all again.
    """
    with Report(folder, is_trial) as report:
        data, row = _load(source, office)
        if row is not None and not data:
            report.unchanged = True
            return report
        site, items = read_feed(data, source)
        media = Media(office=office, report=report, may_fetch=may_fetch, is_trial=is_trial)
        run = Run(office, report, media, is_trial=is_trial)
        run.know_site(site)
        targets: dict[str, Target] = {}
        for number, item in enumerate(_told_apart(items), 1):
            item.number = -number  # only to find the page again within this run
            run.take(item)
            run.lead_on(item, targets)
            run.place(targets, CHUNK)
        run.place(targets)
        run.finish()
        if not is_trial:
            settle_links(office, run.builder.old_hosts, report)
            if row is not None and not report.has_failed:
                row.save()
    return report


def _load(source: str, office: Office) -> tuple[bytes, Feed | None]:
    if not source.startswith(("http://", "https://")):
        with Path(source).open("rb") as file:
            data = file.read(LARGEST + 1)
        if data.startswith(GZIP):
            data = _unpack(data)
        if len(data) > LARGEST:
            raise NoFeed(
                f"{source} lebih besar dari {LARGEST // limits.MB} MB, jadi tidak dibaca. Minta"
                " umpan yang lebih pendek, atau bagi berkasnya."
            )
        return data, None
    known = Feed.objects.filter(office=office, url=source[:500])
    row = known.first() or Feed(office=office, url=source[:500])
    asked = {"If-None-Match": row.etag, "If-Modified-Since": row.modified}
    data, response = fetch(
        open_session(), source, limit=LARGEST,
        headers={name: value for name, value in asked.items() if value},
    )  # fmt: skip
    if response.status_code != 304:
        row.etag = response.headers.get("ETag", "")[:255]
        row.modified = response.headers.get("Last-Modified", "")[:120]
    return data, row


def _unpack(data: bytes) -> bytes:
    """What a .gz holds, one byte more than may be at most. Raises NoFeed."""
    out = bytearray()
    try:
        for piece in unpack([data], LARGEST):
            out += piece
    except TooMuch:
        return bytes(LARGEST + 1)
    except Unreadable as error:
        raise NoFeed("Berkas .gz itu rusak atau terpotong.") from error
    return bytes(out)


def _told_apart(items: Iterator[Item]) -> Iterator[Item]:
    """Each key once: some feeds repeat an entry."""
    seen = set()
    for item in items:
        key = rules.key_of(item)
        if key not in seen:
            seen.add(key)
            yield item
