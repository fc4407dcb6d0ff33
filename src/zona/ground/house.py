"""What a room tells the house about itself, in its `room.py`, and the house that asks.

    from zona.ground.house import Address, Job, Room

    ROOM = Room(addresses=(Address("agenda/", "zona.bakohumas.agenda.urls"),), ...)

`config/wiring.py` lists the rooms. Whoever needs a kind of fact gathers it from all of them:

    for job in gather("jobs"): ...

A fact of a room stands in no other list, and a test fails where a room forgot to say
(`tests/test_rooms.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Address:
    """Where a room's public addresses begin, and the module that lists them."""

    prefix: str
    urls: str


@dataclass(frozen=True)
class Job:
    """What happens by time alone. `when`: fields of cron, such as {"minute": 35}."""

    name: str
    task: str  # dotted path
    when: Mapping[str, int | str]


@dataclass(frozen=True)
class Room:
    """All that the house must know about a room; empty where it has nothing to say."""

    addresses: tuple[Address, ...] = ()
    staff_urls: str = ""
    """The module that lists its screens in the back office, under /kantor/."""
    screens: tuple[str, ...] = ()
    """Staff screens that may be reached beside those of `staff_urls`: patterns (re) of whole
    names of addresses. What no room names is closed to everyone but superusers."""
    reserved: frozenset[str] = frozenset()
    """First words of its own addresses, in an installation or in an office: no page has them."""
    public: frozenset[str] = frozenset()
    """Its tables (names of models) that a public page may show: writing them ends kept pages."""
    private: frozenset[str] = frozenset()
    """Its other tables. Every table is one or the other."""
    unseen_columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Columns of public tables that no page shows."""
    jobs: tuple[Job, ...] = ()
    when_published: tuple[str, ...] = ()
    """Functions (dotted) of a page and the revision that came out, in its transaction; also for
    what will come out by the clock, which is not live yet."""
    when_unpublished: tuple[str, ...] = ()
    """Functions (dotted) of a page that leaves, in its transaction."""
    at_start: tuple[str, ...] = ()
    """Management commands that fill what is missing at every start."""


@cache
def rooms() -> Mapping[str, Room]:
    """Each room in the order of the wiring: dotted name -> what it tells."""
    return {
        name: import_module(f"{name}.room").ROOM if find_spec(f"{name}.room") else Room()
        for name in settings.ROOMS
    }


def gather(fact: str) -> Iterator[Any]:
    """All that the rooms tell of one kind, in the order of the wiring."""
    for room in rooms().values():
        yield from getattr(room, fact)
