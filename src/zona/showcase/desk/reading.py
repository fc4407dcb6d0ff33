"""What a reviewer should look at in a text: dates, figures, links, contacts. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from zona.typed.rules import MONTHS

DATE = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?(?:{'|'.join(MONTHS)})\s+\d{{4}}\b|\b\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}\b"
)
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w./-])(?:\+62|\(0\d{2,3}\)|0\d{1,3})[\s\d-]{5,14}\d(?![\w/])")
FIGURE = re.compile(
    r"(?<![\w.,/-])(?:Rp\s?)?\d{1,3}(?:\.\d{3})+(?:,\d+)?%?|(?<![\w.,/-])\d+(?:,\d+)?%?"
)
LINK = re.compile(r"<a\b[^>]*\bhref=\"([^\"]+)\"", re.IGNORECASE)
TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]+>", re.IGNORECASE | re.DOTALL)
AT_MOST = 12  # of each: more would be another text to read


@dataclass(frozen=True)
class Signs:
    """What was found, each once, in the order of the text."""

    dates: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


def find_signs(html: str) -> Signs:
    """Look through a piece of HTML. What is part of a date or number of a phone is no figure."""
    links = _once(unescape(address) for address in LINK.findall(html))
    text = " ".join(unescape(TAG.sub(" ", html)).split())
    dates, text = _take(DATE, text)
    e_mails, text = _take(E_MAIL, text)
    phones, text = _take(PHONE, text)
    figures, _rest = _take(FIGURE, text)
    return Signs(dates, figures, links, _once([*e_mails, *phones]))


def _take(pattern: re.Pattern[str], text: str) -> tuple[tuple[str, ...], str]:
    return _once(match[0].strip() for match in pattern.finditer(text)), pattern.sub(" ", text)


def _once(found) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    return tuple(dict.fromkeys(found))[:AT_MOST]
