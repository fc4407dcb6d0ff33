"""How much a form may bring along, said beside its view and known before a byte is read.

Whoever asks may send ANYONE bytes to any address. A view that takes files says so:

    @takes_bodies(20 * MIB, of_anyone=True)
    def hand_in(request): ...

The front looks the view up by its address and asks here; it reads nothing that is not allowed.
Wrappers made with functools.wraps hand the mark on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

KIB, MIB = 2**10, 2**20
ANYONE = 64 * KIB  # bytes of a body that any address takes from anybody
MOST_OF_ANYONE = 20 * MIB  # bytes of one body, whatever a view says
DAILY = 500 * MIB  # bytes of larger bodies from one network a day, of people not signed in
MARK = "takes_body"

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Cap:
    """The largest body of one address in bytes, and whether a person must be signed in for it."""

    most: int
    of_anyone: bool = False


def takes_bodies(most: int, *, of_anyone: bool = False) -> Callable[[View], View]:
    """Mark a view that takes bodies of `most` bytes. Raises ValueError beyond MOST_OF_ANYONE."""
    if of_anyone and most > MOST_OF_ANYONE:
        raise ValueError(most)

    def mark(view: View) -> View:
        setattr(view, MARK, Cap(most, of_anyone))
        return view

    return mark


def cap_of(view: object) -> Cap | None:
    """What a view said of itself."""
    cap = getattr(view, MARK, None)
    return cap if isinstance(cap, Cap) else None
