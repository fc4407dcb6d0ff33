"""What the checker reads and what it says. Plain, frozen values."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from .glossary import KNOWN

MOST_OF_A_KIND = 5  # more of the same would not be read


class Severity(Enum):
    """How grave a finding is."""

    FAULT = "fault"  # it cannot be right
    WARNING = "warning"  # it is probably wrong, or may harm somebody
    HINT = "hint"  # it could be better

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture of an item. `is_main`: it stands above the text."""

    alt: str = ""
    caption: str = ""
    credit: str = ""
    has_children: bool = False
    has_consent: bool = True  # of the parents in writing, where children can be recognised
    shows_named: bool = False
    is_asked: bool = True  # those who are singled out were asked
    is_main: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """The agenda entry that the item tells of: first and last day."""

    title: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another item that tells of the same event."""

    title: str
    url: str = ""
    kind: str = "article"


@dataclass(frozen=True, slots=True)
class Draft:
    """One item as it stands. `kind` is that of the page: article, announcement, ..."""

    title: str = ""
    lead: str = ""
    paragraphs: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()  # of tables: no running text, but people's data may stand there
    kind: str = "article"
    dateline: str = ""
    place: str = ""
    people: str = ""
    activity_date: dt.date | None = None
    publish_on: dt.date | None = None  # the day it came out, or will; today for a draft
    event: Event | None = None
    photos: tuple[Photo, ...] = ()
    siblings: tuple[Sibling, ...] = ()
    is_roundup: bool = False  # it tells of several events

    @property
    def is_article(self) -> bool:
        return self.kind == "article"

    def texts(self) -> Iterator[tuple[str, int, str]]:
        """(field, number of the paragraph, text) of all running text, in the order of reading."""
        if self.title:
            yield "title", 0, self.title
        if self.lead:
            yield "lead", 0, self.lead
        for number, paragraph in enumerate(self.paragraphs):
            if paragraph.strip():
                yield "text", number, paragraph

    def prose(self) -> Iterator[tuple[str, int, str]]:
        """The running text without the title."""
        return (row for row in self.texts() if row[0] != "title")


@dataclass(frozen=True, slots=True)
class House:
    """What one office asks of its items."""

    dateline: str = ""
    title_hint: int = 70  # longer ones are cut in results of searches and on cards
    title_length: int = 90
    glossary: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: KNOWN)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: where, how grave, and what could stand there instead.

    `start` and `end` count characters in the field, or in its paragraph. `excerpt` is what stands
    there; it stays empty where it is somebody's personal data.
    """

    code: str
    severity: Severity
    field: str
    paragraph: int = 0
    start: int = 0
    end: int = 0
    excerpt: str = ""
    params: tuple[tuple[str, str], ...] = ()
    suggestion: str = ""

    @property
    def values(self) -> dict[str, str]:
        """What the sentence of the finding is filled with."""
        return {"excerpt": self.excerpt, "suggestion": self.suggestion} | dict(self.params)


class Spans:
    """Stretches of one text, in order and apart; asked in few steps what lies in one of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = list(spans)
        self._begins = [begin for begin, _end in self._spans]

    def hold(self, place: int) -> bool:
        at = bisect_right(self._begins, place) - 1
        return at >= 0 and place < self._spans[at][1]


def at(
    code: str,
    severity: Severity,
    where: tuple[str, int, str],
    span: tuple[int, int],
    *,
    suggestion: str = "",
    is_private: bool = False,
    **params: object,
) -> Finding:
    """A finding at a span of one of the draft's texts."""
    name, paragraph, text = where
    start, end = span
    return Finding(
        code=code,
        severity=severity,
        field=name,
        paragraph=paragraph,
        start=start,
        end=end,
        excerpt="" if is_private else text[start:end],
        params=tuple((key, str(value)) for key, value in params.items()),
        suggestion=suggestion,
    )
