"""Pages in memory: what is kept, until when it holds, and what goes when room is short.

`Versions` is written by the thread that watches the database and read by the event loop; all else
belongs to the event loop alone, so there are no locks.
"""

from __future__ import annotations

import sys
from collections import OrderedDict, deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

LONGEST_SILENCE = 1.0  # seconds since the database was last asked; then nothing is shown
OVERHEAD = 2_000  # bytes an entry costs beside its bodies
SMALL_SHARE = 0.1  # of the memory is for entries that nobody has asked for twice


class Versions:
    """A count of changes, over all and by office.

    A page made at version v is as new as the database while no change of its office, or of
    everybody's, has been counted above v. Changes are counted before `asked_at` moves on, so a
    reader that finds `asked_at` young also finds all changes committed before that moment.
    """

    def __init__(self) -> None:
        self.last = 0
        self.of_all = 0
        self.of_office: dict[int, int] = {}
        self.asked_at = float("-inf")  # monotonic seconds when the last good answer was asked for

    def count(self, offices: Iterable[int | None]) -> None:
        """Count changes of offices; None is a change of everybody's."""
        version = self.last + 1
        for office in offices:
            if office is None:
                self.of_all = version
            else:
                self.of_office[office] = version
        self.last = version

    def is_current(self, version: int, office: int | None) -> bool:
        """Whether a page of `office` made at `version` still stands; None: of any office."""
        if office is None:
            return version >= self.last
        return version >= self.of_all and version >= self.of_office.get(office, 0)

    def is_fresh(self, now: float) -> bool:
        """Whether the database was asked within LONGEST_SILENCE before `now` (monotonic)."""
        return now - self.asked_at < LONGEST_SILENCE


@dataclass(slots=True)
class Body:
    """One coding of a page: headers as the server wants them, those of a 304, and the bytes."""

    headers: list[tuple[str, str]]
    unchanged: list[tuple[str, str]]
    content: bytes


@dataclass(slots=True)
class Entry:
    """A page that is kept."""

    status: int
    digest: str  # of content and headers; the ETag is made of it
    version: int  # of Versions when its making began
    office: int | None
    until: float  # seconds of the clock
    headers: list[tuple[str, str]]  # those that every coding shares
    bodies: dict[str, Body] = field(default_factory=dict)
    hits: int = 0
    page: int | None = None  # whose reading is counted
    is_pressed: bool = False  # the codings in use were made as small as they get

    def size(self) -> int:
        """Bytes in memory. Codings come later; together they are smaller than the plain text."""
        plain = len(self.bodies["identity"].content)
        made = sum(len(body.content) for body in self.bodies.values())
        return OVERHEAD + max(2 * plain, made)


@dataclass(slots=True)
class _Place:
    entry: Any
    size: int
    used: int = 0  # 0 to 3: asked for since it was last looked at
    is_main: bool = False


class Memory:
    """Entries by key within a number of bytes, evicted as S3-FIFO does.

    New ones wait in a small queue and leave it again unless somebody asks once more; so a robot
    that reads the whole site once does not push out the pages that people read. (Yang and
    others, "FIFO queues are all you need for cache eviction", SOSP 2023.)
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0
        self.used_small = 0
        self._places: dict[Hashable, _Place] = {}
        self._small: deque[Hashable] = deque()
        self._main: deque[Hashable] = deque()
        self._ghosts: OrderedDict[Hashable, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._places)

    def get(self, key: Hashable) -> Any:
        """The entry of a key, or None."""
        place = self._places.get(key)
        if place is None:
            return None
        if place.used < 3:
            place.used += 1
        return place.entry

    def put(self, key: Hashable, entry: Any, size: int) -> None:
        """Keep an entry of `size` bytes; what stood under the key gives way in its place."""
        place = self._places.get(key)
        if size > self.limit // 4:
            self.drop(key)  # what it replaces does not stand either
            return
        if place is not None:
            self._count(place, -place.size)
            place.entry, place.size = entry, size
            self._count(place, size)
        else:
            place = _Place(entry, size, is_main=key in self._ghosts)
            self._ghosts.pop(key, None)
            self._places[key] = place
            (self._main if place.is_main else self._small).append(key)
            self._count(place, size)
        while self.used > self.limit:
            self._evict()

    def drop(self, key: Hashable) -> None:
        """Keep the entry of a key no longer."""
        place = self._places.pop(key, None)
        if place is not None:
            (self._main if place.is_main else self._small).remove(key)
            self._count(place, -place.size)

    def _count(self, place: _Place, size: int) -> None:
        self.used += size
        if not place.is_main:
            self.used_small += size

    def _evict(self) -> None:
        """Make one step towards more room."""
        if self._small and (self.used_small > self.limit * SMALL_SHARE or not self._main):
            key = self._small.popleft()
            place = self._places[key]
            if place.used > 1:
                self.used_small -= place.size
                place.is_main, place.used = True, 0
                self._main.append(key)
                return
            self._remember_ghost(key)
        else:
            key = self._main.popleft()
            place = self._places[key]
            if place.used:
                place.used -= 1
                self._main.append(key)
                return
        del self._places[key]
        self._count(place, -place.size)

    def _remember_ghost(self, key: Hashable) -> None:
        self._ghosts[key] = None
        while len(self._ghosts) > max(len(self._places), 100):
            self._ghosts.popitem(last=False)


def intern_pairs(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Header lists whose texts are shared between entries; most are the same on every page."""
    return [(sys.intern(name), sys.intern(value)) for name, value in pairs]
