"""What a reader must learn (who, what, when, where), the dateline, a second item on one event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .draft import Draft, Finding, House, Severity, at
from .glossary import WORDS
from .leftovers import opening_dateline
from .phrases import find_dates

OPENING = 3  # paragraphs in which the answers must stand
ENOUGH_WORDS = 12  # fewer are a beginning, not yet a text
_ROLES, _PLACES = (
    re.compile(rf"\b(?:{'|'.join(map(re.escape, WORDS[name]))})\b", re.IGNORECASE)
    for name in ("roles", "places")
)
_WORD = re.compile(r"(?<!\S)\S*\w")
_AT = re.compile(r"\b(?:di|ke|se-?)\s*[A-Z]\w+|\bmelalui\s+\w+\s+meeting\b")


def check(draft: Draft, house: House) -> Iterator[Finding]:
    if draft.is_article:
        yield from _questions(draft)
        yield from _dateline(draft, house)
        if not draft.lead.strip() and _words(draft) >= ENOUGH_WORDS:
            yield Finding("lead_missing", Severity.WARNING, "lead")
    yield from _second(draft)


def _words(draft: Draft) -> int:
    return sum(len(_WORD.findall(text)) for _name, _number, text in draft.prose())


def _questions(draft: Draft) -> Iterator[Finding]:
    """Which of the questions the opening does not answer; "when" has rules of its own."""
    if _words(draft) < ENOUGH_WORDS:
        return
    opening = " ".join([draft.lead, *draft.paragraphs[:OPENING]])
    missing = []
    if not (draft.people or _ROLES.search(f"{draft.title} {opening}")):
        missing.append("who")
    has_date = any(True for _date in find_dates(f"{draft.dateline} {opening}"))
    later = any(True for text in draft.paragraphs[OPENING:] for _date in find_dates(text))
    if not has_date and draft.activity_date is None and later:
        missing.append("when")
    named = draft.place or draft.dateline or opening_dateline(draft.lead)
    if not (named or _PLACES.search(opening) or _AT.search(opening)):
        missing.append("where")
    if missing:
        yield Finding(
            "questions_open", Severity.HINT, "lead", params=(("questions", ",".join(missing)),)
        )


def _dateline(draft: Draft, house: House) -> Iterator[Finding]:
    """Each office has one pattern; a dateline that was pasted into the text stands there twice."""
    first = next((row for row in draft.prose() if row[0] == "text"), None)
    pasted = opening_dateline(first[2]) if first else ""
    is_again = pasted.isupper() or _plain(draft.dateline) in pasted.casefold()
    if pasted and draft.dateline and first and is_again:
        start = first[2].index(pasted)
        yield at("dateline_twice", Severity.HINT, first, (start, start + len(pasted)))
    if not house.dateline:
        return
    if not draft.dateline:
        if not pasted and _words(draft) >= ENOUGH_WORDS:
            yield Finding("dateline_missing", Severity.HINT, "dateline", suggestion=house.dateline)
    elif not _plain(draft.dateline).startswith(_plain(house.dateline)):
        where = ("dateline", 0, draft.dateline)
        yield at(
            "dateline_other", Severity.HINT, where, (0, len(draft.dateline)),
            suggestion=house.dateline,
        )  # fmt: skip


def _plain(dateline: str) -> str:
    return re.sub(r"[\s,–—_-]+$", "", dateline.strip()).casefold()


def _second(draft: Draft) -> Iterator[Finding]:
    if draft.is_roundup:
        return
    for sibling in draft.siblings:
        if sibling.kind == draft.kind:
            yield Finding(
                "second_item",
                Severity.WARNING,
                "item",
                params=(("title", sibling.title), ("url", sibling.url)),
            )
            return
