"""Finds dates with their weekdays as Indonesian articles print them.

Known forms, all seen in print: "Kamis (21/8/2025)", "Rabu, 5 April 2013", "Senin 17 Januari 2021",
"Jum'at (4/6)", "(06/08)", "21 Agustus 2025 (Kamis)", "Kamis - Jumat (13 - 14/2/2025)",
"Rabu (17 /12/ 2025)", "27 sampai 29 Oktober 2021", "Senin tanggal 13 bulan Oktober tahun 2025".
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zona.ground.typed.rules import DAY_WORDS, MONTH_WORDS, MONTHS, WEEKDAYS

Where = tuple[str, int, str]  # field, paragraph, text

_DAY_OF = {name: DAY_WORDS[name] for name in (*map(str.lower, WEEKDAYS), "ahad")}

_WEEKDAY = r"(?:senin|selasa|rabu|kamis|jum['’‘`´]?\s?at|sabtu|minggu|ahad)"
_TO = r"(?:-|–|—|&|,?\s*dan\b|s\.?\s?/?\s?d\.?(?=\s)|sampai(?:\s+dengan)?\b|hingga\b)"
_PART = r"(?:\s+(?:pagi|siang|sore|petang|malam|kemarin|ini|lalu|legi|pahing|pon|wage|kliwon)){0,4}"
_MONTH = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))
_BEFORE = rf"""
    (?P<w1>{_WEEKDAY})\b(?:\s*{_TO}\s*(?P<w2>{_WEEKDAY})\b)?{_PART}
    \s*[,:]?\s*(?:\(?\s*(?:tanggal|tgl\.?|pada)\s+)?\(?\s*
"""
_FIRST = rf"""
    (?:(?P<d1>\d{{1,2}})(?:\s+(?P<m1>{_MONTH})|\s*/\s*(?P<n1>\d{{1,2}}))?
    (?:\s*,\s*\d{{1,2}}){{0,12}}\s*{_TO}\s*)?
"""
_NUMERIC = r"""
    (?P<d>\d{1,2})\s*(?P<sep>[/.-])\s*(?P<m>\d{1,2})
    (?:\s*(?P=sep)\s*(?P<y>\d{4}|\d{2})(?![\d/]))?
"""
_WORDED = rf"""
    (?P<dw>\d{{1,2}})\s+(?:bulan\s+)?(?P<mw>{_MONTH})\b
    (?:\.?\s*,?\s*(?:tahun\s+)?(?P<yw>(?:19|20)\d\d)(?!\d|\.\d))?
"""
_AFTER = rf"""(?:\s*[,(]\s*(?:hari\s+)?(?P<w3>{_WEEKDAY})\s*\))?"""
_DATE = re.compile(
    rf"(?<![\w/.,:])(?:{_BEFORE})?(?<![\d/])(?P<core>{_FIRST}(?:{_WORDED}|{_NUMERIC}))(?![\d/])"
    rf"{_AFTER}",
    re.IGNORECASE | re.VERBOSE,
)
_CLOSES = re.compile(r"\s*\)")
_NEAR = 80  # characters before a weekday that may say what it means
_WEEK = re.compile(r"(?:\b(?:\d+|satu|dua|tiga|empat|se|per|setiap|tiap|akhir)[\s-]*)$", re.I)


@dataclass(frozen=True, slots=True)
class Weekday:
    """One printed weekday; `start` and `end` count from the beginning of the text."""

    text: str
    number: int  # Monday is 0
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Printed:
    """One date as it is printed, or a range of days, with its weekdays."""

    text: str  # the whole text it stands in
    span: tuple[int, int]
    weekdays: tuple[Weekday, ...]
    first: int | None  # first day of a range
    first_month: int | None  # when the range begins in another month
    day: int
    month: int
    year: int | None
    parts: tuple[tuple[int, int], ...]  # spans of day, month, and of the year when printed
    is_bracketed: bool

    @property
    def exists(self) -> bool:
        """Whether there is such a day, in a leap year where no year is printed."""
        if not 1 <= self.month <= 12 or self.day < 1:
            return False
        longest = calendar.monthrange(self.year or 2024, self.month)[1]
        if self.day > longest or self.first is None:
            return self.day <= longest
        month = self.first_month or self.month
        return 1 <= month <= 12 and 1 <= self.first <= calendar.monthrange(2024, month)[1]

    def day_of(self, year: int | None = None) -> dt.date | None:
        """The (last) day, in a given year where none is printed; None when there is no such day."""
        try:
            return dt.date(year or self.year or 0, self.month, self.day)
        except ValueError:
            return None

    def days(self, year: int | None) -> list[dt.date]:
        """First and last day, or the only one; empty when it is not known or does not exist."""
        last = self.day_of(year) if year else None
        if last is None:
            return []
        if self.first is None:
            return [last]
        year, month = last.year, self.first_month or last.month
        if month > last.month:
            year -= 1
        elif self.first > self.day and self.first_month is None:  # from the month before
            year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        try:
            return [dt.date(year, month, self.first), last]
        except ValueError:
            return []

    def with_weekdays(self, numbers: Sequence[int]) -> str:
        """The printed words with other weekdays, in the printed spelling of letters."""
        changes = [
            (row.start, row.end, _like(WEEKDAYS[number], row.text))
            for row, number in zip(self.weekdays, numbers, strict=False)
        ]
        if len(self.weekdays) == 2 and len(numbers) == 1:  # two weekdays for one day
            first, second = self.weekdays
            changes = [(first.start, second.end, _like(WEEKDAYS[numbers[0]], first.text))]
        return self._changed(changes)

    def with_day(self, day: dt.date) -> str:
        """The printed words with another day, month or year."""
        changes = []
        old = (self.day, self.month, self.year)
        for span, was, new in zip(self.parts, old, (day.day, day.month, day.year), strict=False):
            if was != new:
                now = self.text[span[0] : span[1]]
                changes.append((*span, str(new) if now.isdigit() else MONTHS[new - 1]))
        return self._changed(changes)

    def with_year(self, year: int) -> str:
        """The printed words with the year that they lack."""
        end = self.parts[1][1]
        between = "/" if self.text[self.parts[1][0] : end].isdigit() else " "
        return self._changed([(end, end, f"{between}{year}")])

    def _changed(self, changes: list[tuple[int, int, str]]) -> str:
        start, end = self.span
        words = self.text[start:end]
        for begin, stop, new in sorted(changes, reverse=True):
            words = words[: begin - start] + new + words[stop - start :]
        return words


def find_dates(text: str) -> Iterator[Printed]:
    """All dates of a text in order."""
    for match in _DATE.finditer(text):
        printed = _read(text, match)
        if printed is not None:
            yield printed


def _read(text: str, match: re.Match[str]) -> Printed | None:
    weekdays = tuple(_weekdays(text, match))
    core = match.start("core")
    is_bracketed = text[max(0, core - _NEAR) : core].rstrip().endswith("(")
    if match["dw"]:
        names, month = ("dw", "mw", "yw"), MONTH_WORDS[match["mw"].lower()]
        year = int(match["yw"]) if match["yw"] else None
    else:
        names, month = ("d", "m", "y"), int(match["m"])
        year = _year(match["y"])
        if not _is_numeric_date(match, month, year, bool(weekdays), is_bracketed, text):
            return None
    present = [name for name in names if match[name] is not None]
    begin = weekdays[0].start if weekdays and match["w1"] else match.start("core")
    end = match.end() if match["w3"] else match.end("core")
    if match["w3"] is None and _opens(text, begin, match.start("core")):
        end = _close(text, end)
    return Printed(
        text=text,
        span=(begin, end),
        weekdays=weekdays,
        first=int(match["d1"]) if match["d1"] else None,
        first_month=_first_month(match),
        day=int(match[names[0]]),
        month=month,
        year=year,
        parts=tuple(match.span(name) for name in present),
        is_bracketed=is_bracketed,
    )


def _first_month(match: re.Match[str]) -> int | None:
    if match["m1"]:
        return MONTH_WORDS[match["m1"].lower()]
    return int(match["n1"]) if match["n1"] else None


def _weekdays(text: str, match: re.Match[str]) -> Iterator[Weekday]:
    for name in ("w1", "w2", "w3"):
        word = match[name]
        if word is None:
            continue
        if word == "minggu" and (name == "w3" or not _is_sunday(text, match.start(name))):
            return  # a week: "selama satu minggu (3-9/5/2025)"
        letters = re.sub(r"[^a-z]", "", word.lower())
        yield Weekday(word, _DAY_OF[letters], *match.span(name))


def _is_sunday(text: str, place: int) -> bool:
    """Whether a "minggu" in small letters is the day."""
    before = text[max(0, place - _NEAR) : place]
    return bool(re.search(r"\b(?:hari|sabtu\s*\S+)\s*$", before, re.I)) and not _WEEK.search(before)


def _is_numeric_date(
    match: re.Match[str],
    month: int,
    year: int | None,
    has_weekday: bool,
    is_bracketed: bool,
    text: str,
) -> bool:
    """Keeps times, fractions, numbers of rules and scores out."""
    if match["y"] is not None and (len(match["y"]) == 4 or has_weekday or is_bracketed):
        return year is not None and (match["sep"] != "." or len(match["y"]) == 4)
    if match["y"] is not None or match["sep"] != "/" or not 1 <= month <= 12:
        return False
    if not 1 <= int(match["d"]) <= 31:
        return False
    closes = _CLOSES.match(text, match.end("core")) is not None
    if match.group("d", "m") == ("24", "7") and not has_weekday:
        return False  # day and night
    return has_weekday or (is_bracketed and closes)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    year = int(text) if len(text) == 4 else 2000 + int(text)
    return year if 1900 <= year <= 2100 else None


def _opens(text: str, begin: int, core: int) -> bool:
    return "(" in text[begin:core]


def _close(text: str, end: int) -> int:
    """Behind the closing bracket, if it comes next."""
    closing = _CLOSES.match(text, end)
    return closing.end() if closing else end


def _like(word: str, pattern: str) -> str:
    """A word in capitals or small letters as another one."""
    if pattern.isupper():
        return word.upper()
    return word.lower() if pattern.islower() else word
