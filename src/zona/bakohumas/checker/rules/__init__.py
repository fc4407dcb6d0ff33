"""The checker of drafts before they are published: plain values in, findings out.

It knows no Django, no network and no clock. Each rule explains itself by a code and the values
that its sentence needs; the sentences stand in `bakohumas/checker/texts.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from . import (
    abbreviations,
    completeness,
    dates,
    leftovers,
    numbers,
    pictures,
    privacy,
    titles,
    wording,
)
from .bounds import UNREAD, bounded
from .draft import MOST_OF_A_KIND, Draft, Event, Finding, House, Photo, Severity, Sibling

__all__ = [
    "UNREAD",
    "Draft",
    "Event",
    "Finding",
    "House",
    "Photo",
    "Severity",
    "Sibling",
    "check",
]

Rule = Callable[[Draft, House], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    dates.check,
    numbers.check,
    privacy.check,
    leftovers.check,
    completeness.check,
    titles.check,
    abbreviations.check,
    wording.check,
    pictures.check,
)
FIELDS = ("title", "lead", "dateline", "text", "place", "people", "activity_date", "photo", "item")


def check(draft: Draft, house: House) -> list[Finding]:
    """What is wrong, doubtful or could be better, the gravest first, then as one reads."""
    read, unread = bounded(draft)
    found = chain(unread, *(rule(read, house) for rule in RULES))
    return sorted(_limit(found), key=_order)


def _limit(found: Iterable[Finding]) -> Iterator[Finding]:
    counts: dict[str, int] = {}
    for finding in dict.fromkeys(found):
        counts[finding.code] = counts.get(finding.code, 0) + 1
        if counts[finding.code] <= MOST_OF_A_KIND:
            yield finding


def _order(finding: Finding) -> tuple[int, int, int, int]:
    place = FIELDS.index(finding.field) if finding.field in FIELDS else len(FIELDS)
    return finding.severity.rank, place, finding.paragraph, finding.start
