"""Numbers: 1.234,5; Rp15.000; 12,5 %."""

from __future__ import annotations

import re
from decimal import Decimal

from .text import Unreadable, plain_of

_NUMBER = re.compile(r"(?:rp\.? ?)?(-?) ?(?:rp\.? ?)?([0-9][0-9.,]*)(?:,-+)? ?%?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_GROUPED_ENGLISH = re.compile(
    r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}"
)
_SIMPLE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def read_number(text: str, *, grouped: bool = True) -> Decimal:
    """ "1.234,5", "1.234" (1234), "Rp15.000", "12,5 %" (12.5), "12.5", "1,234.5".

    A point before three last figures parts thousands, unless not `grouped`: where no number is as
    large, as in a latitude, "110.438" can only be a fraction. Raises Unreadable.
    """
    plain = plain_of(text)
    if not plain:
        raise Unreadable("no_number")
    match = _NUMBER.fullmatch(plain)
    if not match:
        raise Unreadable("no_number_form")
    figures = match[2].removesuffix(",") if plain.rstrip(" %").endswith(("-",)) else match[2]
    return Decimal(match[1] + _figures(figures, grouped))


def _figures(figures: str, grouped: bool) -> str:
    if grouped and _GROUPED.fullmatch(figures):
        return figures.replace(".", "").replace(",", ".")
    if grouped and _GROUPED_ENGLISH.fullmatch(figures):
        return figures.replace(",", "")
    if _SIMPLE.fullmatch(figures):
        return figures.replace(",", ".")
    raise Unreadable("no_number_form")


def read_whole(text: str) -> int:
    """ "1.234" is 1234; raises Unreadable, also for "12,5"."""
    number = read_number(text)
    if number != number.to_integral_value():
        raise Unreadable("not_whole")
    return int(number)


def say_number(number: Decimal | int, *, grouped: bool = True) -> str:
    """1.234,5; reads back to the same value."""
    whole, _point, fraction = f"{abs(number):f}".partition(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", ".")
    sign = "-" if number < 0 else ""
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"
