"""What rooms above put at the foot of pages: parts of items, and the way to follow an office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from zona.offices.models import Office

from ..models import BasePage
from ..queries import Narrow


@dataclass(frozen=True)
class Foot:
    """A part of the foot.

    template: included with `context` as its only input, and only when `build` gives one.
    build: (request, page) -> context, or None when the part has nothing to say there.
    order: smaller stands higher.
    """

    template: str
    build: Callable[[HttpRequest, BasePage], dict[str, Any] | None]
    order: int = 100


_feet: list[Foot] = []


def register_foot(foot: Foot) -> None:
    """Called from a room's apps.ready()."""
    _feet.append(foot)
    _feet.sort(key=lambda known: known.order)


def list_feet(request: HttpRequest, page: BasePage) -> list[dict[str, Any]]:
    """[{template, context}] for a page, in order."""
    built = ((foot.template, foot.build(request, page)) for foot in _feet)
    return [{"template": name, "context": context} for name, context in built if context]


FollowUrl = Callable[[Office, Narrow | None], str]
_follow: list[FollowUrl] = []


def register_follow(find_url: FollowUrl) -> None:
    """Offer a way to follow an office or one of its lists; called from a room's apps.ready()."""
    _follow[:] = [find_url]


def follow_url(office: Office, narrow: Narrow | None = None) -> str:
    """Where the office, or a list of it, can be followed; "" where it cannot. No query."""
    return _follow[0](office, narrow) if _follow else ""
