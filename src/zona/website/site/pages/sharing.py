"""Cards that are shared with a page: who draws them says so here.

A page's head and the channels ask; where nobody draws cards there are none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..models import BasePage


@dataclass(frozen=True)
class CardMaker:
    """`size`: such as 1200x630 (px); `form`: jpg or png."""

    describe: Callable[[Any], dict[str, Any]]
    """(page) -> url, width, height, alt of the card that its head names; {} where it has none."""
    address: Callable[[BasePage, str, str], str]
    """(page, size, form) -> where it stands."""
    draw: Callable[[BasePage, str, str], bytes]
    """(page, size, form) -> the picture; 0.1-0.4 s the first time."""


_makers: list[CardMaker] = []


def register_cards(maker: CardMaker) -> None:
    """Say who draws; called when the apps are ready."""
    _makers[:] = [maker]


def card_maker() -> CardMaker | None:
    return _makers[0] if _makers else None


def describe_card(page: Any) -> dict[str, Any]:
    """What a page's head says of its card; {} where there is none."""
    return _makers[0].describe(page) if _makers else {}
