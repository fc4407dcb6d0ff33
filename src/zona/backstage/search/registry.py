"""Where rooms make known what of theirs is public and can be searched.

    register_source(Source("answers", list_keys, build, kinds={"answer": _("Answers")}))

`list_keys(after)` gives the keys of all its things in an order that stays, those after a key when
one is given; `build(keys)` gives the drafts of those among them that are public now. Whoever
changes a thing calls `follow(source="answers", keys=[key])` in the same transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Draft:
    """A public thing as its room tells it. Texts are plain, not HTML."""

    key: str
    kind: str
    title: str
    url: str  # path on the installation's own host, without language: /jawa-tengah/…/
    text: str = ""
    office_id: int | None = None
    rubric: str = ""
    date: dt.date | None = None
    valid_until: dt.date | None = None  # afterwards it is found, marked and ranked lower
    boost: float = 1.0
    language: str = "id"
    is_door: bool = False  # leads to an office: not found in the search of that very office


@dataclass(frozen=True)
class Source:
    """What one room has to be searched."""

    name: str
    list_keys: Callable[[str], Iterable[str]]
    build: Callable[[Sequence[str]], Iterable[Draft]]
    count: Callable[[], int]  # of keys, for progress
    kinds: Mapping[str, str | Promise] = field(default_factory=dict)  # how a kind is called


_SOURCES: dict[str, Source] = {}


def register_source(source: Source) -> None:
    _SOURCES[source.name] = source


def get_source(name: str) -> Source:
    return _SOURCES[name]


def list_sources() -> list[Source]:
    return [_SOURCES[name] for name in sorted(_SOURCES)]


def kind_labels() -> dict[str, str | Promise]:
    """All kinds of all sources, in their order."""
    return {kind: label for source in list_sources() for kind, label in source.kinds.items()}
