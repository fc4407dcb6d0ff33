"""What a service takes: length as it counts, pictures, links. Pure: no Django, no network."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

# Where the address of the page goes: at the end of the text, in a card that the service draws,
# nowhere (it would cost or is not shown), or only in the profile ("tautan di bio").
LinkRule = Literal["in_text", "card", "none", "bio"]

URL = re.compile(r"https?://[^\s<>\"]+")
ZERO_WIDTH_JOINER = "‍"


def is_extender(character: str) -> bool:
    """Whether a character only changes the one before it: accent, variation, skin, tag."""
    point = ord(character)
    return (
        unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or character == ZERO_WIDTH_JOINER
        or 0x1F3FB <= point <= 0x1F3FF  # colours of skin
        or 0xE0020 <= point <= 0xE007F  # tags of flags
    )


def graphemes(text: str) -> int:
    """Characters as a reader sees them (UAX 29 without its rules for Hangul and Indic)."""
    total, before, flags = 0, "", 0
    for character in text:
        is_flag = 0x1F1E6 <= ord(character) <= 0x1F1FF
        flags = flags + 1 if is_flag else 0
        joined = (
            (total > 0 and is_extender(character))
            or before == ZERO_WIDTH_JOINER
            or (is_flag and flags % 2 == 0)
            or (before == "\r" and character == "\n")
        )
        total += not joined
        before = character
    return total


def utf16(text: str) -> int:
    """Units of UTF-16, as JavaScript and Telegram count."""
    return len(text.encode("utf-16-le")) // 2


def emoji_as_bytes(text: str) -> int:
    """Characters, those outside the Basic Multilingual Plane by their UTF-8 bytes (Threads)."""
    return sum(len(c.encode()) if ord(c) > 0xFFFF else 1 for c in text)


def links_as_23(text: str) -> int:
    """Graphemes, every address counted as 23 whatever its length (Mastodon, X)."""
    return graphemes(URL.sub("x" * 23, text))


def x_weight(text: str) -> int:
    """X: an address 23, Latin and general punctuation 1, everything else (emoji, CJK) 2."""
    total = 0
    for character in URL.sub("x" * 23, text):
        point = ord(character)
        is_light = point <= 4351 or 8192 <= point <= 8205 or 8208 <= point <= 8223
        is_light = is_light or 8242 <= point <= 8247
        total += 1 if is_light else 2
    return total


def bluesky(text: str) -> int:
    """Graphemes, or a tenth of the bytes if that is more: 300 graphemes and 3,000 bytes at once."""
    return max(graphemes(text), -(-len(text.encode()) // 10))


@dataclass(frozen=True)
class Limits:
    """What a service takes. `source` names the page of the service and the day it was read."""

    text: int  # at most so many, by `count`
    count: Callable[[str], int]
    images: int
    image_bytes: int  # of one picture
    image_form: str  # one of SIZES in website/cards/faces.py
    link: LinkRule
    can_edit: bool
    can_delete: bool
    source: str
    needs_picture: bool = False
    image_types: tuple[str, ...] = ("image/jpeg", "image/png")

    def outgoing(self, text: str, link: str = "") -> str:
        """The text as it leaves: with the link at its end where the service wants it there."""
        text = text.strip()
        if self.link != "in_text" or not link or link in text:
            return text
        return f"{text}\n\n{link}".strip()

    def measure(self, text: str, link: str = "") -> int:
        """Length of what leaves, as the service counts."""
        return self.count(self.outgoing(text, link))

    def fits(self, text: str, link: str = "") -> bool:
        """Whether what leaves is short enough."""
        return self.measure(text, link) <= self.text
