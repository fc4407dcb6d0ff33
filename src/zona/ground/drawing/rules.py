"""How words fit into a box. Pure: the widths of letters come from outside."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Measure = Callable[[str, int], float]
"""(text, size in px) to width in px."""

LEADING = 1.18  # from line to line, in sizes
ELLIPSIS = "…"
_HALVINGS = 6


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines that stand in a box at `size` px; `is_cut` when words had to be left out."""

    size: int
    lines: tuple[str, ...]
    is_cut: bool


def clean(text: str, has_glyph: Callable[[str], bool]) -> str:
    """The text in letters that the font has: accents it lacks fall off, emoji vanish."""
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        if sign.isspace():
            kept.append(" ")
        elif has_glyph(sign):
            kept.append(sign)
        else:
            parts = unicodedata.normalize("NFKD", sign)
            kept.extend(part for part in parts if has_glyph(part))
    return " ".join("".join(kept).split())


def fit(
    text: str, *, width: float, height: float, sizes: Sequence[int], measure: Measure
) -> Fitted:
    """The largest of `sizes` (px, falling) at which the text stands in the box, evenly broken.

    A word is broken only where it alone is wider than the box at the smallest size; what is too
    long even there ends with an ellipsis after a whole word.
    """
    words = text.split()
    for size in sizes:
        room = count_lines(height, size)
        lines = _wrap(words, width, size, measure)
        if lines is not None and len(lines) <= room:
            return Fitted(size, tuple(_even(words, lines, width, size, measure)), False)
    size, pieces = sizes[-1], list[str]()
    for word in words:
        pieces += _break(word, width, sizes[-1], measure)
    lines = _wrap(pieces, width, size, measure) or []
    room = count_lines(height, size)
    if len(lines) <= room:
        return Fitted(size, tuple(lines), False)
    last = lines[room - 1].split()
    while len(last) > 1 and measure(" ".join(last) + ELLIPSIS, size) > width:
        last.pop()
    end = " ".join(last).rstrip(" ,.;:–-")
    while end and measure(end + ELLIPSIS, size) > width:
        end = end[:-1]
    return Fitted(size, (*lines[: room - 1], end + ELLIPSIS), True)


def count_lines(height: float, size: int) -> int:
    """How many lines of that size stand in the height; at least one."""
    return max(1, int((height / size - 1) / LEADING + 1e-6) + 1)


def _wrap(words: Sequence[str], width: float, size: int, measure: Measure) -> list[str] | None:
    """Lines no wider than the width; None when a word alone is wider."""
    lines: list[str] = []
    for word in words:
        if measure(word, size) > width:
            return None
        if lines and measure(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _even(
    words: Sequence[str], lines: list[str], width: float, size: int, measure: Measure
) -> list[str]:
    """The same number of lines, as equal in length as may be."""
    narrow, wide = 0.0, width
    for _ in range(_HALVINGS if len(lines) > 1 else 0):
        middle = (narrow + wide) / 2
        tried = _wrap(words, middle, size, measure)
        if tried is not None and len(tried) == len(lines):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def _break(word: str, width: float, size: int, measure: Measure) -> list[str]:
    """A word in pieces that are no wider than the width."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and measure(pieces[-1] + sign, size) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces
