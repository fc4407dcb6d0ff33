"""The arithmetic of the website: ageing, places in lists, what an old site's address tells."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

ARCHIVE_AFTER_DAYS = 365
TITLE_LENGTH = 90
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
UNDATED = EPOCH  # where items stand in lists when nobody knows their day: last


class Age(StrEnum):
    """How fresh a page is; the words are those the screens use."""

    FRESH = "segar"
    DUE = "segera"
    LATE = "lewat"
    STALE = "basi"
    EXPIRED = "kedaluwarsa"
    ARCHIVED = "arsip"


def age_of_reference(days_since_review: int, review_days: int) -> Age:
    """State of a reference page: due from 0.9 of the interval, late from 1, stale from 2."""
    ratio = days_since_review / review_days
    if ratio < 0.9:
        return Age.FRESH
    if ratio < 1:
        return Age.DUE
    return Age.LATE if ratio < 2 else Age.STALE


def age_of(
    freshness: str,
    today: dt.date,
    *,
    valid_until: dt.date | None = None,
    happened: dt.date | None = None,
    reviewed: dt.date | None = None,
    review_days: int | None = None,
) -> Age:
    """State of a page of class W (window), R (reference), D (periodic) or N (news).

    `reviewed` is the last full review, or the first publication before any review.
    """
    if freshness == "W":
        return Age.EXPIRED if valid_until and valid_until < today else Age.FRESH
    if freshness == "N":
        is_old = happened is not None and (today - happened).days > ARCHIVE_AFTER_DAYS
        return Age.ARCHIVED if is_old else Age.FRESH
    if reviewed is None or not review_days:
        return Age.FRESH
    return age_of_reference((today - reviewed).days, review_days)


@dataclass(frozen=True)
class Cursor:
    """A place in a list that stays where it is when newer items arrive.

    Lists run from current to sunk (expired) items, then from new to old, then by id.
    """

    is_sunk: bool
    listed_at: dt.datetime
    id: int

    PATTERN: ClassVar = re.compile(r"([01])\.(-?\d{1,12})\.(\d{6})\.(\d{1,12})")

    def __str__(self) -> str:
        seconds, rest = divmod(self.listed_at - EPOCH, dt.timedelta(seconds=1))
        return f"{int(self.is_sunk)}.{seconds}.{rest.microseconds:06d}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Raise ValueError when the text is not a cursor."""
        match = cls.PATTERN.fullmatch(text)
        if not match:
            raise ValueError(text)
        try:
            moment = EPOCH + dt.timedelta(seconds=int(match[2]), microseconds=int(match[3]))
        except OverflowError as error:
            raise ValueError(text) from error
        return cls(match[1] == "1", moment, int(match[4]))


# --- what comes from old sites -----------------------------------------------------------------

LONGEST = 300  # characters of what was printed above or below a text
DOMAIN = re.compile(r"(?:[\w-]+\.)?[\w-]*kpu[\w-]*\.(?:go\.id|id)\S*", re.IGNORECASE)


def clean_dateline(printed: str | None) -> str:
    """The place alone: without the site's name, the closing dash and dates in brackets."""
    text = DOMAIN.sub("", (printed or "")[:LONGEST])
    text = re.sub(r"\([\d/ ]*\)", "", text)
    text = re.sub(r"[\s,.:(_–—-]+$", "", text.strip())
    return text.title() if text.isupper() else text


def clean_sign_off(printed: str | None) -> str:
    """Initials without brackets, stars and dashes at the edge."""
    return re.sub(r"^[\s(*/–—-]+|[\s)]+$", "", (printed or "")[:LONGEST])


SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])")
ABBREVIATION = re.compile(r"\b(?:No|Jl|H|Hj|Dr|Drs|Prof|dll|dkk|Kab|Kec)\.$")
SHORTEST_LEAD = 20


def split_lead(text: str) -> tuple[str, str]:
    """First sentence and the rest; a text without a clear first sentence is all lead."""
    text = text.strip()
    for end in SENTENCE_END.finditer(text):
        lead = text[: end.start()]
        if len(lead) >= SHORTEST_LEAD and not ABBREVIATION.search(lead):
            return lead, text[end.end() :]
    return text, ""


def shorten(text: str, length: int = TITLE_LENGTH) -> str:
    """At most `length` characters, cut between words, with an ellipsis where something is cut."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


class PictureCaution(StrEnum):
    """What to think of before a picture is shown to everyone (Law 27/2022, art. 20 and 25)."""

    CHILD = "child"  # no consent of a parent or guardian in writing
    NOT_ASKED = "not_asked"  # somebody is singled out and was not asked
    LICENCE = "licence"  # under a licence that nobody named


def cautions_for(
    *, people: str, consent: str, has_children: bool, rights: str, rights_note: str
) -> list[PictureCaution]:
    """Warnings, the gravest first; never a reason to refuse, since only people know the rest.

    people: nobody, crowd or named; consent: none (not needed), spoken, written or open (not asked);
    rights: own, partner, licensed or free; "" is what nobody has said yet.
    """
    found = []
    if has_children and consent != "written":
        found.append(PictureCaution.CHILD)
    elif people == "named" and consent == "open":
        found.append(PictureCaution.NOT_ASKED)
    if rights == "licensed" and not rights_note.strip():
        found.append(PictureCaution.LICENCE)
    return found
