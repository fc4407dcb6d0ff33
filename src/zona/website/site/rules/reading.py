"""What a reviewer should look at in a text: dates, figures, links, contacts. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from zona.ground.typed.rules import MONTHS

DATE = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?(?:{'|'.join(MONTHS)})\s+\d{{4}}\b|\b\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}\b"
)
E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
PHONE = re.compile(r"(?<![\w./-])(?:\+62|\(0\d{2,3}\)|0\d{1,3})[\s\d-]{5,14}\d(?![\w/])")
FIGURE = re.compile(
    r"(?<![\w.,/-])(?:Rp\s?)?\d{1,3}(?:\.\d{3})+(?:,\d+)?%?|(?<![\w.,/-])\d+(?:,\d+)?%?"
)
# No part runs further than a bound, so that no text costs more than its length.
LINK = re.compile(r"<a\b[^<>]{0,500}?\bhref=\"([^\"<>]{1,2000})\"", re.IGNORECASE)
CODE = re.compile(r"<(/?)(?:script|style)\b[^<>]{0,500}>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]{1,5000}>")
NO_WORD = re.compile(r"(?<!\S)\S{301,}")  # a pasted picture or program code
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
    words = " ".join(unescape(TAG.sub(" ", _without_code(html))).split())
    text = NO_WORD.sub(" ", words)
    dates, text = _take(DATE, text)
    e_mails, text = _take(E_MAIL, text)
    phones, text = _take(PHONE, text)
    figures, _rest = _take(FIGURE, text)
    return Signs(dates, figures, links, _once([*e_mails, *phones]))


def _without_code(html: str) -> str:
    """The HTML without what stands in scripts and styles."""
    text, *others = CODE.split(html)
    kept = (part for slash, part in zip(others[::2], others[1::2], strict=True) if slash)
    return " ".join([text, *kept])


def _take(pattern: re.Pattern[str], text: str) -> tuple[tuple[str, ...], str]:
    return _once(match[0].strip() for match in pattern.finditer(text)), pattern.sub(" ", text)


def _once(found) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    return tuple(dict.fromkeys(found))[:AT_MOST]
