"""What rooms above put at the foot of every item and standing page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from .models import BasePage


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
