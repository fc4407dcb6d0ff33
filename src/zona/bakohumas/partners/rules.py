"""When a contact counts as kept up. Pure: plain values only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

FRESH_DAYS = 183  # half a year: the breadth of contacts is measured over it
VERIFY_DAYS = 183  # a press list is verified every half year


def is_recent(last_contact: dt.date | None, today: dt.date) -> bool:
    """Whether the office spoke with a contact within the last half year."""
    return last_contact is not None and (today - last_contact).days <= FRESH_DAYS


def needs_verifying(verified: dt.date | None, today: dt.date) -> bool:
    """Whether somebody should ask if name, address and number still hold."""
    return verified is None or (today - verified).days > VERIFY_DAYS


def breadth(
    talked: Iterable[tuple[str, dt.date | None]], kinds: Iterable[str], today: dt.date
) -> tuple[int, int]:
    """How many of the kinds of partners the office spoke with lately: (those, all).

    `talked`: (kind, last contact) of each contact.
    """
    wanted = set(kinds)
    lately = {kind for kind, last in talked if is_recent(last, today)}
    return len(lately & wanted), len(wanted)
