"""A number from an address, a query or a form: the one way to read it."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 2**63 - 1  # what the database's largest key can be
DIGITS = 19  # of MOST


def read_number(text: object, most: int = MOST) -> int | None:
    """The number that plain digits say, 0 to `most`; None for anything else.

    What a form has made a number already is taken as it is.

    `str.isdigit` says yes to "²" and to five thousand digits, neither of which `int` takes; and
    what `int` takes, " 1_0" or "٣" or a number of thirty digits, no database key does.
    """
    if isinstance(text, int) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str) or not (text.isascii() and text.isdigit()) or len(text) > DIGITS:
        return None
    number = int(text)
    return number if number <= most else None


def read_numbers(texts: Iterable[object]) -> list[int]:
    """Those of the texts that are numbers."""
    return [number for text in texts if (number := read_number(text)) is not None]
