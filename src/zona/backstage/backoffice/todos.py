"""What a person should do next: a registry that the rooms fill in `apps.ready()`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

from django.db.models import Exists, QuerySet

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

# The rows without which a source has nothing to tell. One query asks for those of all sources.
Probe: TypeAlias = Callable[[Office, dt.datetime], QuerySet[Any]]

_sources: dict[str, Source] = {}
_probes: dict[str, Probe] = {}


def register_todo(*, when: Probe | None = None) -> Callable[[Source], Source]:
    """Add a source to every dashboard; a decorator. Twice counts once.

    `when`: the source is asked only where this finds a row.
    """

    def register(source: Source) -> Source:
        name = f"{source.__module__}.{source.__qualname__}"
        _sources[name] = source
        if when is not None:
            _probes[name] = when
        return source

    return register


def list_todos(user: User, office: Office, now: dt.datetime) -> list[Todo]:
    """Everything to do, what is late first."""
    idle = _find_idle(office, now)
    found = [
        todo
        for name, source in _sources.items()
        if name not in idle
        for todo in source(user, office, now)
    ]
    return sorted(found, key=lambda todo: (todo.urgency, todo.since or dt.date.max))


def _find_idle(office: Office, now: dt.datetime) -> set[str]:
    """The sources that have nothing to tell (one query)."""
    asked = list(_probes)
    answers = Office.objects.filter(pk=office.pk).values_list(
        *(Exists(_probes[name](office, now)) for name in asked)
    )
    return {name for name, has_rows in zip(asked, answers.get(), strict=True) if not has_rows}
