"""What a search engine must do here; the rest of the room knows no engine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ..rules.asking import Term

CAP = 500  # results that are ranked and counted; beyond it stands "more than 500"


class Hit(NamedTuple):
    """One entry found, with what filters need."""

    id: int
    kind: str
    office_id: int | None
    rubric: str
    year: int | None


@dataclass(frozen=True)
class Ask:
    """What an engine is asked: terms, within scopes."""

    terms: tuple[Term, ...]
    scopes: tuple[str, ...]  # all of them
    today: dt.date
    newest: bool = False  # else the best first
    titles_only: bool = False


class EngineUnavailable(Exception):
    """The engine is not there, or does not answer in time."""


class Engine(Protocol):
    """A search engine. Raises EngineUnavailable."""

    def find(self, ask: Ask, limit: int) -> list[Hit]:
        """At most `limit` entries with all terms, the best or the newest first."""
        ...

    def find_some(self, ask: Ask, least: int, limit: int) -> list[Hit]:
        """At most `limit` entries with at least `least` of the terms, the best first."""
        ...


# How much an entry counts beside its words: news of this year a little more, of the last years a
# little less, and much less what is no longer in force.
FRESH, RECENT, EXPIRED = 1.2, 1.1, 0.3
RECENT_YEARS = 2
