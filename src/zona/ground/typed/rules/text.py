"""What a person typed, made plain, and the one error of this room."""

from __future__ import annotations

LONGEST = 120  # characters; longer is no date, time or number


class Unreadable(ValueError):
    """What was typed cannot be read; `code` says why, `detail` what it was or should have been."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


_ALIKE = str.maketrans(dict.fromkeys("–—‒−‐‑", "-") | dict.fromkeys("'’‘`´ʼ", ""))


def plain_of(text: str) -> str:
    """Small letters, one kind of blank and dash, no apostrophes; raises Unreadable if too long."""
    if len(text) > LONGEST:
        raise Unreadable("too_long")
    return " ".join(text.translate(_ALIKE).casefold().split())
