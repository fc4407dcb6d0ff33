"""What an office makes of its events: how many are told, how soon, where, and how completely.

Nothing that too few events or items stand behind shows a number: such a `Share` is not measured,
and that is not nought. Unpublished events stay in the denominator of the delay, so that skipping
the hard ones makes nothing look quicker.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

HOURS = (24, 48, 72)


@dataclass(frozen=True)
class Limits:
    """Thresholds of the measures."""

    source: str = (
        "Ukuran peliputan Zona 1.0 (November 2026); belum ada angka resmi di Indonesia tentang "
        "jeda pemberitaan."
    )
    enough: int = 5  # events or items behind a number
    roundup: int = 7  # events that one item can tell of
    spread_hours: int = 24  # after publication on the website
    exceptions: float = 0.25  # share beyond which exceptions are asked about


LIMITS = Limits()


@dataclass(frozen=True)
class Share:
    """So many of so many. Few say nothing."""

    number: int
    total: int
    enough: int = LIMITS.enough

    @property
    def is_measured(self) -> bool:
        return self.total >= self.enough

    @property
    def value(self) -> float | None:
        """0 to 1; None when not measured."""
        return self.number / self.total if self.is_measured else None

    @property
    def percent(self) -> int | None:
        """Whole per cent, never rounded up to 100 nor down to 0 while something is missing."""
        if not self.is_measured:
            return None
        rounded = round(100 * self.number / self.total)
        if self.number < self.total:
            rounded = min(rounded, 99)
        return max(rounded, 1) if self.number else rounded


@dataclass(frozen=True)
class Item:
    """An own item that is on the website. Hours are counted from `published`."""

    key: int
    published: dt.datetime
    kind: str = "article"
    first_channel: dt.datetime | None = None
    lacks: frozenset[str] = frozenset()
    corrections: int = 0


@dataclass(frozen=True)
class Told:
    """An event that took place and is to be told, with the items that tell of it."""

    key: int
    kind: str
    ended: dt.datetime
    deadline_hours: int = 24
    is_external: bool = False
    items: tuple[Item, ...] = ()

    @property
    def first(self) -> dt.datetime | None:
        """When it was first on the website."""
        return min((item.published for item in self.items), default=None)

    @property
    def delay(self) -> float | None:
        """Hours from the end to the website; 0 when the item came first, None when none came."""
        if self.first is None:
            return None
        return max(0.0, (self.first - self.ended) / dt.timedelta(hours=1))

    @property
    def is_told(self) -> bool:
        return bool(self.items)

    @property
    def is_timely(self) -> bool:
        return self.delay is not None and self.delay <= self.deadline_hours


def limit_roundups(events: Iterable[Told], at_most: int = LIMITS.roundup) -> list[Told]:
    """The events with no item telling of more than seven: it keeps those that ended first."""
    used: Counter[int] = Counter()
    found = []
    for event in sorted(events, key=lambda row: (row.ended, row.key)):
        kept = []
        for item in event.items:
            used[item.key] += 1
            if used[item.key] <= at_most:
                kept.append(item)
        found.append(replace(event, items=tuple(kept)))
    return found


# --- shares of events ---


def told(events: Sequence[Told]) -> Share:
    return Share(sum(event.is_told for event in events), len(events))


def timely(events: Sequence[Told]) -> Share:
    return Share(sum(event.is_timely for event in events), len(events))


def within(events: Sequence[Told], hours: float) -> Share:
    """The share on the website so many hours after the end; unpublished ones count as not."""
    quick = sum(1 for event in events if event.delay is not None and event.delay <= hours)
    return Share(quick, len(events))


def steps(events: Sequence[Told], until: float) -> list[tuple[float, float]]:
    """The curve of `within` (ECDF) as corners (hours, share 0 to 1), up to `until` hours."""
    total = len(events)
    delays = sorted(event.delay for event in events if event.delay is not None)
    corners = [(0.0, 0.0)]
    for reached, delay in enumerate(delays, 1):
        if delay > until:
            break
        if corners[-1][0] == delay:
            corners[-1] = (delay, reached / total)
        else:
            corners.append((delay, reached / total))
    if corners[-1][0] < until:
        corners.append((until, corners[-1][1]))
    return corners


def quantile(events: Sequence[Told], share: float) -> float | None:
    """Hours within which that share of all events was told; None while so many are not told."""
    if len(events) < LIMITS.enough:
        return None
    delays = sorted(event.delay for event in events if event.delay is not None)
    place = math.ceil(share * len(events))
    return delays[place - 1] if place <= len(delays) else None


def external(events: Sequence[Told]) -> Share:
    """Of the events told, those held by somebody else."""
    found = [event for event in events if event.is_told]
    return Share(sum(event.is_external for event in found), len(found))


def doubled(events: Sequence[Told]) -> list[int]:
    """Events of which two items of the same kind tell."""
    return [
        event.key
        for event in events
        if any(n > 1 for n in Counter(item.kind for item in event.items).values())
    ]


def by_kind(events: Iterable[Told]) -> dict[str, Share]:
    """Told by kind of event, the kind with the most untold first."""
    rows: dict[str, list[Told]] = {}
    for event in events:
        rows.setdefault(event.kind, []).append(event)
    shares = {kind: told(found) for kind, found in rows.items()}
    order = sorted(
        shares, key=lambda kind: (shares[kind].number - shares[kind].total, -shares[kind].total)
    )
    return {kind: shares[kind] for kind in order}


def never_told(shares: Mapping[str, Share]) -> list[str]:
    """Kinds of which nothing was ever told."""
    return [kind for kind, share in shares.items() if not share.number]


def exceptions(excepted: int, events: int) -> Share:
    """Events that nobody is to tell, of all that took place or were called off."""
    return Share(excepted, excepted + events)


def asks_why(share: Share) -> bool:
    """Whether so many exceptions want an explanation."""
    return share.value is not None and share.value > LIMITS.exceptions


# --- shares of items ---


def website_first(items: Iterable[Item]) -> Share:
    """Of the items that a channel showed, those that the website showed no later."""
    shown = [item for item in items if item.first_channel is not None]
    first = sum(1 for item in shown if item.first_channel and item.published <= item.first_channel)
    return Share(first, len(shown))


def spread(items: Sequence[Item], hours: int = LIMITS.spread_hours) -> Share:
    """Items on at least one channel within a day of the website."""
    limit = dt.timedelta(hours=hours)
    quick = sum(
        1 for item in items if item.first_channel and item.first_channel - item.published <= limit
    )
    return Share(quick, len(items))


def complete(items: Sequence[Item]) -> Share:
    return Share(sum(not item.lacks for item in items), len(items))


def lacking(items: Iterable[Item]) -> dict[str, int]:
    """How many items lack what, the most frequent first."""
    return dict(Counter(what for item in items for what in item.lacks).most_common())


def corrections_per_hundred(items: Sequence[Item]) -> float | None:
    """None while there are too few items."""
    if len(items) < LIMITS.enough:
        return None
    return 100 * sum(item.corrections for item in items) / len(items)


# --- what belongs to an item of a kind ---

PICTURE = frozenset({"photo", "alt", "caption", "credit"})
NEEDS: Mapping[str, frozenset[str]] = {
    "article": PICTURE | {"text"},
    "photo_story": PICTURE | {"text"},
    "infographic": frozenset({"text", "photo", "alt"}),
    "video": frozenset({"text", "transcript"}),
    "podcast_episode": frozenset({"text", "transcript"}),
    "announcement": frozenset({"text"}),
}


def lacks(kind: str, has: Iterable[str]) -> frozenset[str]:
    """What of its package an item of a kind lacks."""
    return NEEDS.get(kind, frozenset({"text"})) - set(has)


# --- months ---


@dataclass(frozen=True)
class Month:
    """Told events of one month."""

    first: dt.date
    share: Share = field(default_factory=lambda: Share(0, 0))


def by_month(events: Iterable[tuple[dt.date, Told]], until: dt.date, count: int) -> list[Month]:
    """The last months up to that of `until`; events come with the day on which they ended."""
    numbers: Counter[tuple[int, int]] = Counter()
    totals: Counter[tuple[int, int]] = Counter()
    for day, event in events:
        totals[day.year, day.month] += 1
        numbers[day.year, day.month] += event.is_told
    found = []
    for back in range(count - 1, -1, -1):
        place = until.year * 12 + until.month - 1 - back
        year, month = place // 12, place % 12 + 1
        share = Share(numbers[year, month], totals[year, month])
        found.append(Month(dt.date(year, month, 1), share))
    return found
