"""The letters of the cards: the fonts that the package brings, and how wide their letters are.

The fonts are Plus Jakarta Sans (static Medium and Bold, SIL OFL 1.1) with the letters of Latin
languages. No font of the machine is used, so that every machine draws the same picture.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).parent / "fonts"
WEIGHTS = {
    "medium": FOLDER / "PlusJakartaSans-Medium.ttf",
    "bold": FOLDER / "PlusJakartaSans-Bold.ttf",
}
UNITS = 1000  # a size at which FreeType's whole pixels are the font's own units
# Kerning makes a line narrower, except before these letters: at most so much, in units.
WIDENED = {"j": 100, "}": 100, ")": 70, "]": 45, "?": 30, "t": 25, "ţ": 25, "ť": 25, "ŧ": 25,
           "ț": 25, "f": 15}  # fmt: skip


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout needs no library of the system; it knows no kerning.
    return ImageFont.truetype(WEIGHTS[weight], size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def _advance(sign: str, weight: str) -> float:
    return _font(weight, UNITS).getlength(sign) + WIDENED.get(sign, 0)


def measure(text: str, size: int, weight: str = "bold") -> float:
    """How wide the text is drawn at most, in px at a size in px."""
    return sum(_advance(sign, weight) for sign in text) * size / UNITS


@lru_cache(maxsize=4096)
def has_glyph(sign: str) -> bool:
    """Whether both weights can draw the sign."""
    return sign.isprintable() and all(
        _shape(sign, weight) not in (b"", _shape("\ufffe", weight)) for weight in WEIGHTS
    )


def _shape(sign: str, weight: str) -> bytes:
    """How the sign looks; all that the font lacks look alike."""
    return bytes(_font(weight, 20).getmask(sign))
