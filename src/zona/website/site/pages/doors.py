"""The service doors of the home page: a registry that the rooms fill in `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from ..models import HomePage


@dataclass(frozen=True)
class Door:
    """One service: what the citizen gets, in one sentence, and where."""

    code: str
    title: str | Promise
    sentence: str | Promise
    icon: str
    find_url: Callable[[HttpRequest, HomePage], str]  # "" where this office has no such service


ORDER = ("ppid", "jdih", "consultation", "conference", "bakohumas")
_doors: dict[str, Door] = {}


def register_door(door: Door) -> None:
    """Open a door on every home page. Raises ValueError for a code outside ORDER."""
    if door.code not in ORDER:
        raise ValueError(f"Unknown door {door.code!r}; the house has {', '.join(ORDER)}.")
    _doors[door.code] = door


def list_doors(request: HttpRequest, home: HomePage) -> list[dict[str, str | Promise]]:
    """The doors that lead somewhere for this office, in the order of the house."""
    found = []
    for code in ORDER:
        door = _doors.get(code)
        url = door.find_url(request, home) if door else ""
        if door and url:
            found.append(
                {"title": door.title, "sentence": door.sentence, "icon": door.icon, "url": url}
            )
    return found
