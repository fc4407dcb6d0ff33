"""What feedback is measured and cleaned by. Pure: plain values in, plain values out."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

MAX_TEXT = 2_000
MAX_QUOTE = 500
ENOUGH_VOTES = 5
POOR_SHARE = 0.7  # below it a page is named among those that help least
RETENTION = Path(__file__).parent / "data" / "retention.json"

# Sixteen digits of a NIK: region (6), day (women: +40), month, year, serial; groups may be apart.
_NIK = re.compile(r"(?<!\d)(?:\d[ .-]?){15}\d(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?62[ .-]?|0)8(?:[ .-]?\d){7,11}(?!\d)")
_LINES = re.compile(r"\n{3,}")


def clean_text(text: str, limit: int = MAX_TEXT) -> str:
    """What a person typed, as plain text: no control or invisible steering signs, no empty rows."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (s for s in text if s == "\n" or s == "\u200d" or unicodedata.category(s)[0] != "C")
    lines = (" ".join(line.split()) for line in "".join(kept).split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()[:limit].rstrip()


def find_personal_data(text: str) -> set[str]:
    """Which of "nik" and "phone" seem to stand in a text."""
    found = set()
    if any(_is_nik(re.sub(r"\D", "", match)) for match in _NIK.findall(text)):
        found.add("nik")
    if _PHONE.search(text):
        found.add("phone")
    return found


def _is_nik(digits: str) -> bool:
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        "11" <= digits[:2] <= "97"
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
        and digits[12:] != "0000"
    )


@dataclass(frozen=True, slots=True)
class Version:
    """The state of a page that a reader saw: its revision (0: none is kept) and when published."""

    revision: int
    published_at: dt.datetime

    def __str__(self) -> str:
        return f"{self.revision}-{int(self.published_at.timestamp())}"

    @classmethod
    def parse(cls, text: str) -> Version | None:
        """None when the text is no version."""
        match = re.fullmatch(r"(\d{1,12})-(\d{1,10})", text)
        if match is None:
            return None
        moment = dt.datetime.fromtimestamp(int(match[2]), dt.timezone.utc)  # noqa: UP017
        return cls(int(match[1]), moment)


@dataclass(frozen=True, slots=True)
class Score:
    """How many found a page helpful, of all that said so or not."""

    helpful: int
    total: int

    @property
    def is_measured(self) -> bool:
        """Few votes say nothing about a page."""
        return self.total >= ENOUGH_VOTES

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.helpful / self.total if self.total else 0.0

    @property
    def is_poor(self) -> bool:
        return self.is_measured and self.share < POOR_SHARE


def retention_days(what: str, day: dt.date, path: Path = RETENTION) -> int:
    """How many days something is kept by the rule in force on a day. KeyError when there is none.

    A new rule is a new row with its own first day; the old one stays.
    """
    rows = json.loads(path.read_text(encoding="utf-8"))
    in_force = [row for row in rows if row["what"] == what and row["valid_from"] <= day.isoformat()]
    if not in_force:
        raise KeyError(what)
    return int(max(in_force, key=lambda row: row["valid_from"])["days"])
