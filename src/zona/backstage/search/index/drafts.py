"""From what a room tells of a thing to the row of the index."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import astuple
from functools import cache
from importlib import resources

from ..models import Entry
from ..registry import Draft
from ..rules import scopes, words

VERSION = "1"  # raised when the rows of the same drafts become others
LONGEST_TEXT = 200_000  # characters; PostgreSQL keeps at most 1 MB of words a row


@cache
def scheme() -> str:
    """Changes when rows would be made otherwise: the index then has to be rebuilt."""
    state = hashlib.blake2b(VERSION.encode(), digest_size=16)
    folder = resources.files("zona.backstage.search").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name not in {"synonyms.txt", "soft_words.txt"}:  # these change queries alone
            state.update(file.read_bytes())
    return state.hexdigest()


def digest_of(draft: Draft, code: str) -> str:
    """The same for drafts that make the same row."""
    return hashlib.blake2b(
        f"{scheme()}\n{code}\n{astuple(draft)!r}".encode(errors="replace"), digest_size=16
    ).hexdigest()


def make_entry(source: str, draft: Draft, code: str, now: dt.datetime) -> Entry:
    """The row of a draft, not saved. `code`: of its office, "" without one."""
    title = " ".join(words.clean(draft.title).split())[:300]
    text = words.clean(draft.text).strip()[:LONGEST_TEXT]
    stems = words.list_stems(text)
    year = None
    if draft.date:
        year = draft.date.year
        said = words.say_date(draft.date.day, draft.date.month, year)
        stems += words.list_stems(said)
    return Entry(
        source=source,
        object_id=draft.key,
        kind=draft.kind,
        office_id=draft.office_id,
        rubric=draft.rubric[:60],
        title=title,
        text=text,
        date=draft.date,
        year=year,
        valid_until=draft.valid_until,
        url=draft.url,
        boost=draft.boost,
        language=draft.language,
        title_stem=" ".join(words.list_stems(title)),
        text_stem=" ".join(stems),
        scope=scopes.describe(
            code=code, kind=draft.kind, rubric=draft.rubric, year=year, is_door=draft.is_door
        )[:200],
        digest=digest_of(draft, code),
        updated_at=now,
        seen_at=now,
    )
