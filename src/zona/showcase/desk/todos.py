"""What a person should do next: a registry that the rooms fill in `apps.ready()`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from zona.offices.models import Office, User


class Urgency(IntEnum):
    """In this order things stand on the dashboard."""

    LATE = 0  # a date has passed
    SOON = 1  # a date comes near, or somebody waits
    CALM = 2  # better done than not


@dataclass(frozen=True)
class Todo:
    """One thing to do; `url` leads to where one more tap finishes it."""

    title: str
    detail: str
    url: str
    urgency: Urgency
    since: dt.date | None = None  # the day it became due: among equals the oldest comes first

    @property
    def is_late(self) -> bool:
        return self.urgency is Urgency.LATE

    @property
    def is_soon(self) -> bool:
        return self.urgency is Urgency.SOON


# What is to do in one office at a moment (aware). Tells only what the person could finish; a person
# who may change nothing there is shown what the others have to do.
Source: TypeAlias = Callable[[User, Office, dt.datetime], Iterable[Todo]]

_sources: dict[str, Source] = {}


def register_todo(source: Source) -> Source:
    """Add a source to every dashboard; usable as a decorator. Twice counts once."""
    _sources[f"{source.__module__}.{source.__qualname__}"] = source
    return source


def list_todos(user: User, office: Office, now: dt.datetime) -> list[Todo]:
    """Everything to do, what is late first."""
    found = [todo for source in _sources.values() for todo in source(user, office, now)]
    return sorted(found, key=lambda todo: (todo.urgency, todo.since or dt.date.max))
